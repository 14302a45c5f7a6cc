extension Mask {
  /// The pieces of at least `low` that have a pixel of at least `share` of the greatest of all: a threshold with hysteresis.
  ///
  /// It is scikit-image's `apply_hysteresis_threshold`, but that the upper threshold is what the picture itself reaches and
  /// that pixels which touch by a corner are of one piece. Where anything is of at least `low`, something stays.
  ///
  /// - Parameters:
  ///   - width: Pixels in a row.
  ///   - height: Rows.
  ///   - probabilities: Just `height * width` of them, row by row.
  ///   - low: What a pixel has at least.
  ///   - share: Of the greatest, what the surest pixel of a piece has at least, 0...1.
  public init(
    width: Int, height: Int, surePiecesOf probabilities: [Float], low: Float, share: Float
  ) {
    self.init(width: width, height: height, pixels: probabilities.map { $0 >= low ? 1 : 0 })
    let pieces = Pieces(of: self)
    guard pieces.count > 1 else { return }
    var peaks = [Float](repeating: 0, count: pieces.count + 1)
    for (run, piece) in pieces.runs {
      for place in run { peaks[piece] = max(peaks[piece], probabilities[place]) }
    }
    let high = share * (peaks.max() ?? 0)
    for (run, piece) in pieces.runs where peaks[piece] < high { fill(run, with: false) }
  }
}
