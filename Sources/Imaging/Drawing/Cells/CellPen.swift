/// A stroke of a pen in hand, and what it has done to the cells so far.
///
/// A cell that the stroke finds where it begins, or begins itself, gets one piece: what it draws on the far side of a
/// neighbour is left out until the pen joins it to the cell.
public struct CellPen: Equatable, Sendable {
  /// Where it came to, and with which brush.
  struct Step: Equatable, Sendable {
    let point: PixelPoint
    let brush: Brush
  }

  /// The cells before it.
  public let before: TiledLabels
  /// The cells with it.
  public private(set) var labels: TiledLabels
  /// What it draws with; may change on the way.
  public var brush: Brush

  private let target: PenTarget
  private let overwrites: Bool
  private var rule: PenRule?
  /// Where the pen itself finds out what it draws: that stays in one piece.
  private var whole: OnePiece?
  private var steps: [Step] = []

  /// Takes a pen that touches nothing yet; others keep their pixels unless it `overwrites`.
  public init(
    on labels: TiledLabels, brush: Brush, target: PenTarget = .underPen, overwrites: Bool = false
  ) {
    (before, self.labels) = (labels, labels)
    (self.brush, self.target, self.overwrites) = (brush, target, overwrites)
    if target != .underPen {
      rule = PenRule(target, from: nil, on: labels, overwrites: overwrites)
    }
  }

  /// The cell that is drawn, 0 for ground; nil as long as the pen has not been in the picture, or where all
  /// numbers are taken.
  public var label: LabelImage.Label? { rule?.label }

  /// What it changes so far.
  public var edit: LabelEdit { before.edit(to: labels) }

  /// Sets the pen down, or draws on in a straight line to a point, which may lie outside.
  ///
  /// - Returns: what that changes.
  @discardableResult
  public mutating func draw(to point: PixelPoint) -> LabelEdit {
    let start = steps.last?.point ?? point
    steps.append(Step(point: point, brush: brush))
    if rule == nil, let first = labels.firstPixel(from: start, to: point) {
      rule = PenRule(target, from: first, on: before, overwrites: overwrites)
      whole = OnePiece(from: first)
    }
    guard let rule else { return LabelEdit() }
    let runs = brush.runs(from: start, to: point, width: labels.width, height: labels.height)
    let edit = whole?.edit(of: runs, by: rule, on: labels) ?? rule.edit(of: runs, on: labels)
    labels.apply(edit)
    return edit
  }

  /// Where the outline of a new cell ends near its beginning, joins the two and fills the ground inside.
  ///
  /// Inside is what the pen's way encloses, be it that neighbours stand where it would have drawn.
  ///
  /// - Parameter distance: how far, in pixels, the end may lie from the beginning.
  /// - Returns: what that changes.
  @discardableResult
  public mutating func close(within distance: Int) -> LabelEdit {
    guard let rule, rule.isNew, let (first, last) = ends else { return LabelEdit() }
    let (dx, dy) = (Double(last.x - first.x), Double(last.y - first.y))
    guard (dx * dx + dy * dy).squareRoot() <= Double(distance) else { return LabelEdit() }
    let area = ClosedWay(steps).area(width: labels.width, height: labels.height)
    let filling = PenRule(.cell(rule.label), from: nil, on: before, overwrites: false)
    guard let filling else { return LabelEdit() }
    let edit =
      whole?.edit(of: area.runs, by: filling, on: labels) ?? filling.edit(of: area.runs, on: labels)
    labels.apply(edit)
    return edit
  }

  private var ends: (PixelPoint, PixelPoint)? {
    guard let first = steps.first, let last = steps.last else { return nil }
    return (first.point, last.point)
  }
}

extension TiledLabels {
  /// The first pixel of the picture on a straight line.
  fileprivate func firstPixel(from start: PixelPoint, to end: PixelPoint) -> PixelPoint? {
    let (dx, dy) = (end.x - start.x, end.y - start.y)
    let steps = max(abs(dx), abs(dy))
    return (0...steps).lazy.map { step in
      let along = steps == 0 ? 0 : Double(step) / Double(steps)
      return PixelPoint(
        x: start.x + Int((Double(dx) * along).rounded()),
        y: start.y + Int((Double(dy) * along).rounded()))
    }.first { (0..<width).contains($0.x) && (0..<height).contains($0.y) }
  }
}
