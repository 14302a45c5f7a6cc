import Imaging
import Project
import Recipes

/// What the pen does, by what the panel calls it.
enum Tool: String, CaseIterable, Sendable {
  /// Draws a cell: a new one where it begins on ground, else on the one that is there.
  case brush
  /// Draws ground.
  case eraser
  /// Fills or clears a connected region.
  case fill
  /// Draws an outline that closes and fills itself.
  case lasso
  /// Draws a line that splits the cells that it crosses.
  case cut
  /// Draws a line that makes one cell of those that it passes.
  case merge

  /// Whether it draws a line that does something at its end.
  var drawsLine: Bool { self == .lasso || self == .cut || self == .merge }
}

/// The pen: its tool, its sizes, and where it stands.
struct Pen: Equatable, Sendable {
  /// What it does.
  private(set) var tool = Tool.brush
  /// Whether `fill` and the pen last drew cell (brush) or background (eraser).
  private(set) var draws = true
  /// Diameter of the brush in pixels, 1...64.
  private(set) var brushSize = 6
  /// Diameter of the eraser in pixels, 1...64.
  private(set) var eraserSize = 10
  /// Whether brush and lasso take pixels from other cells.
  var overwrites = false
  /// Where it stands; nil until the image is there.
  var place: PixelPoint?

  /// Diameter of what it draws.
  var size: Int {
    switch tool {
    case .brush: brushSize
    case .eraser: eraserSize
    case .fill, .lasso, .cut, .merge: 1
    }
  }

  /// Chooses a tool.
  mutating func take(_ tool: Tool) {
    self.tool = tool
    if tool == .brush || tool == .eraser { draws = tool == .brush }
  }

  /// Makes the tool in hand larger or smaller by steps that grow with it.
  mutating func resize(by steps: Int) {
    func resized(_ size: Int) -> Int {
      let from = size + min(0, steps)
      let step = from >= 32 ? 8 : from >= 16 ? 4 : from >= 8 ? 2 : 1
      return min(max(1, size + steps * step), 64)
    }
    switch tool {
    case .brush: brushSize = resized(brushSize)
    case .eraser: eraserSize = resized(eraserSize)
    case .fill, .lasso, .cut, .merge: break
    }
  }
}

/// A stroke from its first pixel to its end.
struct StrokeInHand: Equatable, Sendable {
  /// The image that it is drawn on.
  let key: ImageKey
  /// What has to be recorded before it, see `OpenImage.adoption`.
  let adoption: ColouredCells?
  /// What it is drawn with.
  let tool: Tool
  /// Whether the mouse draws it, not the keyboard.
  let byMouse: Bool
  /// Whether it takes pixels from other cells, where it draws one.
  private let overwrites: Bool
  /// The cells so far, where it draws on them as it goes.
  private var pen: CellPen
  /// Where it came by.
  private(set) var way: [PixelPoint] = []

  /// Begins a stroke of a tool at a place.
  init(
    on key: ImageKey, _ image: OpenImage, _ tool: Tool, size: Int, byMouse: Bool,
    overwrites: Bool, at place: PixelPoint
  ) {
    (self.key, adoption, self.tool, self.byMouse) = (key, image.adoption, tool, byMouse)
    self.overwrites = overwrites
    pen = CellPen(
      on: image.working, brush: Brush(diameter: size),
      target: tool == .eraser ? .ground(of: nil) : .underPen,
      overwrites: overwrites)
    draw(to: place)
  }

  /// The cells with it.
  var labels: TiledLabels { pen.labels }

  /// The line that it draws, where it does nothing to cells before its end.
  var line: [PixelPoint] { tool.drawsLine ? way : [] }

  /// Another diameter of the pen.
  mutating func resize(to size: Int) { pen.brush = Brush(diameter: size) }

  /// Draws on to a point, which may lie outside.
  mutating func draw(to point: PixelPoint) {
    way.append(point)
    if !tool.drawsLine { pen.draw(to: point) }
  }

  /// What it does to cells at its end; nil where that is nothing.
  var result: LabelStroke? {
    switch tool {
    case .brush: parting(pen.edit)
    case .eraser, .fill: pen.edit.isEmpty ? nil : LabelStroke(pen.edit)
    case .lasso:
      labels.lasso(around: way, overwrites: overwrites).flatMap { labels.effect(of: $0) }
        .flatMap { parting($0) }
    case .cut: labels.cut(along: way)
    case .merge: labels.merger(of: labels.cells(along: way), closesGaps: true)
    }
  }

  /// What an edit draws, with the pieces into which it cuts other cells as cells of their own; nil where it changes
  /// nothing.
  private func parting(_ edit: LabelEdit) -> LabelStroke? {
    guard overwrites, !edit.isEmpty else { return edit.isEmpty ? nil : LabelStroke(edit) }
    var after = pen.before
    after.apply(edit)
    return LabelStroke(pen.before.edit(to: after.parted(since: pen.before)))
  }
}

extension TiledLabels {
  /// The cells that a line passes, in its order.
  fileprivate func cells(along way: [PixelPoint]) -> [LabelImage.Label] {
    let brush = Brush(diameter: 1)
    var found: [LabelImage.Label] = []
    for (from, to) in zip(way.prefix(1) + way, way) {
      for run in brush.runs(from: from, to: to, width: width, height: height) {
        for piece in pieces(of: run) where piece.label != 0 && !found.contains(piece.label) {
          found.append(piece.label)
        }
      }
    }
    return found
  }
}
