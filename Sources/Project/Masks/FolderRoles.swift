/// What the folders of a tree hold, as their names say it: images, or masks of those in another folder.
struct FolderRoles {
  /// What a folder's name says.
  private struct Role {
    let isMasks: Bool
    /// How telling the name is, of masks: 0 most.
    var rank = 0
    /// What stands beside the word for images or masks, such as `training`; empty where nothing does.
    let part: String
  }

  /// What is known of a folder.
  struct Place {
    /// Whether masks lie in it.
    var isMasks = false
    /// How telling its name is: 0 most.
    var rank = MaskWords.masks.count
    /// The path of the folder that is called like one of masks; empty where none is.
    var root = ""
    /// The folders that lead to it without the words for images and masks, in small letters: the same for
    /// the folders of an image and of its mask.
    var trail: [String] = []
  }

  private var places: [Substring: Place] = [:]
  /// All folders, in small letters.
  private let folders: Set<String>
  /// Folders that hold masks though their names do not say so.
  private let found: Set<String>

  /// Takes the folders of some paths; those in `found` are known to hold masks by what lies in them.
  init(_ folders: Set<Substring>, found: Set<String> = []) {
    self.folders = Set(folders.map { $0.lowercased() })
    self.found = found
    for folder in folders { places[folder] = place(of: folder) }
  }

  /// What is known of the folder of a path.
  func place(of path: RelativePath) -> Place { places[path.folder] ?? place(of: path.folder) }

  private func place(of folder: Substring) -> Place {
    var place = Place()
    var path = ""
    for name in folder.split(separator: "/") {
      let parent = path
      path += (path.isEmpty ? "" : "/") + name
      guard
        let role = found.contains(path) ? Role(isMasks: true, part: "") : role(of: name, in: parent)
      else {
        place.trail.append(name.lowercased())
        continue
      }
      if !role.part.isEmpty { place.trail.append(role.part) }
      // The innermost counts: `segmentation/images` holds images.
      place.isMasks = role.isMasks
      place.rank = role.isMasks ? role.rank : MaskWords.masks.count
      place.root = role.isMasks ? path : ""
    }
    return place
  }

  private func role(of name: Substring, in parent: String) -> Role? {
    let plain = MaskWords.plain(name)
    if let role = Self.roles[plain] { return role }
    // `01_GT` and `01_ST` of the Cell Tracking Challenge, beside `01`.
    if plain.wholeMatch(of: /\d\d_(gt|st|res|err_seg)/) != nil {
      return Role(isMasks: true, rank: MaskWords.masks.count - 1, part: String(plain.prefix(2)))
    }
    guard let cut = plain.lastIndex(of: "_"),
      let rank = MaskWords.masks.firstIndex(of: String(plain[plain.index(after: cut)...]))
    else { return nil }
    // `plate1_masks` beside `plate1`.
    let own = name.lowercased().dropLast(MaskWords.masks[rank].count + 1)
    guard !own.isEmpty, folders.contains((parent.isEmpty ? "" : parent.lowercased() + "/") + own)
    else { return nil }
    return Role(isMasks: true, rank: rank, part: String(own))
  }

  /// The roles of all names that are made of these words, as ``MaskWords/plain(_:)`` has them.
  private static let roles: [String: Role] = {
    var roles: [String: Role] = [:]
    for (words, isMasks) in [(MaskWords.images, false), (MaskWords.masks, true)] {
      for (rank, word) in words.enumerated() {
        for part in MaskWords.parts {
          for name in MaskWords.joined(word, part) {
            roles[name] = Role(isMasks: isMasks, rank: rank, part: part)
          }
        }
        roles[word] = Role(isMasks: isMasks, rank: rank, part: "")
      }
    }
    return roles
  }()
}

/// The words that folders of images and masks are called by, in small letters with `_` between words.
enum MaskWords {
  /// Of masks; the first found wins where an image has several.
  static let masks = [
    "masks", "mask", "goldstandard", "gold_standard", "groundtruth", "ground_truth", "gt",
    "annotations", "annotation", "annotated", "segmentations", "segmentation", "labels", "label",
    "truth", "target", "targets", "rois",
  ]
  /// Of images.
  static let images = [
    "images", "image", "imgs", "img", "raw", "rawimages", "raw_images", "source", "sources",
    "input",
    "inputs", "originals",
  ]
  /// What a data set is divided into.
  static let parts = [
    "train", "training", "tr", "val", "valid", "validation", "test", "testing", "ts", "dev",
    "quality_control",
  ]

  /// `Training - Masks` is `training_masks`.
  static func plain(_ name: Substring) -> String {
    name.lowercased().split { " _-.".contains($0) }.joined(separator: "_")
  }

  /// `training_masks`, `masks_training`, and `labelstr` as nnU-Net has it.
  static func joined(_ word: String, _ part: String) -> [String] {
    ["\(part)_\(word)", "\(word)_\(part)"] + (part.count == 2 ? [word + part] : [])
  }
}
