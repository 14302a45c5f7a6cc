/// A colour of a figure, 0...255 each.
struct Ink: Equatable, Sendable {
  let red: UInt8
  let green: UInt8
  let blue: UInt8

  static let white = Ink(0xFFFFFF)
  static let black = Ink(0x000000)
  /// Letters.
  static let text = Ink(0x202020)
  /// Axes and less important letters.
  static let dim = Ink(0x707070)
  /// Lines behind curves.
  static let rule = Ink(0xE2E2E2)
  /// Cell that was predicted but is none.
  static let predictedOnly = Ink(0xE69F00)
  /// Cell that was missed.
  static let missed = Ink(0x3A9BDC)
  /// Where a picture would be that cannot be read.
  static let absent = Ink(0xD8D8D8)

  /// Colours of curves that the colour-blind can tell apart (Okabe and Ito 2008, the yellow darkened,
  /// and two more).
  static let curves = [
    Ink(0x0072B2), Ink(0xD55E00), Ink(0x009E73), Ink(0xCC79A7), Ink(0xE69F00), Ink(0x56B4E9),
    Ink(0x8A7A00), Ink(0x5A5A5A), Ink(0x7A3E9D), Ink(0x8C4A2F),
  ]

  /// The colour with a part of another over it.
  func blended(with other: Ink, amount: Double) -> Ink {
    func mix(_ a: UInt8, _ b: UInt8) -> UInt8 {
      UInt8((Double(a) + (Double(b) - Double(a)) * min(max(amount, 0), 1)).rounded())
    }
    return Ink(
      red: mix(red, other.red), green: mix(green, other.green), blue: mix(blue, other.blue))
  }
}

extension Ink {
  /// The colour of `0xRRGGBB`.
  init(_ hex: UInt32) {
    self.init(
      red: UInt8(hex >> 16 & 255), green: UInt8(hex >> 8 & 255), blue: UInt8(hex & 255))
  }

  /// A grey.
  init(grey: UInt8) { self.init(red: grey, green: grey, blue: grey) }
}
