/// Names an image of a project: its path relative to the project's folder, with extension, and
/// `#page` (from 1) where the file has several pages.
public struct ImageKey: Hashable, Sendable, Codable, Comparable, CustomStringConvertible {
  /// The text of the key, `plate1/a172_04.tif` or `stack.tif#3`.
  public let text: String

  /// Wraps a key's text.
  public init(_ text: String) { self.text = text }

  /// Reads a bare string.
  public init(from decoder: any Decoder) throws {
    text = try decoder.singleValueContainer().decode(String.self)
  }

  /// Writes a bare string.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(text)
  }

  /// The text of the key.
  public var description: String { text }

  /// Orders keys by their text, those of one text in two codings by their bytes.
  public static func < (a: ImageKey, b: ImageKey) -> Bool {
    a.text == b.text ? a.text.utf8.lexicographicallyPrecedes(b.text.utf8) : a.text < b.text
  }

  /// Keys are the same where their bytes are: a folder may hold an umlaut's two codings as two files.
  public static func == (a: ImageKey, b: ImageKey) -> Bool {
    a.text == b.text && a.text.utf8.elementsEqual(b.text.utf8)
  }
}
