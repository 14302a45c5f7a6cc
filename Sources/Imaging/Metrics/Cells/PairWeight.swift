/// What a pair of cells is worth to a matching: to be a match first, then its IoU, then its common pixels.
///
/// Sums of whole numbers, so that it never depends on the order of adding which of two matchings is the better.
struct PairWeight: Comparable, Sendable {
  private var matches = 0
  /// In units of 2^-44, of which 65,535 cells' sum fits into 60 bits.
  private var iou = 0
  private var common = 0

  static let zero = PairWeight()

  private init() {}

  init(matches: Int, iou: Double, common: Int) {
    self.matches = matches
    self.iou = Int(iou * 0x1p44)
    self.common = common
  }

  static func < (a: PairWeight, b: PairWeight) -> Bool {
    (a.matches, a.iou, a.common) < (b.matches, b.iou, b.common)
  }

  static func + (a: PairWeight, b: PairWeight) -> PairWeight {
    var sum = a
    sum.matches += b.matches
    sum.iou += b.iou
    sum.common += b.common
    return sum
  }

  static func - (a: PairWeight, b: PairWeight) -> PairWeight {
    var difference = a
    difference.matches -= b.matches
    difference.iou -= b.iou
    difference.common -= b.common
    return difference
  }
}
