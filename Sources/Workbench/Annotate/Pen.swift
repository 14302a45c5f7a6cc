import Imaging
import Project
import Recipes

/// What the pen does, by what the panel calls it.
enum Tool: String, Sendable {
  /// Draws cell.
  case brush
  /// Draws background.
  case eraser
  /// Turns a connected region.
  case fill
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
  /// Where it stands; nil until the image is there.
  var place: PixelPoint?

  /// Diameter of what it draws.
  var size: Int {
    switch tool {
    case .brush: brushSize
    case .eraser: eraserSize
    case .fill: 1
    }
  }

  /// Chooses a tool.
  mutating func take(_ tool: Tool) {
    self.tool = tool
    if tool != .fill { draws = tool == .brush }
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
    case .fill: break
    }
  }
}

/// A stroke from its first pixel to its end.
struct StrokeInHand: Equatable, Sendable {
  /// The image that it is drawn on.
  let key: ImageKey
  /// What has to be recorded before it, see `OpenImage.adoption`.
  let adoption: MaskEdit?
  /// The mask before it.
  let before: TiledMask
  /// The mask with it.
  private(set) var mask: TiledMask
  /// Whether it draws cell or background.
  let adds: Bool
  /// Diameter of the pen.
  var size: Int
  /// Whether the mouse draws it, not the keyboard.
  let byMouse: Bool
  /// Where it is.
  private(set) var last: PixelPoint

  /// What it changes so far.
  var edit: MaskEdit { MaskEdit(from: before, to: mask) }

  /// Draws on to a point, which may lie outside.
  mutating func draw(to point: PixelPoint) {
    let runs = mask.stroked(from: last, to: point, diameter: size)
    for run in runs { mask.fill(run, with: adds) }
    last = point
  }
}
