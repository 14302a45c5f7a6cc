/// Finds the connected pixels that hold to a condition, a run of a row at a time (Smith 1979).
enum FloodFill {
  /// Runs of the region around `seed`, which itself must hold; pixels that share an edge connect.
  static func runs(
    from seed: PixelPoint, width: Int, height: Int, where holds: (Int) -> Bool
  ) -> [Range<Int>] {
    var isDone = [Bool](repeating: false, count: width * height)
    var waiting = [seed.y * width + seed.x]
    var runs: [Range<Int>] = []
    while let index = waiting.popLast() {
      guard !isDone[index] else { continue }
      let row = index - index % width
      var first = index
      while first > row && holds(first - 1) { first -= 1 }
      var end = index + 1
      while end < row + width && holds(end) { end += 1 }
      for pixel in first..<end { isDone[pixel] = true }
      runs.append(first..<end)
      for neighbour in [row - width, row + width] where neighbour >= 0 && neighbour < isDone.count {
        let shift = neighbour - row
        var isInRun = false
        for pixel in first + shift..<end + shift {
          let isOpen = !isDone[pixel] && holds(pixel)
          if isOpen && !isInRun { waiting.append(pixel) }
          isInRun = isOpen
        }
      }
    }
    return runs.sorted { $0.lowerBound < $1.lowerBound }
  }
}
