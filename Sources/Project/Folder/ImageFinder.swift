import Recipes

/// Finds the images of a folder by the names that files of other programs have for them.
struct ImageFinder {
  /// Places of images by their paths.
  private var paths: [String: [Int]] = [:]
  /// By the ends of these, from the name on.
  private var ends: [String: [Int]] = [:]
  /// By the ends without an extension.
  private var stems: [String: [Int]] = [:]
  private let images: [ImageSource]

  /// Takes the images of a folder; of a file of several none has the file's name.
  init(_ images: [ImageSource]) {
    self.images = images
    for (place, image) in images.enumerated() {
      let path = image.path
      paths[path, default: []].append(place)
      for end in Self.ends(of: path.split(separator: "/")) {
        ends[end, default: []].append(place)
        stems[Self.stem(of: end), default: []].append(place)
      }
    }
  }

  /// The image that a name stands for, nil for none or several.
  ///
  /// The name may be a path of another disk or system: each of its ends is tried, the longest first,
  /// as it is and with another extension.
  func find(_ name: String) -> ImageSource? {
    let parts = name.split { $0 == "/" || $0 == "\\" }.filter { $0 != "." && $0 != ".." }
    for end in Self.ends(of: parts) {
      let found = paths[end] ?? ends[end] ?? stems[Self.stem(of: end)]
      if let found { return found.count == 1 ? images[found[0]] : nil }
    }
    return nil
  }

  /// `a/b/c`, `b/c` and `c`.
  private static func ends(of parts: [Substring]) -> [String] {
    parts.indices.map { parts[$0...].joined(separator: "/") }
  }

  private static func stem(of path: String) -> String {
    let parts = RelativePath(path)
    return parts.folder.isEmpty ? String(parts.stem) : "\(parts.folder)/\(parts.stem)"
  }
}
