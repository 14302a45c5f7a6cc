/// Grows numbered markers over a landscape until they meet, lowest ground first.
///
/// Meyer's flooding as scikit-image's `watershed` does it with connectivity 1: a pixel gets its number when the first
/// of its four neighbours is taken off the queue, which gives the lowest pixel first and of equals the one that
/// came first. Heights are whole numbers of 0...255, so that the queue is one line a height and all of it
/// takes time in proportion to the pixels.
enum Watershed {
  /// The number of every pixel that a marker reaches inside the mask; 0 elsewhere.
  ///
  /// All have `height * width` values: the landscape heights, `markers` numbers of which 0 is none, `inside` 0 outside
  /// of the mask, where markers are passed over.
  static func labels(
    of landscape: [UInt8], markers: [Int32], inside: [UInt8], width: Int, height: Int
  ) -> [Int32] {
    var labels = [Int32](repeating: 0, count: markers.count)
    var queue = HeightQueue()
    for index in markers.indices where markers[index] != 0 && inside[index] != 0 {
      labels[index] = markers[index]
      queue.add(Int32(index), at: landscape[index])
    }
    while let place = queue.next() {
      let index = Int(place)
      let x = index % width
      func visit(_ neighbour: Int) {
        guard labels[neighbour] == 0, inside[neighbour] != 0 else { return }
        labels[neighbour] = labels[index]
        queue.add(Int32(neighbour), at: landscape[neighbour])
      }
      if index >= width { visit(index - width) }
      if x > 0 { visit(index - 1) }
      if x + 1 < width { visit(index + 1) }
      if index + width < labels.count { visit(index + width) }
    }
    return labels
  }
}

/// Pixels that wait, the lowest first, and of one height in the order in which they came.
private struct HeightQueue {
  private var lines = [[Int32]](repeating: [], count: 256)
  private var heads = [Int](repeating: 0, count: 256)
  private var lowest = 256

  mutating func add(_ pixel: Int32, at height: UInt8) {
    lines[Int(height)].append(pixel)
    lowest = min(lowest, Int(height))
  }

  mutating func next() -> Int32? {
    while lowest < 256 {
      if heads[lowest] < lines[lowest].count {
        defer { heads[lowest] += 1 }
        return lines[lowest][heads[lowest]]
      }
      // What was given out need not be kept.
      lines[lowest].removeAll(keepingCapacity: true)
      heads[lowest] = 0
      lowest += 1
    }
    return nil
  }
}
