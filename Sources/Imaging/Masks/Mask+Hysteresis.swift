extension Mask {
  /// The pieces of at least `low` that have a pixel of at least `share` of what the usual one has: a threshold with hysteresis.
  ///
  /// It is scikit-image's `apply_hysteresis_threshold`, but that the upper threshold follows the picture and that pixels which touch by a
  /// corner are of one piece. The usual piece is the one up to which, by their greatest, the pieces have half of all
  /// pixels: what fills most of a picture is not left out for a speck that is surer. Where anything is of at least `low`, something stays.
  ///
  /// - Parameters:
  ///   - width: Pixels in a row.
  ///   - height: Rows.
  ///   - probabilities: Just `height * width` of them, row by row.
  ///   - low: What a pixel has at least.
  ///   - share: Of the greatest of the usual piece, what the greatest of a piece is at least, 0...1.
  public init(
    width: Int, height: Int, surePiecesOf probabilities: [Float], low: Float, share: Float
  ) {
    self.init(width: width, height: height, pixels: probabilities.map { $0 >= low ? 1 : 0 })
    let pieces = Pieces(of: self)
    guard pieces.count > 1 else { return }
    var peaks = [(greatest: Float, area: Int)](repeating: (0, 0), count: pieces.count + 1)
    for (run, piece) in pieces.runs {
      peaks[piece].area += run.count
      for place in run { peaks[piece].greatest = max(peaks[piece].greatest, probabilities[place]) }
    }
    let high = share * Self.usual(of: peaks)
    for (run, piece) in pieces.runs where peaks[piece].greatest < high { fill(run, with: false) }
  }

  /// The greatest of the usual piece.
  private static func usual(of peaks: [(greatest: Float, area: Int)]) -> Float {
    let all = peaks.reduce(0) { $0 + $1.area }
    var area = 0
    for peak in peaks.sorted(by: { $0.greatest < $1.greatest }) {
      area += peak.area
      if 2 * area >= all { return peak.greatest }
    }
    return 0
  }
}
