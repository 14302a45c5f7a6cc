import ArgumentParser

extension ParsableArguments {
  /// Refuses the number of an option that is not what it may be, which `limits` says.
  func check<Number: Comparable>(
    _ option: String, _ value: Number?, in range: some RangeExpression<Number>, _ limits: String
  ) throws {
    guard let value, !range.contains(value) else { return }
    throw ValidationError("--\(option) \(value): \(limits), please")
  }
}
