import Foundation

/// What the bytes of a journal say: its lines, and what a crash or damage left between them.
struct JournalContents<Line: Decodable & Sendable>: Sendable {
  /// The readable lines, in order.
  var lines: [Line] = []
  /// Numbers, from 1, of finished lines that cannot be read; they are skipped.
  var damagedLines: [Int] = []
  /// Bytes to keep: all but a torn last line.
  var keptBytes = 0
  /// Whether the last kept line lacks its newline, so that an append must begin with one.
  var needsNewline = false

  /// Reads a journal.
  ///
  /// A line is finished by its newline. What follows the last newline is the trace of a write that was
  /// cut short: it is kept if it happens to be a whole JSON object (only the newline is missing) and is
  /// not counted to `keptBytes` otherwise.
  init(_ bytes: [UInt8]) {
    let decoder = JSONDecoder()
    var start = 0
    var number = 0
    while start < bytes.count {
      number += 1
      let end = bytes[start...].firstIndex(of: 0x0A)
      let text = bytes[start..<(end ?? bytes.count)]
      let isBlank = text.allSatisfy { $0 == 0x20 || $0 == 0x0D || $0 == 0x09 }
      let line = isBlank ? nil : try? decoder.decode(Line.self, from: Data(text))
      if let line { lines.append(line) }
      guard let end else {
        let isWhole = line != nil || Self.isObject(text)
        if isWhole || isBlank {
          keptBytes = bytes.count
          needsNewline = true
        }
        if line == nil, isWhole { damagedLines.append(number) }
        return
      }
      if line == nil, !isBlank { damagedLines.append(number) }
      start = end + 1
      keptBytes = start
    }
  }

  /// Whether the text is a whole JSON object, whatever it holds.
  private static func isObject(_ text: ArraySlice<UInt8>) -> Bool {
    (try? JSONSerialization.jsonObject(with: Data(text))) is [String: Any]
  }
}
