public import Screen

/// Turns the bytes of a terminal into keys, mouse events, pastes and changes of focus.
///
/// Sequences may arrive in pieces. A lone Esc is told from the start of a sequence by time only:
/// the reader waits a little while `isWaiting`, then calls `flush`.
public struct InputParser: Sendable {
  /// Bytes that are not yet a whole event.
  private var pending: [UInt8] = []
  private var pasted: [UInt8]?
  /// What ends the sequence of which the beginning was dropped.
  private var dropping: SequenceParser.Ending?

  /// The longest paste that is kept, in bytes.
  private static let longestPaste = 1 << 20
  private static let pasteEnd = Array("\u{1B}[201~".utf8)

  /// Starts with nothing pending.
  public init() {}

  /// Whether an Esc or a piece of a sequence waits for more.
  public var isWaiting: Bool { !pending.isEmpty }

  /// Takes bytes as they were read; gives what became whole.
  public mutating func feed(_ bytes: some Sequence<UInt8>) -> [Input] {
    pending += bytes
    var inputs: [Input] = []
    var start = 0
    while start < pending.count {
      if pasted != nil {
        guard let next = takePaste(from: start, into: &inputs) else { return inputs }
        start = next
        continue
      }
      if let ending = dropping {
        guard let length = ending.length(in: pending[start...]) else {
          pending = ending == .string && pending.last == 0x1B ? [0x1B] : []
          return inputs
        }
        dropping = nil
        start += length
        continue
      }
      switch SequenceParser.parse(pending[start...]) {
      case .incomplete:
        pending.removeFirst(start)
        return inputs
      case .skip(let count):
        start += count
      case .input(let input, let count):
        inputs.append(input)
        start += count
      case .pasteBegins(let count):
        pasted = []
        start += count
      case .endless(let count, let ending):
        dropping = ending
        start += count
      }
    }
    pending.removeAll()
    return inputs
  }

  /// Nothing more came: a lone Esc was the key.
  public mutating func flush() -> [Input] {
    guard pasted == nil else { return [] }
    defer { pending = [] }
    guard dropping == nil, pending.first == 0x1B else { return [] }
    if pending.count == 1 { return [.key(.escape)] }
    guard pending.count == 2, (0x21...0x7E).contains(pending[1]) else { return [] }
    return [.key(.alt(KeyTable.letter(pending[1])))]
  }

  /// Moves bytes into the paste; nil where all are used up, but for a part of its end.
  private mutating func takePaste(from start: Int, into inputs: inout [Input]) -> Int? {
    let end = Self.pasteEnd
    var index = start
    while index < pending.count {
      let rest = pending[index...].prefix(end.count)
      if rest.elementsEqual(end) {
        let text = String(decoding: pasted ?? [], as: UTF8.self)
          .replacing("\r\n", with: "\n").replacing("\r", with: "\n")
        pasted = nil
        inputs.append(.paste(text))
        return index + end.count
      }
      if rest.count < end.count, end.starts(with: rest) {
        pending.removeFirst(index)
        return nil
      }
      if let count = pasted?.count, count < Self.longestPaste { pasted?.append(pending[index]) }
      index += 1
    }
    pending.removeAll()
    return nil
  }
}
