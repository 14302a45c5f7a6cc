public import Project

/// What is odd about an opened project's images, found out beside other work.
public enum OpeningCheck {
  /// Of larger images only headers are looked at: the memory is the user's.
  private static let mostPixels = 1 << 26
  /// So many findings about pixels are told at once.
  private static let batch = 20

  /// Tells first what files' names and headers say, then, as it comes, what pixels say; ends between two images
  /// where `stop` asks.
  public static func run(
    _ store: ProjectStore, stop: StopRequest, tell: ([FolderFinding]) -> Void
  ) {
    var check = ImageCheck(mostPixels: mostPixels, tellsHeaders: false, store: store)
    var found = store.findings + check.survey(store.sources) { stop.isAsked }
    if !found.isEmpty { tell(found) }
    found = []
    for image in store.sources {
      if stop.isAsked { return }
      let record = check.record(of: image)
      found += record.remarks.map { FolderFinding(.image, record.image, $0) }
      if found.count >= batch {
        tell(found)
        found = []
      }
    }
    if !found.isEmpty { tell(found) }
  }
}
