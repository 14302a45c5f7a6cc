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
