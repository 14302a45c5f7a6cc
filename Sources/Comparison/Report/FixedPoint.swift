internal import Foundation

/// Numbers with so many digits behind the point, whatever the language of the machine.
public enum FixedPoint {
  /// `74.6`; never `-0.0`.
  public static func text(_ value: Double, digits: Int) -> String {
    guard value.isFinite else { return "-" }
    let text = String(format: "%.\(digits)f", value)
    guard text.hasPrefix("-"), text.dropFirst().allSatisfy({ $0 == "0" || $0 == "." }) else {
      return text
    }
    return String(text.dropFirst())
  }

  /// A difference with its sign, `+3.1`; nothing before a zero.
  public static func signed(_ value: Double, digits: Int) -> String {
    let text = text(value, digits: digits)
    let isZero = text.allSatisfy { $0 == "0" || $0 == "." }
    return value > 0 && !isZero ? "+" + text : text
  }
}
