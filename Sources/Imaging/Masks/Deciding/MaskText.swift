import Basics
import Foundation

/// How numbers of masks are written.
enum MaskText {
  /// `255`, `0.5`.
  static func number(_ value: Double) -> String {
    if value == value.rounded(), abs(value) < 1e15 { return String(Int(value)) }
    return String(format: "%g", value)
  }

  /// `#ff0000`, `black`.
  static func color(_ value: Double) -> String {
    if value == 0 { return "black" }
    return "#" + String(format: "%06x", UInt32(exactly: value) ?? 0)
  }
}
