/// What one file says about which of two numbers is cell.
struct MaskVote: Equatable {
  /// The part of the outermost pixels that is above the lower number.
  let border: Double
  /// The part of all pixels.
  let area: Double
  /// Whether the file has one bit a pixel.
  let isBilevel: Bool
  /// Whether the upper number counts as cell whatever the border looks like: numbered cells, and what ImageJ
  /// shows inverted.
  let isSure: Bool

  /// Looks at what is above a number.
  init(_ evidence: MaskEvidence, above threshold: Double = 0) {
    border =
      Double(evidence.tallies.reduce(0) { $0 + $1.border(above: threshold) })
      / Double(max(evidence.borderPixels, 1))
    area =
      Double(evidence.tallies.reduce(0) { $0 + $1.count(above: threshold) })
      / Double(max(evidence.pixels, 1))
    isBilevel = evidence.isBilevel
    let isNumbered = threshold == 0 && evidence.tallies.count { $0.upper != 0 } > 1
    isSure = isNumbered || evidence.isMinWhite && !evidence.isBilevel
  }

  /// Whether the file alone looks inverted; nil where all of it is alike.
  ///
  /// Cells seldom cover most of the border of an image. A file of one bit is held inverted when most of its
  /// border is set; one of more, where 255 for cell is the custom and crowded cells may well fill the picture,
  /// only when nearly all of the border and three quarters of the area are.
  var isInverted: Bool? {
    if isSure { return false }
    if area == 0 || area == 1 { return nil }
    return isBilevel ? border > 0.5 : border > 0.9 && area > 0.75
  }

  /// Whether a set is inverted: most of its files look so, and the border of all of them leaves no doubt; nil
  /// where it does, and files have one bit, which some write with the cell set and some with it clear.
  static func isInverted(_ votes: [MaskVote]) -> Bool? {
    let telling = votes.filter { $0.isInverted != nil }
    let against = telling.filter { $0.isInverted == true }
    guard against.count * 2 > telling.count else { return false }
    let border = telling.reduce(0) { $0 + $1.border } / Double(telling.count)
    let area = telling.reduce(0) { $0 + $1.area } / Double(telling.count)
    if against.count(where: \.isBilevel) * 2 > against.count { return border >= 0.9 ? true : nil }
    return border >= (area > 0.9 ? 0.9 : 0.97)
  }
}
