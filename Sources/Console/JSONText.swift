import Foundation

/// Values as JSON for scripts: keys in order, so that two outputs can be compared.
enum JSONText {
  /// One line, or indented for reading.
  static func text(_ value: some Encodable, isIndented: Bool) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    if isIndented { encoder.outputFormatting.insert(.prettyPrinted) }
    return String(decoding: try encoder.encode(value), as: UTF8.self)
  }
}
