import Imaging
import Project
import Recipes

/// The few images that a screen keeps in memory; the longest unused leave first.
///
/// Knows which are asked for, which came, and which could not be had.
struct ImageShelf<Content: ShowsImage>: Equatable, Sendable {
  /// At most so many images are kept.
  let mostImages: Int
  /// At most so many pixels are kept in all, but always an image that is held.
  let mostPixels: Int
  /// At most so many images are asked for at a time.
  static var mostLoading: Int { 2 }

  private var contents: [ImageKey: Content] = [:]
  /// From the longest unused to the newest used.
  private var recency: [ImageKey] = []
  /// Asked for and not answered.
  private(set) var loading: Set<ImageKey> = []
  /// Asked for before they changed: what comes of that is not what is there now.
  private var outdated: Set<ImageKey> = []
  /// Being stretched anew.
  private var stretching: Set<ImageKey> = []
  /// Why images cannot be shown.
  private(set) var failures: [ImageKey: String] = [:]

  init(mostImages: Int, mostPixels: Int = .max) {
    self.mostImages = mostImages
    self.mostPixels = mostPixels
  }

  /// An image in memory.
  subscript(key: ImageKey) -> Content? { contents[key] }

  /// Changes an image in memory, where it is.
  mutating func modify(_ key: ImageKey, _ change: (inout Content) -> Void) {
    guard let place = contents.index(forKey: key) else { return }
    change(&contents.values[place])
  }

  /// Which of some images to ask for now, the most wanted first.
  mutating func request(_ wanted: some Sequence<ImageKey>) -> [ImageKey] {
    var asked: [ImageKey] = []
    for key in wanted {
      if contents[key] != nil {
        touch(key)
      } else if failures[key] == nil, loading.count < Self.mostLoading,
        loading.insert(key).inserted
      {
        asked.append(key)
      }
    }
    return asked
  }

  /// What has to be stretched so that an image is shown at a contrast, if that is not under way.
  mutating func stretch(_ key: ImageKey?, to contrast: Contrast) -> [Effect] {
    guard let key, let shown = contents[key]?.shown, shown.contrast != contrast,
      stretching.insert(key).inserted
    else { return [] }
    return [.stretch(key, shown, contrast)]
  }

  /// Takes in an image that was stretched anew.
  mutating func take(_ shown: ShownImage, for key: ImageKey) {
    guard stretching.remove(key) != nil else { return }
    modify(key) { $0.shown = shown }
  }

  /// Takes in an image; those unused for longest leave, `held` never.
  ///
  /// One that was forgotten since it was asked for is asked for again.
  mutating func insert(_ content: Content, for key: ImageKey, holding held: Set<ImageKey> = []) {
    loading.remove(key)
    guard outdated.remove(key) == nil else { return }
    stretching.remove(key)
    failures[key] = nil
    contents[key] = content
    touch(key)
    evict(holding: held.union([key]))
  }

  /// Notes that an image cannot be shown.
  mutating func fail(_ key: ImageKey, _ text: String) {
    loading.remove(key)
    if outdated.remove(key) == nil { failures[key] = text }
  }

  /// Lets an image go, which cannot be shown any more.
  mutating func lose(_ key: ImageKey, _ text: String) {
    drop(key)
    failures[key] = text
  }

  /// Lets an image go, to ask for it again.
  mutating func forget(_ key: ImageKey) {
    if loading.contains(key) { outdated.insert(key) }
    drop(key)
    failures[key] = nil
  }

  /// Forgets failures, so that images are asked for again.
  mutating func retry() { failures = [:] }

  /// Lets all images go.
  mutating func clear() { self = ImageShelf(mostImages: mostImages, mostPixels: mostPixels) }

  private mutating func touch(_ key: ImageKey) {
    guard recency.last != key else { return }
    recency.removeAll { $0 == key }
    recency.append(key)
  }

  private mutating func drop(_ key: ImageKey) {
    contents[key] = nil
    stretching.remove(key)
    recency.removeAll { $0 == key }
  }

  private mutating func evict(holding held: Set<ImageKey>) {
    func pixels() -> Int { contents.values.reduce(0) { $0 + $1.shown.image.values.count } }
    while contents.count > mostImages || pixels() > mostPixels,
      let oldest = recency.first(where: { !held.contains($0) })
    {
      drop(oldest)
    }
  }
}
