public import Imaging
public import Recipes

/// Images without labels that a run may look at, read one by one when they are asked for.
public struct UnlabelledImages: Sendable {
  /// Their names.
  public let keys: [ImageKey]
  private let size: @Sendable (ImageKey) -> (width: Int, height: Int)?
  let read: @Sendable (ImageKey) throws -> Image?

  /// Names images; `read` is asked for one that is looked at, and may have none any more, `size` for its size before
  /// that, if it is known.
  public init(
    _ keys: [ImageKey] = [],
    size: @escaping @Sendable (ImageKey) -> (width: Int, height: Int)? = { _ in nil },
    read: @escaping @Sendable (ImageKey) throws -> Image? = { _ in nil }
  ) {
    self.keys = keys
    self.size = size
    self.read = read
  }

  /// The same, without those that there is not the memory to read beside so many bytes.
  func fitting(beside bytes: Double) -> UnlabelledImages {
    UnlabelledImages(keys, size: size) { [size, read] key in
      if let size = size(key) {
        let image = MemoryNeed.imageBytes(width: size.width, height: size.height)
        guard MemoryLimit.now().holds(.init(total: bytes + image, fresh: image)) else { return nil }
      }
      return try read(key)
    }
  }

  /// Some of them, at most so many, spread evenly over all and always the same.
  func sample(_ most: Int) -> [ImageKey] {
    let count = min(most, keys.count)
    return (0..<count).map { keys[$0 * keys.count / count] }
  }
}
