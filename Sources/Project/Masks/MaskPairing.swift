import Recipes

/// Which mask belongs to which image, and what belongs to none.
public struct MaskPairing: Equatable, Sendable {
  /// The masks that were found, in the order of their images.
  public internal(set) var matches: [MaskMatch] = []
  /// Files of masks that belong to no image, as relative paths.
  var strays: [String] = []
  /// What of a folder of masks is not looked at.
  public internal(set) var leftOut = LeftOut()

  /// Images whose names are nearest to that of the first stray mask.
  var nearest: [String] = []
  /// Masks whose names stand for several images, each with two of these.
  var ambiguous: [(mask: String, images: [String])] = []
  /// Images for which several masks are as good, each with two of these.
  var contested: [(image: ImageKey, masks: [String])] = []
  /// Masks that are passed over for better ones, each with the better one.
  var passedOver: [(mask: String, better: String)] = []
  /// Masks in folders of other names than their images'.
  var acrossFolders: [(mask: String, image: ImageKey)] = []
  /// Files that are images themselves.
  var images: [String] = []
  /// Files with more or fewer masks than there are images: lines for the user.
  var pages: [String] = []
  /// Files that cannot be used: lines for the user.
  var unusable: [String] = []

  init() {}

  /// Calls an image by another name.
  mutating func rename(_ old: ImageKey, to new: ImageKey) {
    for index in matches.indices where matches[index].key == old {
      matches[index] = MaskMatch(key: new, source: matches[index].source)
    }
  }

  /// Takes files out that are images after all.
  mutating func remove(filesOf images: [ImageSource]) {
    let files = Set(images.flatMap { $0.planes.map(\.file) })
    let paths = Set(images.map(\.path))
    matches.removeAll { !files.isDisjoint(with: $0.source.files) }
    strays.removeAll { paths.contains($0) }
  }

  /// Compares what is found, and what is said of it.
  public static func == (a: MaskPairing, b: MaskPairing) -> Bool {
    a.matches == b.matches && a.strays == b.strays && a.leftOut == b.leftOut && a.notes == b.notes
  }

  /// Lines for the user: what is not taken and why, an example each.
  public var notes: [String] {
    var notes: [String] = []
    if let first = strays.first {
      let near = nearest.map { "'\($0)'" }.joined(separator: ", ")
      notes.append(
        Self.count(strays.count, "mask matches", "masks match") + " no image, such as '\(first)'"
          + (near.isEmpty ? "" : " (near: \(near))"))
    }
    if let first = ambiguous.first {
      notes.append(
        Self.count(ambiguous.count, "mask fits", "masks fit") + " several images and is not taken,"
          + " such as '\(first.mask)': '\(first.images[0])' or '\(first.images[1])'")
    }
    if let first = contested.first {
      notes.append(
        Self.count(contested.count, "image has", "images have") + " two masks of which neither is"
          + " taken, such as '\(first.image)': '\(first.masks[0])' or '\(first.masks[1])'")
    }
    if let first = passedOver.first {
      notes.append(
        Self.count(passedOver.count, "mask is", "masks are")
          + " passed over, such as '\(first.mask)'"
          + " for '\(first.better)'")
    }
    if let first = acrossFolders.first {
      notes.append(
        Self.count(acrossFolders.count, "mask lies", "masks lie")
          + " in a folder of another name than"
          + " the image's, such as '\(first.mask)' of '\(first.image)'")
    }
    if let first = images.first {
      notes.append(
        Self.count(images.count, "file", "files") + " among the masks"
          + (images.count == 1 ? " is an image itself" : " are images themselves")
          + ", such as '\(first)'")
    }
    if let first = pages.first {
      notes.append(pages.count == 1 ? first : "\(first); so with \(pages.count - 1) more")
    }
    return notes + unusable
  }

  private static func count(_ count: Int, _ one: String, _ many: String) -> String {
    "\(count) \(count == 1 ? one : many)"
  }
}
