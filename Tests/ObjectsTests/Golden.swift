import Foundation

/// Reads what other libraries answered, from Tests/Goldens.
enum Golden {
  static func load<Value: Decodable>(_ name: String, as type: Value.Type) throws -> Value {
    let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "Goldens/\(name).json")
    return try JSONDecoder().decode(type, from: Data(contentsOf: file))
  }
}
