import Imaging
import Project
import Recipes

/// The project's images in memory, and the proposals that came for images on their way.
struct ImageCache: Equatable, Sendable {
  private var shelf = ImageShelf<OpenImage>(mostImages: 8, mostPixels: 48_000_000)
  /// Proposals that came while their image was on its way.
  private var arrived: [ImageKey: TiledMask] = [:]

  /// An image in memory.
  subscript(key: ImageKey) -> OpenImage? { shelf[key] }

  /// Why images cannot be shown.
  var failures: [ImageKey: String] { shelf.failures }

  /// Changes an image in memory, where it is.
  mutating func modify(_ key: ImageKey, _ change: (inout OpenImage) -> Void) {
    shelf.modify(key, change)
  }

  /// Which of some images to ask for now, the most wanted first.
  mutating func request(_ wanted: [ImageKey]) -> [ImageKey] { shelf.request(wanted) }

  /// What has to be stretched so that an image is shown at a contrast.
  mutating func stretch(_ key: ImageKey?, to contrast: Contrast) -> [Effect] {
    shelf.stretch(key, to: contrast)
  }

  /// Takes in an image that was stretched anew.
  mutating func take(_ shown: ShownImage, for key: ImageKey) { shelf.take(shown, for: key) }

  /// Takes in an image; those unused for longest leave, `held` never.
  mutating func insert(_ image: OpenImage, for key: ImageKey, holding held: Set<ImageKey>) {
    shelf.insert(image, for: key, holding: held)
    if let mask = arrived.removeValue(forKey: key) { propose(mask, for: key) }
  }

  /// Notes that an image cannot be shown.
  mutating func fail(_ key: ImageKey, _ text: String) {
    arrived[key] = nil
    shelf.fail(key, text)
  }

  /// Forgets failures, so that images are asked for again.
  mutating func retry() { shelf.retry() }

  /// Takes in a proposal.
  mutating func propose(_ mask: TiledMask, for key: ImageKey) {
    shelf.modify(key) { $0.propose(mask) }
    if shelf.loading.contains(key) { arrived[key] = mask }
  }
}
