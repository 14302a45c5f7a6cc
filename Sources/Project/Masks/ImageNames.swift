/// Finds images by the part of their names that a mask's name has too.
struct ImageNames {
  /// Places of images by the pattern of their name and the part that it leaves.
  private var places: [NamePattern: [Substring: [Int]]] = [:]

  /// The patterns of all conventions, that of the whole name first.
  private static let patterns: [NamePattern] = {
    var patterns: [NamePattern] = ["*"]
    for pattern in MaskConvention.all.flatMap(\.images) where !patterns.contains(pattern) {
      patterns.append(pattern)
    }
    return patterns
  }()

  /// Adds an image under names that it may be called by; the first is what it is called without an extension,
  /// the others count as they are.
  mutating func add(_ place: Int, names: [Substring]) {
    for (index, name) in names.enumerated() {
      for pattern in index == 0 ? Self.patterns : ["*"] {
        guard let core = pattern.core(of: name) else { continue }
        if places[pattern]?[core]?.last == place { continue }
        places[pattern, default: [:]][core, default: []].append(place)
      }
    }
  }

  /// The images of a name.
  func places(called name: Substring) -> [Int] { places["*"]?[name] ?? [] }

  /// What a mask's name may stand for.
  struct Reading {
    /// The images, in their order.
    let images: [Int]
    /// How telling the name is: 0 most.
    let rank: Int
  }

  /// The images that the name of a mask stands for, by each convention that leads to any, best first.
  ///
  /// - Parameters:
  ///   - mask: the mask's path.
  ///   - form: in which form it is kept.
  ///   - isApart: whether it lies in a folder of masks, where its name may be its image's.
  /// - Returns: the images of each convention, and how telling that is.
  func readings(of mask: RelativePath, _ form: MaskConvention.Form, isApart: Bool) -> [Reading] {
    var readings: [Reading] = []
    for (row, convention) in MaskConvention.all.enumerated()
    where convention.form == form && (isApart || convention.isBeside) {
      for (column, pattern) in convention.masks.enumerated() {
        // A file does not stand for itself.
        guard isApart || form != .picture || !pattern.isWhole,
          let core = pattern.core(of: mask.stem)
        else { continue }
        for image in convention.images {
          guard let found = places[image]?[core] else { continue }
          readings.append(Reading(images: found, rank: row * 100 + column))
        }
      }
    }
    return readings
  }
}
