import Imaging
import Project
import Recipes
import Screen

/// The few images that a screen keeps in memory: what is asked for, what came, what could not be had.
struct PictureShelf<Content: Equatable & Sendable>: Equatable, Sendable {
  /// An image in memory.
  struct Item: Equatable, Sendable {
    /// What the host sent.
    let content: Content
    /// What the screen shows of the image.
    fileprivate(set) var picture: DisplayPicture
    fileprivate let image: Image
  }

  /// At most so many images are kept.
  let most: Int
  /// At most so many are asked for at a time.
  static var mostLoading: Int { 2 }
  private var contrast = Contrast()
  private var items: [ImageKey: Item] = [:]
  private var recency: [ImageKey] = []
  private var loading: Set<ImageKey> = []
  private var failed: Set<ImageKey> = []

  init(most: Int) { self.most = most }

  /// An image in memory.
  subscript(key: ImageKey) -> Item? { items[key] }

  /// Whether an image could not be had.
  func isFailed(_ key: ImageKey) -> Bool { failed.contains(key) }

  /// Which of some images to ask for now.
  mutating func request(_ wanted: some Sequence<ImageKey>) -> [ImageKey] {
    wanted.filter { key in
      items[key] == nil && !failed.contains(key) && loading.count < Self.mostLoading
        && loading.insert(key).inserted
    }
  }

  /// Takes in what came; the image that was taken in longest ago makes room.
  mutating func insert(_ content: Content, image: Image, for key: ImageKey) {
    loading.remove(key)
    items[key] = Item(content: content, picture: picture(of: image), image: image)
    recency.removeAll { $0 == key }
    recency.append(key)
    while recency.count > most { items[recency.removeFirst()] = nil }
  }

  /// An image cannot be had.
  mutating func fail(_ key: ImageKey) {
    loading.remove(key)
    failed.insert(key)
  }

  /// Lets an image go, to ask for it again.
  mutating func forget(_ key: ImageKey) {
    items[key] = nil
    recency.removeAll { $0 == key }
    failed.remove(key)
  }

  /// Forgets what failed, to ask for it again.
  mutating func retry() { failed = [] }

  /// Lets all images go.
  mutating func clear() {
    (items, recency, loading, failed) = ([:], [], [], [])
  }

  /// Stretches all pictures anew.
  mutating func show(with contrast: Contrast) {
    guard contrast != self.contrast else { return }
    self.contrast = contrast
    for key in recency {
      guard let image = items[key]?.image else { continue }
      let shown = picture(of: image)
      items[key]?.picture = shown
    }
  }

  private func picture(of image: Image) -> DisplayPicture {
    DisplayPicture(
      image, range: contrast.range(stretched: image.stretchedRange, full: image.fullRange))
  }
}
