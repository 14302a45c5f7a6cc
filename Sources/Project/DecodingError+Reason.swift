extension DecodingError {
  /// What a JSON file is that is not what it should be anywhere.
  static let wrongJSON = "not the JSON that it should be"

  /// Which value of a JSON file is wrong and why: `'images[3].id' is missing`.
  ///
  /// A number that its type cannot hold comes without its place.
  var reason: String {
    switch self {
    case .keyNotFound(let key, let context):
      "'\(Self.place(context.codingPath + [key]))' is missing"
    case .typeMismatch(_, let context), .valueNotFound(_, let context),
      .dataCorrupted(let context):
      context.codingPath.isEmpty
        ? Self.wrongJSON
        : "'\(Self.place(context.codingPath))' cannot have that value: \(Self.why(context))"
    @unknown default: Self.wrongJSON
    }
  }

  private static func why(_ context: Context) -> String {
    let text = context.debugDescription
    return text.hasSuffix(".") ? String(text.dropLast()) : text
  }

  private static func place(_ keys: [any CodingKey]) -> String {
    keys.reduce("") { path, key in
      if let index = key.intValue { return "\(path)[\(index)]" }
      return path.isEmpty ? key.stringValue : "\(path).\(key.stringValue)"
    }
  }
}
