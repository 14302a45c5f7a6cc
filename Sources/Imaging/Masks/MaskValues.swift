/// What a user says of the numbers in masks: nothing, or which of them are cell.
///
/// - `auto`: it is found out.
/// - `white`: all but 0 is cell. `black`: 0 is cell.
/// - `labels`: 0 is ground, every other number a cell of its own, negative ones are not annotated.
/// - `cell=2`, `cell=1,3`, `cell=1..40`, `cell=#ff0000`: these are cell; `ground=1`: all but these. Both: what is
///   named nowhere is not annotated.
/// - `>127`, `>=128`, `<0.5`: what is above or below is cell.
/// - `ignore=255`, `ignore=negative`, `ignore=nan`, behind any of them: not annotated.
/// - `alpha`, before any of them: the opacity counts; alone, all that is not transparent is cell.
public struct MaskValues: Equatable, Hashable, Sendable {
  /// As it is written.
  public let text: String
  let meaning: Meaning

  /// What is said.
  enum Meaning: Equatable, Hashable, Sendable {
    case automatic, white, black
    case rule(MaskRule)
  }

  /// It is found out.
  public static let automatic = MaskValues("auto", .automatic)
  /// All but 0 is cell.
  public static let white = MaskValues("white", .white)
  /// 0 is cell.
  public static let black = MaskValues("black", .black)

  /// Whether nothing is said.
  public var isAutomatic: Bool { meaning == .automatic }

  /// Whether it is one of the words that an older Aura knows: `auto`, `white`, `black`.
  public var isPolarity: Bool { if case .rule = meaning { false } else { true } }

  /// Which samples are said to be the numbers; nil where that is to be found out.
  var samples: MaskSamples? { if case .rule(let rule) = meaning { rule.samples } else { nil } }

  /// The rule that is said, where the numbers are of a form; nil where it is to be found out.
  func rule(for form: MaskSamples) -> MaskRule? {
    switch meaning {
    case .automatic: nil
    case .white: MaskRule(samples: form, voidsMiddle: true, isSaid: true)
    case .black: MaskRule(samples: form, cells: [0...0], isSaid: true)
    case .rule(let rule): rule
    }
  }

  private init(_ text: String, _ meaning: Meaning) { (self.text, self.meaning) = (text, meaning) }

  /// Reads what was said.
  ///
  /// - Throws: `MaskValuesError` for what cannot be understood.
  public init(_ said: String) throws(MaskValuesError) {
    let words = said.lowercased().split { $0 == " " || $0 == ";" || $0 == "\t" }.map(String.init)
    guard let first = words.first else { throw .nothing }
    text = words.joined(separator: " ")
    switch (first, words.count) {
    case ("auto", 1): meaning = .automatic
    case ("white", 1): meaning = .white
    case ("black", 1): meaning = .black
    case ("auto", _), ("white", _), ("black", _): throw .alone(first)
    default:
      var reader = MaskValuesReader()
      for word in words { try reader.take(word) }
      meaning = .rule(try reader.joined())
    }
  }
}

extension MaskValues: Codable {
  /// Reads the text.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let text = try container.decode(String.self)
    do throws(MaskValuesError) {
      try self.init(text)
    } catch {
      throw DecodingError.dataCorruptedError(in: container, debugDescription: "\(error)")
    }
  }

  /// Writes the text.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(text)
  }
}

/// What of a text does not say which numbers are cell.
public enum MaskValuesError: Error, Equatable, Sendable, CustomStringConvertible {
  /// It is empty.
  case nothing
  /// A word that means nothing here.
  case word(String)
  /// Something that is no number, and the word that it stands in.
  case number(String, in: String)
  /// A word that stands alone or not at all.
  case alone(String)
  /// Two words of which only one can be meant.
  case both(String, and: String)

  /// One line, with what can be said.
  public var description: String {
    switch self {
    case .nothing: "nothing is said; \(Self.forms)"
    case .word(let word): "'\(word)' does not say which numbers are cell; \(Self.forms)"
    case .number(let text, let word):
      "'\(text)' in '\(word)' is no number; a list is cell=1,3, a range cell=1..40, a colour cell=#ff0000"
    case .alone(let word): "'\(word)' says it all and stands alone; \(Self.forms)"
    case .both(let first, let second): "'\(first)' and '\(second)' cannot both be; leave one out"
    }
  }

  private static let forms =
    "it is auto, white, black, labels, cell=2, cell=1,3 ignore=255, cell=1..40, ground=1 or >127"
}
