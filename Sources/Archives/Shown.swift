import Basics

/// Text out of a file that nobody vouches for, fit for a message.
public enum Shown {
  /// The text in quotes, without what a terminal would obey and not longer than a line takes.
  public static func text(_ text: String) -> String {
    let safe = text.unicodeScalars.prefix(60).map { scalar in
      scalar.isPrintable ? String(scalar) : "\\u{\(String(scalar.value, radix: 16))}"
    }
    return "'\(safe.joined())\(text.unicodeScalars.count > 60 ? "…" : "")'"
  }

  /// Whether a name can be shown as it is.
  public static func isSafe(_ text: String) -> Bool {
    text.unicodeScalars.allSatisfy(\.isPrintable)
  }
}
