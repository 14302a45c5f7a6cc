import Screen

/// Reads one event from the front of some bytes.
enum SequenceParser {
  enum Step: Equatable {
    /// More bytes are needed.
    case incomplete
    /// So many bytes mean nothing here.
    case skip(Int)
    case input(Input, Int)
    case pasteBegins(Int)
    /// So many bytes are the beginning of something too long to be kept, and so is all up to its end.
    case endless(Int, Ending)
  }

  /// What ends a sequence.
  enum Ending {
    /// A letter, as after `Esc [`.
    case control
    /// BEL, ST, or Esc and one byte, as after `Esc ]`.
    case string

    /// How many of the bytes still belong to the sequence, or none where its end is yet to come.
    func length(in bytes: ArraySlice<UInt8>) -> Int? {
      switch self {
      case .control:
        guard let end = bytes.firstIndex(where: SequenceParser.endsControl) else { return nil }
        return end - bytes.startIndex + (bytes[end] < 0x20 ? 0 : 1)
      case .string:
        guard let end = bytes.firstIndex(where: { [0x07, 0x1B, 0x9C].contains($0) }) else {
          return nil
        }
        let length = end - bytes.startIndex + (bytes[end] == 0x1B ? 2 : 1)
        return length <= bytes.count ? length : nil
      }
    }
  }

  /// Nothing that is understood is longer; what is, is dropped.
  private static let longest = 64
  private static let longestString = 4096

  static func parse(_ bytes: ArraySlice<UInt8>) -> Step {
    guard let first = bytes.first else { return .incomplete }
    switch first {
    case 0x1B: return escape(bytes)
    case 0x0D, 0x0A: return .input(.key(.enter), 1)
    case 0x09: return .input(.key(.tab), 1)
    case 0x08, 0x7F: return .input(.key(.backspace), 1)
    case 0x00: return .input(.key(.control(" ")), 1)
    case 0x01...0x1A: return .input(.key(.control(KeyTable.letter(first + 0x60))), 1)
    case 0x1C...0x1F: return .input(.key(.control(KeyTable.letter(first + 0x40))), 1)
    default: return text(bytes) { .key(.character($0)) }
    }
  }

  /// One scalar of UTF-8, which `before` bytes lie in front of.
  private static func text(
    _ bytes: ArraySlice<UInt8>, after before: Int = 0, _ make: (Character) -> Input
  ) -> Step {
    guard let first = bytes.first else { return .incomplete }
    let length =
      switch first {
      case ..<0x80: 1
      case 0xC2..<0xE0: 2
      case 0xE0..<0xF0: 3
      case 0xF0..<0xF5: 4
      default: 0
      }
    guard length > 0 else { return .skip(before + 1) }
    let present = bytes.prefix(length)
    guard present.dropFirst().allSatisfy({ $0 & 0xC0 == 0x80 }) else {
      return .skip(before + 1)
    }
    guard present.count == length else { return .incomplete }
    guard let text = String(validating: present, as: UTF8.self), let character = text.first else {
      return .skip(before + length)
    }
    return .input(make(character), before + length)
  }

  private static func escape(_ bytes: ArraySlice<UInt8>) -> Step {
    guard let second = bytes.dropFirst().first else { return .incomplete }
    let rest = bytes.dropFirst(2)
    switch second {
    case UInt8(ascii: "["):
      return control(rest)
    case UInt8(ascii: "O"):
      guard let final = rest.first else { return .incomplete }
      guard let key = KeyTable.ss3(final) else { return .skip(3) }
      return .input(.key(key), 3)
    case UInt8(ascii: "]"), UInt8(ascii: "P"), UInt8(ascii: "_"), UInt8(ascii: "^"):
      return string(rest, opening: second)
    case 0x00..<0x20:
      return .input(.key(.escape), 1)
    case 0x7F:
      return .skip(2)
    default:
      return text(bytes.dropFirst(), after: 1) { .key(.alt($0)) }
    }
  }

