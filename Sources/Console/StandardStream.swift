import Foundation

/// Standard output or standard error, written unbuffered; a reader that went away is not an error.
public struct StandardStream: Sendable {
  /// Results, for people and scripts.
  public static let output = StandardStream(handle: .standardOutput)
  /// What is told beside them.
  public static let error = StandardStream(handle: .standardError)

  private let handle: FileHandle

  /// Whether a person is looking.
  var isTerminal: Bool { isatty(handle.fileDescriptor) == 1 }

  /// Writes text as it is.
  public func write(_ text: String) {
    try? handle.write(contentsOf: Data(text.utf8))
  }

  /// Writes lines for the user that no command fails with.
  public func notes(_ lines: [String]) { for text in lines { line("aura: \(text)") } }

  /// Writes a line.
  public func line(_ text: String) { write(text + "\n") }

  /// Writes what came out: as JSON, indented or on one line, or as text for people.
  public func tell(
    _ value: some Encodable, asJSON: Bool, isIndented: Bool = true,
    _ text: @autoclosure () -> String
  ) throws {
    let told = asJSON ? try Self.json(value, isIndented: isIndented) : text()
    write(told.isEmpty || told.hasSuffix("\n") ? told : told + "\n")
  }

  /// Writes a line of JSON.
  public func json(_ value: some Encodable) throws {
    line(try Self.json(value, isIndented: false))
  }

  /// A value as JSON, keys in order, so that two outputs can be compared; on one line, or indented for
  /// reading.
  static func json(_ value: some Encodable, isIndented: Bool) throws -> String {
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
