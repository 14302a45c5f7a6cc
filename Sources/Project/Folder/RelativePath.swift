/// A path below a folder, in its parts.
struct RelativePath: Hashable {
  /// All of it.
  let text: String
  /// What stands before the last part, without the `/` between; empty in the folder itself.
  let folder: Substring
  /// Its last part.
  let name: Substring
  /// The name up to its last dot; all of it where that is its first character.
  let stem: Substring

  /// Takes a path apart.
  init(_ text: String) {
    self.text = text
    let slash = text.lastIndex(of: "/")
    folder = text[..<(slash ?? text.startIndex)]
    let name = text[(slash.map { text.index(after: $0) } ?? text.startIndex)...]
    let dot = name.lastIndex(of: ".")
    stem = dot.map { $0 == name.startIndex ? name : name[..<$0] } ?? name
    self.name = name
  }

  /// What stands behind the last dot of the name, in small letters; empty where there is none.
  var fileExtension: String {
    guard let dot = name.lastIndex(of: ".") else { return "" }
    return name[name.index(after: dot)...].lowercased()
  }

  /// The folders that lead to it, from the outermost on.
  var folders: [Substring] { folder.split(separator: "/") }
}
