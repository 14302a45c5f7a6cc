public import Project
public import Recipes

/// What is known of the labels of a run that it is measured by once more.
public struct FoldTruth: Sendable {
  /// Which of them belong together, so that none is held out whose neighbour is learnt from.
  let groups: ImageGroups
  /// Those whose masks came from a network.
  let fromNetwork: Set<ImageKey>
  let read: @Sendable (ImageKey) throws -> Sample?

  /// Names what belongs together and what came from a network; `read` gives a label at its own size.
  public init(
    groups: ImageGroups = .none, fromNetwork: Set<ImageKey> = [],
    read: @escaping @Sendable (ImageKey) throws -> Sample?
  ) {
    (self.groups, self.fromNetwork, self.read) = (groups, fromNetwork, read)
  }

  /// Labels as they belong together; where all do each stands by itself, as nothing could be held out.
  func members(of keys: [ImageKey]) -> [[ImageKey]] {
    let members = groups.members(of: keys)
    return members.count > 1 ? members : ImageGroups.none.members(of: keys)
  }
}
