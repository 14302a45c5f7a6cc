import Basics
import Files
import Foundation

/// Standard error, for what is told beside results; where it cannot be written nothing else suffers.
public struct StandardStream: Sendable {
  /// Results, for people and scripts.
  public static let output = ResultStream(descriptor: .output)
  /// What is told beside them.
  public static let error = StandardStream()

  /// Whether a person is looking.
  var isTerminal: Bool { isatty(STDERR_FILENO) == 1 }

  /// Writes text as it is.
  public func write(_ text: String) { _ = StandardDescriptor.error.write(text) }

  /// Writes lines for the user that no command fails with.
  public func notes(_ lines: [String]) { for text in lines { line("aura: \(text)") } }

  /// Writes a line, without what a terminal would obey of names and values out of files.
  public func line(_ text: String) { write(text.printable + "\n") }
}

/// Standard output: results, whose loss is an error; a reader that went away has what it wanted.
public struct ResultStream: Sendable {
  let descriptor: StandardDescriptor

  /// Writes text as it is.
  ///
  /// - Throws: `Failure` where not all of it can be written, as on a full disk: the one place that says so.
  public func write(_ text: String) throws(Failure) {
    let trouble = descriptor.write(text)
    guard trouble != 0, trouble != EPIPE else { return }
    let reason =
      switch trouble {
      case ENOSPC, EDQUOT, EFBIG: "no space left: disk, quota or file size limit reached"
      case EBADF: "it is closed"
      case EIO: "input/output error"
      default: "the system refused (errno \(trouble))"
      }
    throw Failure(.cannotWrite, "standard output cannot be written: \(reason)")
  }

  /// Writes a line.
  public func line(_ text: String) throws(Failure) { try write(text + "\n") }

  /// Writes what came out: as JSON, indented or on one line, or as text for people.
  public func tell(
    _ value: some Encodable, asJSON: Bool, isIndented: Bool = true,
    _ text: @autoclosure () -> String
  ) throws {
    let told = asJSON ? try Self.json(value, isIndented: isIndented) : text()
    try write(told.isEmpty || told.hasSuffix("\n") ? told : told + "\n")
  }

  /// Writes a line of JSON.
  public func json(_ value: some Encodable) throws {
    try line(try Self.json(value, isIndented: false))
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
