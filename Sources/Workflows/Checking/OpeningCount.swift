public import Project
public import Recipes

/// How many cells images of an opened project have where its journals do not say it, found out beside other work.
public enum OpeningCount {
  /// Larger images are not read: the memory is the user's.
  private static let mostPixels = 1 << 26
  /// So many counts are told at once.
  private static let batch = 20

  /// Counts image after image, at most so many; ends between two where `stop` asks.
  ///
  /// The others are counted when they are looked at.
  public static func run(
    _ store: ProjectStore, most: Int = 2_000, stop: StopRequest, tell: ([ImageKey: Int]) -> Void
  ) {
    var found: [ImageKey: Int] = [:]
    for key in store.uncountedKeys.prefix(most) {
      if stop.isAsked { return }
      found[key] = store.countCells(of: key, mostPixels: mostPixels)
      if found.count >= batch {
        tell(found)
        found = [:]
      }
    }
    if !found.isEmpty { tell(found) }
  }
}
