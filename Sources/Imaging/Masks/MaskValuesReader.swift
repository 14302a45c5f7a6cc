import Foundation

/// Reads the words of a rule one by one.
struct MaskValuesReader {
  private var rule = MaskRule(isSaid: true)
  private var cells: (word: String, ranges: [ClosedRange<Double>])?
  private var ground: (word: String, ranges: [ClosedRange<Double>])?

  mutating func take(_ word: String) throws(MaskValuesError) {
    let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      .map(String.init)
    switch (parts[0], parts.count) {
    case ("labels", 1):
      try setCells(word, [MaskRule.above(0)])
      rule.keepsNumbers = true
      rule.unknown.append(MaskRule.below(0))
    case ("alpha", 1): rule.samples = .alpha
    case ("cell", 2), ("cells", 2): try setCells(word, try list(parts[1], in: word))
    case ("ground", 2): ground = (word, try list(parts[1], in: word))
    case ("ignore", 2): try ignore(parts[1], in: word)
    default: try setCells(word, [try threshold(word)])
    }
  }

  /// What the words say together.
  func joined() throws(MaskValuesError) -> MaskRule {
    var rule = rule
    let ranges = ground?.ranges ?? []
    if let cells, let ground {
      if rule.keepsNumbers {
        // What is said to be ground is all of it.
        rule.cells = Self.allBut(ranges)
        if ranges.contains(where: { $0.lowerBound < 0 }) { rule.unknown = [] }
      } else {
        for cell in cells.ranges where ranges.contains(where: cell.overlaps) {
          throw .both(cells.word, and: ground.word)
        }
        (rule.cells, rule.ground) = (cells.ranges, ranges)
      }
    } else if let cells {
      rule.cells = cells.ranges
    } else if ground != nil {
      rule.cells = Self.allBut(ranges)
    }
    return rule
  }

  private mutating func setCells(
    _ word: String, _ ranges: [ClosedRange<Double>]
  ) throws(MaskValuesError) {
    if let cells { throw .both(cells.word, and: word) }
    cells = (word, ranges)
  }

  private mutating func ignore(_ text: String, in word: String) throws(MaskValuesError) {
    for item in text.split(separator: ",", omittingEmptySubsequences: false) {
      switch item {
      case "nan": rule.notFinite = .unknown
      case "negative", "negatives": rule.unknown.append(MaskRule.below(0))
      default: rule.unknown += try list(String(item), in: word)
      }
    }
  }

  private mutating func list(
    _ text: String, in word: String
  ) throws(MaskValuesError) -> [ClosedRange<Double>] {
    var ranges: [ClosedRange<Double>] = []
    for item in text.split(separator: ",", omittingEmptySubsequences: false).map(String.init) {
      guard let dots = item.range(of: "..") else {
        let value = try number(item, in: word)
        ranges.append(value...value)
        continue
      }
      let end = item[dots.upperBound...].drop { $0 == "." }
      let lower = try number(String(item[..<dots.lowerBound]), in: word)
      let upper = end.isEmpty ? .greatestFiniteMagnitude : try number(String(end), in: word)
      guard lower <= upper else { throw .number(item, in: word) }
      ranges.append(lower...upper)
    }
    return ranges
  }

  private mutating func number(_ text: String, in word: String) throws(MaskValuesError) -> Double {
    if text.hasPrefix("#"), text.count == 7, let color = UInt32(text.dropFirst(), radix: 16) {
      rule.samples = .colors
      return Double(color)
    }
    guard let value = Double(text), value.isFinite else { throw .number(text, in: word) }
    return value
  }

  private mutating func threshold(_ word: String) throws(MaskValuesError) -> ClosedRange<Double> {
    for sign in [">=", "<=", ">", "<"] where word.hasPrefix(sign) {
      let value = try number(String(word.dropFirst(sign.count)), in: word)
      return switch sign {
      case ">=": value...Double.greatestFiniteMagnitude
      case "<=": -Double.greatestFiniteMagnitude...value
      case ">": MaskRule.above(value)
      default: MaskRule.below(value)
      }
    }
    throw .word(word)
  }

  /// All numbers outside of ranges.
  private static func allBut(_ ranges: [ClosedRange<Double>]) -> [ClosedRange<Double>] {
    var result: [ClosedRange<Double>] = []
    var start = -Double.greatestFiniteMagnitude
    for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) {
      if range.lowerBound > start { result.append(start...range.lowerBound.nextDown) }
      start = max(start, min(range.upperBound.nextUp, .greatestFiniteMagnitude))
    }
    return result + [start...Double.greatestFiniteMagnitude]
  }
}
