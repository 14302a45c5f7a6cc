import Imaging
import Recipes
import Yams

/// What stands at one place of a YAML file, with the file's name and the line for messages.
struct YAMLPlace {
  /// The file as it is called in messages.
  let file: String
  /// What stands there.
  let node: Node

  /// An error at this place; lines are counted from 1.
  func failure(_ reason: String) -> ComparisonError {
    .yaml(file: file, line: node.mark?.line ?? 1, reason: reason)
  }

  /// Does what a setting's limits may refuse; the reason is an error at this place.
  func holding<Value>(
    _ body: @autoclosure () throws(RecipeError) -> Value
  ) throws(ComparisonError) -> Value {
    do throws(RecipeError) {
      return try body()
    } catch {
      throw failure(error.description)
    }
  }

  /// Whether one word stands here.
  var isScalar: Bool { node.scalar != nil }

  /// The names here with what stands at each, in the file's order.
  func fields(of what: String) throws(ComparisonError) -> [YAMLField] {
    guard let mapping = node.mapping else {
      throw failure("\(what) is a list of `name: value`")
    }
    var fields: [YAMLField] = []
    for (key, value) in mapping {
      let place = YAMLPlace(file: file, node: key)
      fields.append(
        YAMLField(
          name: try place.text("a name"), place: place,
          value: YAMLPlace(file: file, node: value)))
    }
    return fields
  }

  /// The places of a list; one value alone is a list of itself.
  var items: [YAMLPlace] {
    guard let sequence = node.sequence else { return [self] }
    return sequence.map { YAMLPlace(file: file, node: $0) }
  }

  /// The word or text here.
  func text(_ what: String) throws(ComparisonError) -> String {
    guard let text = node.scalar?.string, !text.isEmpty else {
      throw failure("\(what) is one word")
    }
    return text
  }

  /// What is said here of the numbers in masks.
  func maskValues(_ what: String) throws(ComparisonError) -> MaskValues {
    let text = try text(what)
    do throws(MaskValuesError) {
      return try MaskValues(text)
    } catch {
      throw failure("\(what): \(error)")
    }
  }

  /// The value here, held to what it may be.
  func value<Value>(
    _ what: String, _ values: Values<Value>
  ) throws(ComparisonError) -> Value {
    let text = try text(what)
    return try holding(try values.value(of: text, name: what))
  }
}

extension YAMLPlace {
  /// Reads the text of a file.
  ///
  /// - Throws: `ComparisonError.yaml` for what is no YAML, or holds nothing.
  init(_ text: String, file: String) throws(ComparisonError) {
    let root: Node?
    do {
      root = try Yams.compose(yaml: text)
    } catch {
      throw Self.malformed(error, file: file)
    }
    guard let root else { throw .yaml(file: file, line: 1, reason: "there is nothing in it") }
    self.init(file: file, node: root)
  }

  private static func malformed(_ error: any Error, file: String) -> ComparisonError {
    switch error as? YamlError {
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
      .composer(_, let problem, let mark, _):
      .yaml(file: file, line: mark.line, reason: problem)
    case .duplicatedKeysInMapping(let duplicates, let context):
      .yaml(
        file: file, line: max(1, context.mark.line),
        reason: "'\(duplicates.first ?? "a name")' stands there twice")
    default:
      .yaml(file: file, line: 1, reason: "this is not YAML")
    }
  }
}

/// A name in a YAML file and what stands behind it.
struct YAMLField {
  /// The name.
  let name: String
  /// Where it stands.
  let place: YAMLPlace
  /// What stands behind it.
  let value: YAMLPlace

  /// The error for a name that means nothing here.
  func unknown(_ what: String, known: [String]) -> ComparisonError {
    place.failure(
      "'\(name)' is no setting of \(what); the settings are \(known.joined(separator: ", "))")
  }
}
