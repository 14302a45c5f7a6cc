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

/// What scripts are told: values by their names, without those that are nil.
public struct JSONObject: Encodable, ExpressibleByDictionaryLiteral {
  private struct Wrapped: Encodable {
    let value: any Encodable

    func encode(to encoder: any Encoder) throws { try value.encode(to: encoder) }
  }

  private let values: [String: Wrapped]

  /// Takes names, each once, with their values.
  public init(dictionaryLiteral elements: (String, (any Encodable)?)...) {
    values = Dictionary(
      uniqueKeysWithValues: elements.compactMap { name, value in
        value.map { (name, Wrapped(value: $0)) }
      })
  }

  /// Writes an object.
  public func encode(to encoder: any Encoder) throws { try values.encode(to: encoder) }
}
