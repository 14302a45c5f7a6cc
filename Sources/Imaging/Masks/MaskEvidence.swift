/// What the numbers of one file of masks say, gathered once.
struct MaskEvidence: Equatable, Sendable {
  /// The most numbers that are each counted by themselves.
  static let mostValues = 4096
  /// How many ranges are counted where there are more.
  static let rangeCount = 1024

  /// Which samples were looked at.
  let samples: MaskSamples
  /// Pixels.
  let pixels: Int
  /// The outermost of them.
  let borderPixels: Int
  /// The numbers in order, or ranges of them where there are too many.
  let tallies: [MaskTally]
  /// Pixels that are no finite number.
  let notFinite: MaskTally
  /// Bits a sample has in the file.
  let bits: Int
  /// Whether samples are floating-point numbers.
  let isFloat: Bool
  /// Whether all finite numbers are whole.
  let isWhole: Bool
  /// Whether the file calls its smallest value white.
  let isMinWhite: Bool
  /// Whether numbers are places in a table of colours.
  let isIndex: Bool

  /// The least finite number; 0 where there is none.
  var least: Double { tallies.first?.lower ?? 0 }
  /// The greatest.
  var greatest: Double { tallies.last?.upper ?? 0 }
  /// Whether each number was counted by itself.
  var isExact: Bool { tallies.allSatisfy { $0.lower == $0.upper } }
  /// Whether all pixels are alike, so that the file says nothing of what its numbers mean.
  var isConstant: Bool { tallies.count + (notFinite.count > 0 ? 1 : 0) == 1 }
  /// Whether the file has one bit a pixel.
  var isBilevel: Bool { bits == 1 }

  /// Pixels of a number; 0 where it was not counted by itself.
  func count(of number: Double) -> Int { tally(of: number)?.count ?? 0 }

  /// What was counted of a number by itself.
  func tally(of number: Double) -> MaskTally? {
    tallies.first { $0.lower == number && $0.upper == number }
  }

  /// The part of all pixels for which something holds.
  func share(_ holds: (MaskTally) -> Bool) -> Double {
    Double(tallies.reduce(0) { $0 + (holds($1) ? $1.count : 0) }) / Double(pixels)
  }

  /// The part of the pixels of some numbers that lie flat among pixels of the same number, as labels do and
  /// slopes of grey do not; nil where hardly any pixel has one of these numbers.
  func flatness(_ holds: (MaskTally) -> Bool) -> Double? {
    var (count, flat) = (0, 0)
    for tally in tallies where holds(tally) {
      count += tally.count
      flat += tally.flat
    }
    guard count >= 16, Double(count) >= 0.0005 * Double(pixels) else { return nil }
    return Double(flat) / Double(count)
  }
}

extension MaskEvidence {
  /// Looks at a picture by what its numbers seem to be: colours, opacity where nothing else varies, or values.
  init(_ picture: RawPicture) {
    var (samples, found) = (MaskSamples.values, MaskGathering.Result())
    if picture.hasColors { samples = .colors }
    found = picture.gathered(samples) ?? found
    if found.tallies.count == 1, let opacity = picture.gathered(.alpha),
      opacity.tallies.count > 1 || opacity.tallies.first?.upper == 0
    {
      (samples, found) = (.alpha, opacity)
    }
    self.init(picture, samples, found)
  }

  /// Looks at some samples of a picture; nil where it has none.
  init?(_ picture: RawPicture, as samples: MaskSamples) {
    guard let found = picture.gathered(samples) else { return nil }
    self.init(picture, samples, found)
  }

  private init(_ picture: RawPicture, _ samples: MaskSamples, _ found: MaskGathering.Result) {
    self.samples = samples
    pixels = picture.width * picture.height
    borderPixels = found.borderPixels
    (tallies, notFinite) = (found.tallies, found.notFinite)
    (bits, isFloat) = (picture.bits, picture.format == .float)
    isWhole = found.isWhole
    isMinWhite = picture.isMinWhite
    isIndex = picture.isReadByIndex
  }

  /// What the numbers of a mask seem to count up to: 1, or all that so many bits hold; else the greatest itself.
  static func fullScale(for greatest: Double, isFloat: Bool) -> Double {
    if isFloat, (0.5...1.2).contains(greatest) { return 1 }
    let scales: [Double] = [255, 1023, 4095, 16383, 65535]
    return scales.first { greatest <= $0 && greatest >= 0.5 * $0 } ?? greatest
  }
}

extension RawPicture {
  /// Counts the numbers of some samples; nil where there are none.
  fileprivate func gathered(_ samples: MaskSamples) -> MaskGathering.Result? {
    read(
      samples, by: MaskGathering(width: width, height: height, isFloat: format == .float))
  }
}
