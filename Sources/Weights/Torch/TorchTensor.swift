import Archives

/// A tensor as a checkpoint describes it: a storage and how to walk through it.
struct TorchTensor: Equatable {
  /// As many extents as PyTorch allows.
  static let mostExtents = 64

  let storage: TorchStorage
  let offset: Int
  let extents: [Int]
  let strides: [Int]

  /// How many values it has, once all of them are known to lie in its storage.
  ///
  /// - Throws: `WeightsError.checkpoint`.
  func checkedCount(_ key: String) throws(WeightsError) -> Int {
    let wrong = WeightsError.checkpoint(
      "the tensor \(Shown.text(key)) reaches beyond its storage of \(storage.count) values")
    guard extents.count == strides.count, offset >= 0, offset <= storage.count,
      (extents + strides).allSatisfy({ $0 >= 0 })
    else { throw wrong }
    var (count, last) = (1, offset)
    for (extent, stride) in zip(extents, strides) where extent > 0 {
      let product = count.multipliedReportingOverflow(by: extent)
      let reach = stride.multipliedReportingOverflow(by: extent - 1)
      let sum = last.addingReportingOverflow(reach.partialValue)
      guard !product.overflow, !reach.overflow, !sum.overflow else { throw wrong }
      (count, last) = (product.partialValue, sum.partialValue)
    }
    if extents.contains(0) { return 0 }
    guard last < storage.count else { throw wrong }
    return count
  }

  /// Its values in PyTorch's order, the last extent running fastest; nil where they are not floating point.
  ///
  /// `count` is what `checkedCount` gave, `bytes` are the storage's.
  ///
  /// - Precondition: the storage has as many bytes as its elements take.
  func values(_ count: Int, of bytes: Span<UInt8>) -> [Float]? {
    precondition(bytes.count == storage.count * storage.type.size, "\(bytes.count) bytes")
    if isContiguous {
      let size = storage.type.size
      return storage.type.floats(
        bytes.extracting(size * offset..<size * (offset + count)), count: count)
    }
    // An axis of one step does not move, whatever its stride.
    let axes = extents.indices.reversed().filter { extents[$0] > 1 }
    var place = [Int](repeating: 0, count: extents.count)
    var next = offset
    return storage.type.floats(bytes, count: count) { _ in
      let found = next
      for axis in axes {
        place[axis] += 1
        next += strides[axis]
        if place[axis] < extents[axis] { break }
        next -= strides[axis] * extents[axis]
        place[axis] = 0
      }
      return found
    }
  }

  private var isContiguous: Bool {
    var expected = 1
    for (extent, stride) in zip(extents, strides).reversed() where extent != 1 {
      guard stride == expected else { return false }
      expected *= extent
    }
    return true
  }
}
