/// What falls off a cell that is cut.
struct CellCut {
  /// The sides that become cells of their own, from the largest on.
  let sides: [PixelRuns]

  /// Cuts along pixels of the cell; a side of fewer than `smallest` pixels goes where the line goes.
  init(_ cell: PixelRuns, along line: PixelRuns, smallest: Int) {
    let parts = Parts(of: cell, without: line)
    let areas = parts.areas
    let groups = Dictionary(
      grouping: areas.indices.filter { areas[$0] >= smallest }, by: { parts.wholes[$0] }
    ).filter { $0.value.count > 1 }
    let isSide = Set(groups.values.joined())
    guard !isSide.isEmpty else {
      sides = []
      return
    }
    let loose =
      line.runs + zip(parts.rest.runs, parts.numbers).filter { !isSide.contains($0.1) }.map(\.0)
    let given = parts.give(loose.flatMap { Array($0) }.sorted(), to: isSide)
    var finals = Dictionary(grouping: given, by: \.value).mapValues(\.count)
    for side in isSide { finals[side, default: 0] += areas[side] }
    func isLarger(_ a: Int, _ b: Int) -> Bool {
      let (first, second) = (finals[a] ?? 0, finals[b] ?? 0)
      return (second, a) < (first, b)
    }
    let fallen = groups.values.flatMap { $0.sorted(by: isLarger).dropFirst() }.sorted(by: isLarger)
    var runs = Dictionary(uniqueKeysWithValues: fallen.map { ($0, [Range<Int>]()) })
    for (run, side) in zip(parts.rest.runs, parts.numbers) { runs[side]?.append(run) }
    for (pixel, side) in given { runs[side]?.append(pixel..<pixel + 1) }
    sides = fallen.map { PixelRuns(runs[$0] ?? [], width: cell.width) }
  }

  /// A cell less the pixels under a line.
  private struct Parts {
    /// What is left of the cell.
    let rest: PixelRuns
    /// The part that each run is of.
    let numbers: [Int]
    /// The piece of the cell, before it was cut, that each part is of.
    let wholes: [Int]
    /// The pixels of each part.
    let areas: [Int]

    init(of cell: PixelRuns, without line: PixelRuns) {
      rest = cell.subtracting(line)
      let pieces = rest.pieces(corners: false)
      numbers = pieces.ofRuns
      let before = cell.pieces(corners: false).ofRuns
      var wholes = [Int](repeating: 0, count: pieces.count)
      var areas = wholes
      var place = 0
      for (run, number) in zip(rest.runs, numbers) {
        while cell.runs[place].upperBound <= run.lowerBound { place += 1 }
        wholes[number] = before[place]
        areas[number] += run.count
      }
      (self.wholes, self.areas) = (wholes, areas)
    }

    /// Gives pixels, from those at its edge on, to the sides that they share an edge with.
    ///
    /// Those that no side reaches are of a piece that the line leaves whole.
    func give(_ pixels: [Int], to sides: Set<Int>) -> [Int: Int] {
      var given: [Int: Int] = [:]
      var waiting = pixels
      while !waiting.isEmpty {
        var found: [(pixel: Int, side: Int)] = []
        waiting.removeAll { pixel in
          let near = neighbours(of: pixel).compactMap { given[$0] ?? side($0, of: sides) }
          guard let side = near.max(by: { (areas[$0], $1) < (areas[$1], $0) }) else { return false }
          found.append((pixel, side))
          return true
        }
        guard !found.isEmpty else { break }
        for (pixel, side) in found { given[pixel] = side }
      }
      return given
    }

    private func neighbours(of pixel: Int) -> [Int] {
      let column = pixel % rest.width
      return [pixel - rest.width, pixel + rest.width]
        + (column > 0 ? [pixel - 1] : []) + (column + 1 < rest.width ? [pixel + 1] : [])
    }

    /// The side that a pixel is of.
    private func side(_ pixel: Int, of sides: Set<Int>) -> Int? {
      var (low, high) = (0, rest.runs.count)
      while low < high {
        let middle = (low + high) / 2
        if rest.runs[middle].upperBound <= pixel { low = middle + 1 } else { high = middle }
      }
      guard low < rest.runs.count, rest.runs[low].contains(pixel), sides.contains(numbers[low])
      else { return nil }
      return numbers[low]
    }
  }
}
