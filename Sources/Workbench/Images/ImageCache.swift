import Imaging
import Project
import Recipes

/// The images in memory: a few, the longest unused leave first.
struct ImageCache: Equatable, Sendable {
  /// At most so many images are kept.
  static let mostImages = 8
  /// At most so many pixels are kept in all, but always the image in hand.
  static let mostPixels = 48_000_000
  /// At most so many images are asked for at a time.
  static let mostLoading = 2

  private var images: [ImageKey: OpenImage] = [:]
  /// From the longest unused to the newest used.
  private var recency: [ImageKey] = []
  /// Asked for and not answered.
  private(set) var loading: Set<ImageKey> = []
  /// Proposals that came while their image was on its way.
  private var arrived: [ImageKey: Mask] = [:]
  /// Why images cannot be shown.
  private(set) var failures: [ImageKey: String] = [:]

  /// An image in memory.
  subscript(key: ImageKey) -> OpenImage? { images[key] }

  /// Changes an image in memory, where it is.
  mutating func modify(_ key: ImageKey, _ change: (inout OpenImage) -> Void) {
    guard images[key] != nil else { return }
    change(&images[key, default: Self.none])
  }

  /// Which of some images to ask for now, the most wanted first.
  mutating func request(_ wanted: [ImageKey]) -> [ImageKey] {
    var asked: [ImageKey] = []
    for key in wanted {
      if images[key] != nil {
        touch(key)
      } else if !loading.contains(key), failures[key] == nil, loading.count < Self.mostLoading {
        loading.insert(key)
        asked.append(key)
      }
    }
    return asked
  }

  /// Takes in an image; those unused for longest leave, `held` never.
  mutating func insert(_ image: OpenImage, for key: ImageKey, holding held: Set<ImageKey>) {
    loading.remove(key)
    failures[key] = nil
    images[key] = image
    if let mask = arrived.removeValue(forKey: key) { images[key]?.propose(mask) }
    touch(key)
    evict(holding: held.union([key]))
  }

  /// Notes that an image cannot be shown.
  mutating func fail(_ key: ImageKey, _ text: String) {
    loading.remove(key)
    arrived[key] = nil
    failures[key] = text
  }

  /// Forgets failures, so that images are asked for again.
  mutating func retry() { failures = [:] }

  /// Takes in a proposal.
  mutating func propose(_ mask: Mask, for key: ImageKey) {
    images[key]?.propose(mask)
    if loading.contains(key) { arrived[key] = mask }
  }

  /// Stretches all pictures anew.
  mutating func show(with contrast: Contrast) {
    for key in recency { images[key]?.show(with: contrast) }
  }

  private mutating func touch(_ key: ImageKey) {
    guard recency.last != key else { return }
    recency.removeAll { $0 == key }
    recency.append(key)
  }

  private mutating func evict(holding held: Set<ImageKey>) {
    func pixels() -> Int { images.values.reduce(0) { $0 + $1.image.values.count } }
    while images.count > Self.mostImages || pixels() > Self.mostPixels,
      let oldest = recency.first(where: { !held.contains($0) })
    {
      images[oldest] = nil
      recency.removeAll { $0 == oldest }
    }
  }

  private static let none = OpenImage(
    LoadedImage(
      image: Image(width: 0, height: 0, bitDepth: 8, values: []), accepted: nil, proposal: nil,
      strokes: []),
    state: .new, contrast: Contrast())
}
