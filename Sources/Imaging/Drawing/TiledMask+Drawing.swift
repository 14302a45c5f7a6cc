extension TiledMask {
  /// The runs that a round brush covers on its way between two pixels.
  ///
  /// - Parameters:
  ///   - start: where the stroke begins; may lie outside.
  ///   - end: where it ends; the same pixel draws a disc.
  ///   - diameter: of the brush in pixels; 1 draws single pixels.
  /// - Returns: at most one run a row.
  public func stroked(
    from start: PixelPoint, to end: PixelPoint, diameter: Int
  ) -> [Range<Int>] {
    Brush(diameter: diameter).runs(from: start, to: end, width: width, height: height)
  }

  /// The edit that makes runs cell or background: just the pixels in them that change.
  ///
  /// - Precondition: the runs lie inside the mask and do not overlap.
  public func edit(setting runs: [Range<Int>], to cell: Bool) -> MaskEdit {
    let changed = runs.flatMap { self.runs(of: !cell, in: $0) }
    return cell ? MaskEdit(added: changed) : MaskEdit(removed: changed)
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
    let first = run(of: like, around: seed.x, row: seed.y)
    var found: Set<Range<Int>> = [first]
    var waiting = [first]
    while let run = waiting.popLast() {
      let row = run.lowerBound / width
      for neighbour in [row - 1, row + 1] where (0..<height).contains(neighbour) {
        var x = run.lowerBound - row * width
        let end = x + run.count
        while x < end {
          if self[x, neighbour] == like {
            let next = self.run(of: like, around: x, row: neighbour)
            if found.insert(next).inserted { waiting.append(next) }
            x = next.upperBound - neighbour * width
          } else {
            x = self.end(of: !like, from: x, row: neighbour)
          }
        }
      }
    }
    return found.sorted { $0.lowerBound < $1.lowerBound }
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
