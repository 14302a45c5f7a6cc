/// The order in which people count: `img2` before `img10`, folder by folder.
///
/// Kept by hand: Foundation's order depends on the language of the machine, and knows no folders.
public enum NaturalOrder {
  /// Whether one text stands before another.
  public static func precedes(_ a: String, _ b: String) -> Bool {
    precedes((a, parts(of: a)), (b, parts(of: b)))
  }

  /// Texts in this order, each of them taken apart once.
  public static func sorted(_ texts: [String]) -> [String] {
    texts.map { ($0, parts(of: $0)) }.sorted(by: precedes).map(\.0)
  }

  private static func precedes(
    _ a: (text: String, parts: [Part]), _ b: (text: String, parts: [Part])
  ) -> Bool {
    for (x, y) in zip(a.parts, b.parts) where x != y { return x < y }
    return a.parts.count == b.parts.count ? a.text < b.text : a.parts.count < b.parts.count
  }

  /// A run of digits or another character; `/` stands before everything.
  private enum Part: Comparable {
    case separator
    case number(digits: Int, text: Substring)
    case letter(Character)
  }

  private static func parts(of text: String) -> [Part] {
    var parts: [Part] = []
    var rest = text[...]
    while let first = rest.first {
      if first.isASCII, first.isNumber {
        let digits = rest.prefix { $0.isASCII && $0.isNumber }
        let significant = digits.drop { $0 == "0" }
        parts.append(.number(digits: significant.count, text: significant))
        rest = rest.dropFirst(digits.count)
      } else {
        parts.append(first == "/" ? .separator : .letter(Character(first.lowercased())))
        rest = rest.dropFirst()
      }
    }
    return parts
  }
}
