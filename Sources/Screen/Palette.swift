/// The colours of terminals that cannot show any: xterm's 256, of which the first are ANSI's 16.
public enum Palette {
  /// The colour of an index 0...255 as xterm has it.
  public static func color(_ index: Int) -> RGB {
    switch index {
    case ..<0: RGB(0, 0, 0)
    case ..<16: ansi[index]
    case ..<232: cube(index - 16)
    default: RGB(hex: UInt32(min(255, index) - 232) * 0x0A0A0A + 0x080808)
    }
  }

  private static func cube(_ index: Int) -> RGB {
    let levels: [UInt8] = [0, 95, 135, 175, 215, 255]
    return RGB(levels[index / 36], levels[index / 6 % 6], levels[index % 6])
  }

  /// xterm's own values; a terminal may show others, which nobody can know.
  static let ansi: [RGB] = [
    0x000000, 0xCD0000, 0x00CD00, 0xCDCD00, 0x0000EE, 0xCD00CD, 0x00CDCD, 0xE5E5E5,
    0x7F7F7F, 0xFF0000, 0x00FF00, 0xFFFF00, 0x5C5CFF, 0xFF00FF, 0x00FFFF, 0xFFFFFF,
  ].map { RGB(hex: $0) }

  /// The index 16...255 nearest to a colour: greys among 30 greys, others along ramps of one
  /// hue, so that a tint over a picture does not break into specks of its neighbours' hues.
  public static func index256(of color: RGB) -> Int {
    Int(nearest256[bits5(color)])
  }

  /// The index 0...15 nearest to a colour.
  public static func index16(of color: RGB) -> Int {
    Int(nearest16[bits5(color)])
  }

  /// A cell that looks like a colour with ANSI's 16: a shade of one over another.
  public static func shade(of color: RGB) -> Cell {
    shades[Int(nearestShade[bits5(color)])]
  }

  private static func bits5(_ color: RGB) -> Int {
    Int(color.red >> 3) << 10 | Int(color.green >> 3) << 5 | Int(color.blue >> 3)
  }

  /// What a table's entry stands for: the middle of the colours that share it.
  private static func color(ofBits5 bits: Int) -> RGB {
    func part(_ five: Int) -> UInt8 { UInt8(five << 3 | five >> 2) }
    return RGB(part(bits >> 10 & 31), part(bits >> 5 & 31), part(bits & 31))
  }

  private static let greys: [Int] = [16, 59, 102, 145, 188, 231] + Array(232...255)
  private static let nearest256 = nearest(
    in: (16..<232).map { ($0, Chroma(color($0))) }, greys: greys.map { ($0, Chroma(color($0))) })
  private static let nearest16 = nearest(
    in: (0..<16).map { ($0, Chroma(ansi[$0])) },
    greys: [0, 7, 8, 15].map { ($0, Chroma(ansi[$0])) })

  /// A table of the candidate that stands for each colour of five bits a part.
  private static func nearest(
    in all: [(Int, Chroma)], greys: [(Int, Chroma)]
  ) -> [UInt8] {
    (0..<32768).map { bits in
      let wanted = Chroma(color(ofBits5: bits))
      return UInt8(wanted.isGrey ? wanted.nearest(in: greys) : wanted.nearestOfHue(in: all))
    }
  }

  /// Shades of a grey over a darker grey, and of a hue over a grey or its own darker form.
  private static let shades: [Cell] = {
    let greys = [0, 8, 7, 15]
    var cells = (0..<16).map { Cell(" ", Style(foreground: ansi[$0], background: ansi[$0])) }
    for over in 0..<16 {
      let others = greys.contains(over) ? greys.filter { $0 != over } : greys + [over ^ 8]
      for under in others {
        let style = Style(foreground: ansi[over], background: ansi[under])
        let characters: [Character] = greys.contains(over) ? ["░", "▒"] : ["░", "▒", "▓"]
        cells += characters.map { Cell($0, style) }
      }
    }
    return cells
  }()

  private static let nearestShade: [UInt8] = {
    let amounts: [Character: Double] = [" ": 0, "░": 0.25, "▒": 0.5, "▓": 0.75]
    let all = shades.enumerated().map { index, cell in
      let mixed = cell.style.background.blended(
        with: cell.style.foreground, amount: amounts[cell.character] ?? 0)
      return (index, Chroma(mixed))
    }
    return nearest(
      in: all,
      greys: all.filter { Chroma(shades[$0.0].style.foreground).isGrey && $0.1.isGrey })
  }()
}

/// A colour as brightness and tint (ITU-R 601 Y, Cb, Cr), in which a wrong tint weighs more.
private struct Chroma {
  let y: Double
  let blue: Double
  let red: Double

  init(_ color: RGB) {
    y = color.luminance
    blue = (Double(color.blue) - y) * 0.564
    red = (Double(color.red) - y) * 0.713
  }

  private var strength: Double { (blue * blue + red * red).squareRoot() }

  var isGrey: Bool { strength < 12 }

  /// The nearest in brightness among those of the same hue: a ramp, on which a tint over a picture
  /// keeps its hue from dark to light.
  func nearestOfHue(in candidates: [(Int, Chroma)]) -> Int {
    // Closest hues first; a palette has not every hue within 23 degrees.
    for likeness in [0.92, 0.8, 0.5] {
      let best = Self.least(of: candidates) { candidate in
        guard candidate.strength > max(1, strength * 0.35) else { return nil }
        let along = blue * candidate.blue + red * candidate.red
        let cosine = along / (strength * candidate.strength)
        guard cosine > likeness else { return nil }
        let dy = y - candidate.y
        let ds = strength - candidate.strength
        return dy * dy + 0.15 * ds * ds + 6000 * (1 - cosine)
      }
      if let best { return best }
    }
    return nearest(in: candidates)
  }

  func nearest(in candidates: [(Int, Chroma)]) -> Int {
    Self.least(of: candidates) { candidate in
      let dy = y - candidate.y
      let db = blue - candidate.blue
      let dr = red - candidate.red
      return dy * dy + 3 * (db * db + dr * dr)
    } ?? 0
  }

  /// The first candidate of the least distance, of those that have one.
  private static func least(
    of candidates: [(Int, Chroma)], _ distance: (Chroma) -> Double?
  ) -> Int? {
    var best: Int?
    var least = Double.infinity
    for (index, candidate) in candidates {
      guard let distance = distance(candidate), distance < least else { continue }
      (best, least) = (index, distance)
    }
    return best
  }
}
