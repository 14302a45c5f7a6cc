extension TiledMask {
  /// The runs, at most one a row, that a round brush covers on its way between two pixels, which may lie
  /// outside and be the same; a diameter of 1 draws single pixels.
  public func stroked(
    from start: PixelPoint, to end: PixelPoint, diameter: Int
  ) -> [Range<Int>] {
    Brush(diameter: diameter).runs(from: start, to: end, width: width, height: height)
  }

  /// The connected region of like pixels (all cell, or all background) around a pixel.
  ///
  /// Pixels that share an edge connect, so a drawn outline holds a fill in. Goes from run to run
  /// (Smith 1979), over whole words of like pixels at a time.
  ///
  /// - Returns: runs of one row each, in order; none for a pixel outside of the mask.
  public func region(around seed: PixelPoint) -> [Range<Int>] {
    guard (0..<width).contains(seed.x), (0..<height).contains(seed.y) else { return [] }
    let like = self[seed.x, seed.y]
    var waiting = [run(of: like, around: seed.x, row: seed.y)]
    var found = TiledMask(width: width, height: height)
    found.fill(waiting[0], with: true)
    var rows = seed.y...seed.y
    while let run = waiting.popLast() {
      let row = run.lowerBound / width
      rows = min(rows.lowerBound, row)...max(rows.upperBound, row)
      for neighbour in [row - 1, row + 1] where (0..<height).contains(neighbour) {
        var x = run.lowerBound - row * width
        let end = x + run.count
        while x < end {
          if self[x, neighbour] != like || found[x, neighbour] {
            x = self.end(of: self[x, neighbour], from: x, row: neighbour)
          } else {
            let next = self.run(of: like, around: x, row: neighbour)
            found.fill(next, with: true)
            waiting.append(next)
            x = next.upperBound - neighbour * width
          }
        }
      }
    }
    return rows.flatMap { found.runs(of: true, in: [$0 * width..<($0 + 1) * width]) }
  }

  /// The longest run of a row that holds a pixel and only pixels like it.
  private func run(of cell: Bool, around x: Int, row y: Int) -> Range<Int> {
    y * width + start(of: cell, to: x, row: y)..<y * width + end(of: cell, from: x, row: y)
  }

  /// One behind the last of like pixels from one on.
  private func end(of cell: Bool, from x: Int, row y: Int) -> Int {
    var x = x
    while x < width {
      let word = word(ofPixel: x, row: y)
      let others = (cell ? ~word : word) >> UInt64(x % Tile.side)
      if others != 0 { return min(width, x + others.trailingZeroBitCount) }
      x = (x | (Tile.side - 1)) + 1
    }
    return width
  }

  /// The first of like pixels up to one.
  private func start(of cell: Bool, to x: Int, row y: Int) -> Int {
    var x = x
    while x >= 0 {
      let word = word(ofPixel: x, row: y)
      let others = (cell ? ~word : word) << UInt64(Tile.side - 1 - x % Tile.side)
      if others != 0 { return x - others.leadingZeroBitCount + 1 }
      x = x / Tile.side * Tile.side - 1
    }
    return 0
  }
}
