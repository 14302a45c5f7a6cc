public import Imaging
public import Recipes

/// Images without labels that a run may look at, read one by one when they are asked for.
public struct UnlabelledImages: Sendable {
  /// Their names.
  public let keys: [ImageKey]
  let read: @Sendable (ImageKey) throws -> Image?

  /// Names images; `read` is asked for one that is looked at, and may have none any more.
  public init(
    _ keys: [ImageKey] = [],
    read: @escaping @Sendable (ImageKey) throws -> Image? = { _ in nil }
  ) {
    self.keys = keys
    self.read = read
  }

  /// Some of them, at most so many, spread evenly over all and always the same.
  func sample(_ most: Int) -> [ImageKey] {
    let count = min(most, keys.count)
    return (0..<count).map { keys[$0 * keys.count / count] }
  }
}
