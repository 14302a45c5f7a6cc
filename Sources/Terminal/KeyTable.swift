import Screen

/// Which key a sequence means, for xterm, the VT series, rxvt, the Linux console and kitty.
enum KeyTable {
  /// What follows `Esc O`.
  static func ss3(_ final: UInt8) -> Key? {
    letter(final) == "M" ? .enter : named(letter(final), isModified: false)
  }

  /// `Esc [ numbers final`; any modifier counts as Shift, since many terminals keep that one.
  static func csi(_ numbers: [Int], final: UInt8) -> Key? {
    let first = numbers.first ?? 0
    let modifiers = numbers.count > 1 ? max(0, numbers[1] - 1) : 0
    switch letter(final) {
    case "~":
      return first == 27 && numbers.count == 3
        ? typed(numbers[2], modifiers: modifiers) : numbered(first)
    case "u": return typed(first, modifiers: modifiers)
    case "Z": return .backTab
    case "$": return numbered(first)
    case "R" where numbers.count > 1 && first != 1: return nil  // a cursor report
    default: return named(letter(final), isModified: modifiers > 0)
    }
  }

  static func letter(_ byte: UInt8) -> Character { Character(Unicode.Scalar(byte)) }

  private static func named(_ letter: Character, isModified: Bool) -> Key? {
    switch letter {
    case "A": .up(shift: isModified)
    case "B": .down(shift: isModified)
    case "C": .right(shift: isModified)
    case "D": .left(shift: isModified)
    // rxvt's arrows with Shift.
    case "a": .up(shift: true)
    case "b": .down(shift: true)
    case "c": .right(shift: true)
    case "d": .left(shift: true)
    case "H": .home
    case "F": .end
    case "P": .function(1)
    case "Q": .function(2)
    case "R": .function(3)
    case "S": .function(4)
    default: nil
    }
  }

  private static func numbered(_ number: Int) -> Key? {
    switch number {
    case 1, 7: .home
    case 2: .insert
    case 3: .delete
    case 4, 8: .end
    case 5: .pageUp
    case 6: .pageDown
    case 11...15: .function(number - 10)
    case 17...21: .function(number - 11)
    case 23, 24: .function(number - 12)
    default: nil
    }
  }

  /// A key by its scalar, as kitty's protocol and xterm's modifyOtherKeys send it.
  private static func typed(_ code: Int, modifiers: Int) -> Key? {
    switch code {
    case 9: return modifiers & 1 != 0 ? .backTab : .tab
    case 13: return .enter
    case 27: return .escape
    case 8, 127: return .backspace
    default: break
    }
    guard code >= 32, code < 0xE000 || code > 0xF8FF, let value = UInt32(exactly: code),
      let scalar = Unicode.Scalar(value)
    else { return nil }
    let character = Character(scalar)
    if modifiers & 4 != 0 { return .control(Character(character.lowercased())) }
    let shifted =
      modifiers & 1 != 0 && character.isLetter ? Character(character.uppercased()) : character
    return modifiers & 2 != 0 ? .alt(shifted) : .character(shifted)
  }
}