  /// A terminal's answer (OSC, DCS, APC), dropped up to its end; Alt with that letter where the
  /// next byte cannot belong to one.
  private static func string(_ rest: ArraySlice<UInt8>, opening: UInt8) -> Step {
    guard let first = rest.first else { return .incomplete }
    if first < 0x20 {
      return .input(.key(.alt(KeyTable.letter(opening))), 2)
    }
    if let length = Ending.string.length(in: rest) { return .skip(length + 2) }
    let isEndless = rest.count > longestString && rest.last != 0x1B
    return isEndless ? .endless(rest.count + 2, .string) : .incomplete
  }

  /// What follows `Esc [`.
  private static func control(_ rest: ArraySlice<UInt8>) -> Step {
    guard let first = rest.first else { return .incomplete }
    if first == UInt8(ascii: "[") {  // F1...F5 of the Linux console
      guard let final = rest.dropFirst().first else { return .incomplete }
      let number = Int(final) - 64
      return (1...5).contains(number) ? .input(.key(.function(number)), 4) : .skip(4)
    }
    if first == UInt8(ascii: "M") {  // a mouse without 1006
      guard rest.count >= 4 else { return .incomplete }
      let parts = rest.dropFirst().prefix(3).map { Int($0) - 32 }
      let mouse = Mouse(
        code: parts[0], column: parts[1], row: parts[2], isRelease: parts[0] & 3 == 3)
      return mouse.map { .input(.mouse($0), 6) } ?? .skip(6)
    }
    guard let end = rest.firstIndex(where: endsControl) else {
      return rest.count > longest ? .endless(rest.count + 2, .control) : .incomplete
    }
    let length = end - rest.startIndex + 3
    let final = rest[end]
    guard final >= 0x20 else { return .skip(length - 1) }  // broken off by another sequence
    guard end - rest.startIndex <= longest else { return .skip(length) }
    let body = String(decoding: rest[rest.startIndex..<end], as: UTF8.self)
    return meaning(body, final: final, length: length)
  }

  private static func endsControl(_ byte: UInt8) -> Bool {
    (0x40...0x7E).contains(byte) || byte < 0x20
  }

  private static func meaning(_ body: String, final: UInt8, length: Int) -> Step {
    if body.hasPrefix("<") {
      let numbers = body.dropFirst().split(separator: ";").compactMap { Int($0) }
      guard numbers.count == 3, final == UInt8(ascii: "M") || final == UInt8(ascii: "m"),
        let mouse = Mouse(
          code: numbers[0], column: numbers[1], row: numbers[2],
          isRelease: final == UInt8(ascii: "m"))
      else { return .skip(length) }
      return .input(.mouse(mouse), length)
    }
    if body.isEmpty, final == UInt8(ascii: "I") { return .input(.focus(true), length) }
    if body.isEmpty, final == UInt8(ascii: "O") { return .input(.focus(false), length) }
    if body == "200", final == UInt8(ascii: "~") { return .pasteBegins(length) }
    guard body.allSatisfy({ $0.isNumber || $0 == ";" || $0 == ":" || $0 == "$" }) else {
      return .skip(length)
    }
    let numbers = body.split(separator: ";", omittingEmptySubsequences: false)
      .map { Int($0.prefix { $0.isNumber }) ?? 0 }
    guard let key = KeyTable.csi(numbers, final: final) else { return .skip(length) }
    return .input(.key(key), length)
  }
}

extension Mouse {
  /// Reads a terminal's report: the button with its modifiers, and the cell counted from 1.
  ///
  /// Nil for what is no place, or a button that `Mouse` does not know.
  init?(code: Int, column: Int, row: Int, isRelease: Bool) {
    guard code >= 0, code < 128, code & 64 == 0 || code & 3 < 2, (1...10_000).contains(column),
      (1...10_000).contains(row)
    else { return nil }
    let button = [Mouse.Button.left, .middle, .right, .none][code & 3]
    let action: Mouse.Action =
      if code & 64 != 0 {
        code & 1 == 0 ? .scrollUp : .scrollDown
      } else if isRelease {
        .release
      } else if code & 32 != 0 {
        button == .none ? .move : .drag
      } else {
        .press
      }
    self.init(
      action, code & 64 != 0 ? .none : button, at: Point(column: column - 1, row: row - 1),
      control: code & 16 != 0)
  }
}
