import ArgumentParser

extension ParsableArguments {
  /// Refuses the number of an option that is not what it may be, which `limits` says.
  func check<Number: Comparable>(
    _ option: String, _ value: Number?, in range: some RangeExpression<Number>, _ limits: String
  ) throws {
    guard let value, !range.contains(value) else { return }
    throw ValidationError("--\(option) \(value): \(limits), please")
  }

  /// The values of a list with commas between them, each there once; `limits` says what they may be.
  static func list<Value: Hashable>(
    _ option: String, _ text: String, of limits: String, _ value: (String) -> Value?
  ) throws -> [Value] {
    let words = text.split(separator: ",").map(String.init)
    let values = words.compactMap(value)
    guard !values.isEmpty, Set(values).count == words.count else {
      throw ValidationError("--\(option) \(text): \(limits), please")
    }
    return values
  }
}
