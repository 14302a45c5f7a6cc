extension TiledLabels {
  /// What an outline draws that closes and fills itself, neighbours left as they are.
  ///
  /// The last point is joined to the first by a straight line; the outline's own pixels, one wide, belong to it.
  ///
  /// - Parameters:
  ///   - points: the outline, which may lie outside and cross itself.
  ///   - target: what is drawn; its first pixel is the first point in the picture.
  ///   - overwrites: whether a cell is drawn over others.
  /// - Returns: nil where nothing changes.
  public func lasso(
    around points: [PixelPoint], target: PenTarget = .underPen, overwrites: Bool = false
  ) -> LabelStroke? {
    let first = points.first { (0..<width).contains($0.x) && (0..<height).contains($0.y) }
    guard let rule = PenRule(target, from: first, on: self, overwrites: overwrites) else {
      return nil
    }
    let brush = Brush(diameter: 1)
    let way = ClosedWay(points.map { CellPen.Step(point: $0, brush: brush) })
    let area = way.area(width: width, height: height).runs
    var whole = OnePiece(from: first)
    let edit =
      target == .underPen
      ? whole.edit(of: area, by: rule, on: self) : rule.edit(of: area, on: self)
    return edit.isEmpty ? nil : LabelStroke(edit)
  }
}
