import Foundation

/// Numbers as people read them, the same on every machine whatever its language.
public enum NumberText {
  /// A number of things: `1 image`, `2 images`.
  public static func count(_ count: Int, _ noun: String) -> String {
    "\(count) \(noun)\(count == 1 ? "" : "s")"
  }

  /// So many digits behind the point: `74.6`; never `-0.0`, and a dash for what is no number.
  public static func decimal(_ value: Double?, digits: Int) -> String {
    guard let value, value.isFinite else { return "-" }
    let text = String(format: "%.\(digits)f", value)
    return text.hasPrefix("-") && isZero(text.dropFirst()) ? String(text.dropFirst()) : text
  }

  /// A difference with its sign, `+3.1`; nothing before a zero.
  public static func signed(_ value: Double, digits: Int) -> String {
    let text = decimal(value, digits: digits)
    return value > 0 && !isZero(text[...]) ? "+" + text : text
  }

  /// A number in at most six characters or so: `0.0123`, `12.5`, `140000` as `1e+05`.
  public static func compact(_ value: Double) -> String {
    guard value.isFinite else { return "-" }
    let size = abs(value)
    if value == value.rounded(), size < 100_000 { return String(Int(value)) }
    if size >= 100_000 || size < 0.001 { return String(format: "%.0e", value) }
    return decimal(value, digits: size >= 100 ? 1 : size >= 10 ? 2 : size >= 0.1 ? 3 : 4)
  }

  /// A share of 0...1 in two digits: `.83`, `1.00`; nothing for what is no number.
  public static func hundredths(_ value: Double?) -> String {
    guard let value, value.isFinite else { return "" }
    let text = decimal(min(max(0, value), 9.99), digits: 2)
    return text.hasPrefix("0") ? String(text.dropFirst()) : text
  }

  /// Parts in a hundred with the digits that matter: `0.4 %`, `12 %`; nothing for what is no number.
  public static func percent(_ hundredths: Double) -> String {
    guard hundredths.isFinite else { return "" }
    return decimal(hundredths, digits: (hundredths * 10).rounded() >= 100 ? 0 : 1) + " %"
  }

  /// Bytes, in millions of them or, from a thousand millions on, in thousand millions: `12.3 MB`, `1.5 GB`.
  public static func bytes(_ bytes: Double) -> String {
    bytes < 999.95e6
      ? decimal(bytes * 1e-6, digits: 1) + " MB" : decimal(bytes * 1e-9, digits: 1) + " GB"
  }

  private static func isZero(_ digits: Substring) -> Bool {
    digits.allSatisfy { $0 == "0" || $0 == "." }
  }
}
