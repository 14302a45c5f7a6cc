extension Mask {
  /// The runs that a round brush covers on its way between two pixels.
  ///
  /// - Parameters:
  ///   - start: where the stroke begins; may lie outside.
  ///   - end: where it ends; the same pixel draws a disc.
  ///   - diameter: of the brush in pixels; 1 draws single pixels.
  /// - Returns: at most one run a row, counted row by row over the whole mask.
  public func stroked(
    from start: PixelPoint, to end: PixelPoint, diameter: Int
  ) -> [Range<Int>] {
    Brush(diameter: diameter).runs(from: start, to: end, width: width, height: height)
  }

  /// The edit that makes runs cell or background: just the pixels in them that change.
  ///
  /// - Precondition: the runs lie inside the mask and do not overlap.
  public func edit(setting runs: [Range<Int>], to cell: Bool) -> MaskEdit {
    let wanted: UInt8 = cell ? 1 : 0
    var changed: [Range<Int>] = []
    for run in runs {
      var start: Int?
      for index in run {
        if pixels[index] != wanted {
          start = start ?? index
        } else if let first = start {
          changed.append(first..<index)
          start = nil
        }
      }
      if let start { changed.append(start..<run.upperBound) }
    }
    return cell ? MaskEdit(added: changed) : MaskEdit(removed: changed)
  }

  /// The connected region of like pixels (all cell, or all background) around a pixel.
  ///
  /// Pixels that share an edge connect, so a drawn outline holds a fill in.
  ///
  /// - Returns: runs in order, counted row by row; none for a pixel outside of the mask.
  public func region(around seed: PixelPoint) -> [Range<Int>] {
    guard (0..<width).contains(seed.x), (0..<height).contains(seed.y) else { return [] }
    let like = pixels[seed.y * width + seed.x]
    return FloodFill.runs(from: seed, width: width, height: height) { pixels[$0] == like }
  }
}
