import Basics
internal import Imaging
public import Recipes

extension Split {
  /// Draws images to test on, and if asked to validate on, by a seed; groups stay together.
  ///
  /// Groups are drawn until the number of images comes closest to the share: at least one group is drawn
  /// and one is left. The draw depends on the seed, the names and the groups, not on the order of the
  /// list; without groups the test images are those of ``init(drawing:share:of:seed:)``.
  ///
  /// - Parameters:
  ///   - testing: share of all images to test on, 0 to below 1.
  ///   - validating: share of the rest to validate on; the others are trained on.
  ///   - keys: the images.
  ///   - groups: which of them belong together.
  ///   - seed: starts the draw.
  /// - Throws: `ProjectError.split` where there are too few groups.
  public init(
    testing: Double, validating: Double = 0, of keys: [ImageKey], groups: ImageGroups = .none,
    seed: UInt64
  ) throws(ProjectError) {
    self.init()
    var members = groups.members(of: keys)
    try draw(.test, share: testing, of: &members, seed: seed, stream: 0x5711)
    try draw(.validation, share: validating, of: &members, seed: seed, stream: 0x5712)
    for key in members.joined() { parts[key] = .train }
  }

  /// Deals images into folds by a seed; each split tests on another fold, groups stay together.
  ///
  /// The largest groups are dealt first, each to the fold with the fewest images, so that the folds are as
  /// even as the groups allow.
  ///
  /// - Parameters:
  ///   - count: how many folds, at least 2.
  ///   - validating: share of the other folds' images to validate on.
  ///   - keys: the images.
  ///   - groups: which of them belong together.
  ///   - seed: starts the deal.
  /// - Returns: A split a fold.
  /// - Throws: `ProjectError.split` where there are fewer groups than folds.
  public static func folds(
    _ count: Int, validating: Double = 0, of keys: [ImageKey], groups: ImageGroups = .none,
    seed: UInt64
  ) throws(ProjectError) -> [Split] {
    let members = groups.members(of: keys)
    guard count >= 2, members.count >= count else {
      throw .split(
        "\(count) folds of \(keys.count) images in \(members.count) groups cannot be made;"
          + " there must be 2 folds at least and a group for each")
    }
    var generator = SeededGenerator(seed: seed, stream: 0x5711)
    let shuffled = generator.shuffled(members)
    let order = shuffled.indices.sorted {
      (-shuffled[$0].count, $0) < (-shuffled[$1].count, $1)
    }
    var folds = [[[ImageKey]]](repeating: [], count: count)
    var sizes = [Int](repeating: 0, count: count)
    for place in order {
      let fold = sizes.indices.min { (sizes[$0], $0) < (sizes[$1], $1) } ?? 0
      folds[fold].append(shuffled[place])
      sizes[fold] += shuffled[place].count
    }
    var splits: [Split] = []
    for fold in folds.indices {
      var split = Split()
      for key in folds[fold].joined() { split.parts[key] = .test }
      let others = Set(folds.indices.filter { $0 != fold }.flatMap { folds[$0].joined() })
      var rest = members.filter { others.contains($0[0]) }
      try split.draw(.validation, share: validating, of: &rest, seed: seed, stream: 0x5712)
      for key in rest.joined() { split.parts[key] = .train }
      splits.append(split)
    }
    return splits
  }

  /// Draws a share of the images of groups, which are taken from them.
  private mutating func draw(
    _ part: Part, share: Double, of groups: inout [[ImageKey]], seed: UInt64, stream: UInt64
  ) throws(ProjectError) {
    guard share > 0, !groups.isEmpty else { return }
    guard share < 1, groups.count > 1 else {
      throw .split(
        "a share of \(share) of \(groups.joined().count) images in \(groups.count) groups cannot be"
          + " put aside for \(part.rawValue); there must be a group to draw and one to leave")
    }
    let wanted = Int((share * Double(groups.joined().count)).rounded())
    var generator = SeededGenerator(seed: seed, stream: stream)
    let shuffled = generator.shuffled(groups)
    var taken: Set<Int> = []
    var missing = max(wanted, 1)
    for (place, group) in shuffled.enumerated() where taken.count < groups.count - 1 {
      guard group.count < 2 * missing else { continue }
      taken.insert(place)
      missing -= group.count
    }
    if taken.isEmpty {
      let bySize = shuffled.indices.sorted { (shuffled[$0].count, $0) < (shuffled[$1].count, $1) }
      taken.formUnion(bySize.prefix(1))
    }
    for place in taken {
      for key in shuffled[place] { parts[key] = part }
    }
    groups = groups.filter { parts[$0[0]] == nil }
  }
}
