import Imaging
import Project
import Recipes
import Screen

extension Model {
  /// Puts an image on the desk.
  mutating func open(_ key: ImageKey) {
    select(key)
    guard desk.key != key else { return }
    desk.key = key
    desk.pen = nil
    desk.look = Look()
    desk.layer = .mask
    desk.panning = nil
    placePen()
  }

  /// Puts the pen in the middle of an image that just came.
  mutating func placePen() {
    guard desk.pen == nil, let key = desk.key, let image = images[key]?.image else { return }
    desk.pen = PixelPoint(x: image.width / 2, y: image.height / 2)
  }

  /// Carries out a command at the desk.
  mutating func performAtDesk(_ command: Command) -> [Effect] {
    guard let key = desk.key else { return [] }
    switch command {
    case .accept: return accept(key)
    case .reject: return reject(key)
    case .nextImage: return step(from: key, by: 1)
    case .previousImage: return step(from: key, by: -1)
    case .tool(let tool):
      desk.tool = tool
      if tool != .fill { desk.draws = tool == .brush }
    case .smaller: resizePen(by: -1)
    case .larger: resizePen(by: 1)
    case .move(let dx, let dy): return movePen(dx, dy)
    case .penDownOrUp: return desk.stroke == nil ? penDown() : endStroke()
    case .commit: return desk.stroke == nil && desk.tool == .fill ? penDown() : endStroke()
    case .cancel:
      notices.dismiss(at: now)
      desk.stroke = nil
    case .undo: return takeStep(.undo)
    case .redo: return takeStep(.redo)
    case .takeProposal: return takeProposal()
    case .nextLayer:
      guard images[key]?.proposal != nil else {
        say("There is no proposal for this image yet; g trains a network that makes one.")
        return []
      }
      let all = Desk.Layer.allCases
      desk.layer = all[((all.firstIndex(of: desk.layer) ?? 0) + 1) % all.count]
    case .zoomIn, .zoomOut: zoomDesk(inward: command == .zoomIn)
    case .zoomFit: desk.look = Look()
    case .zoomOne: desk.look = desk.pen.map { Look(zoom: 1, around: $0) } ?? desk.look
    default: break
    }
    return []
  }

  private mutating func step(from key: ImageKey, by rows: Int) -> [Effect] {
    guard let next = neighbor(of: key, by: rows) else {
      say(rows > 0 ? "This is the last image of the list." : "This is the first image of the list.")
      return []
    }
    open(next)
    return []
  }

  private mutating func resizePen(by steps: Int) {
    func resized(_ size: Int) -> Int {
      let from = size + min(0, steps)
      let step = from >= 32 ? 8 : from >= 16 ? 4 : from >= 8 ? 2 : 1
      return min(max(1, size + steps * step), 64)
    }
    switch desk.tool {
    case .brush: desk.brushSize = resized(desk.brushSize)
    case .eraser: desk.eraserSize = resized(desk.eraserSize)
    case .fill: break
    }
    let size = desk.size
    desk.stroke?.size = size
  }

  private mutating func movePen(_ dx: Int, _ dy: Int) -> [Effect] {
    guard let key = desk.key, let image = images[key]?.image, let pen = desk.pen else { return [] }
    let ended = desk.stroke?.byMouse == true ? endStroke() : []
    let moved = PixelPoint(
      x: min(max(0, pen.x + dx), max(0, image.width - 1)),
      y: min(max(0, pen.y + dy), max(0, image.height - 1)))
    desk.pen = moved
    desk.stroke?.draw(to: moved)
    followPen()
    return ended
  }

  /// Puts the pen of the chosen tool down where it stands.
  mutating func penDown(byMouse: Bool = false) -> [Effect] {
    guard let key = desk.key, let image = images[key], let pen = desk.pen else { return [] }
    guard pen.x >= 0, pen.x < image.image.width, pen.y >= 0, pen.y < image.image.height else {
      return []
    }
    desk.layer = desk.layer == .proposal ? .mask : desk.layer
    if desk.tool == .fill { return fill(key, image, at: pen) }
    desk.stroke = StrokeInHand(
      on: key, image, adds: desk.tool == .brush, size: desk.size, byMouse: byMouse, at: pen)
    return []
  }

  private mutating func fill(_ key: ImageKey, _ image: OpenImage, at pen: PixelPoint) -> [Effect] {
    let isCell = image.working[pen.x, pen.y]
    let region = isCell == desk.draws ? [] : image.working.region(around: pen)
    let edit = image.working.edit(setting: region, to: desk.draws)
    if edit.isEmpty {
      say(
        desk.draws
          ? "The pen stands on cell already; e and then f clears a region."
          : "The pen stands on background; b and then f fills a region.")
    } else if desk.draws, region.reduce(0, { $0 + $1.count }) * 10 > image.working.pixelCount * 9 {
      say("The fill reached nearly the whole image: is the outline closed? u takes it back.")
    }
    return record(edit, on: key, after: image.adoption)
  }

  /// Ends the stroke in hand: it becomes an edit that is recorded.
  mutating func endStroke() -> [Effect] {
    desk.panning = nil
    guard let stroke = desk.stroke else { return [] }
    desk.stroke = nil
    return record(stroke.edit, on: stroke.key, after: stroke.adoption)
  }

  /// Makes an edit part of an image's draft, with what it rests on.
  private mutating func record(
    _ edit: MaskEdit, on key: ImageKey, after adoption: MaskEdit?
  ) -> [Effect] {
    guard !edit.isEmpty else { return [] }
    let strokes = (adoption.map { [Stroke.adopt($0)] } ?? []) + [.edit(edit)]
    for stroke in strokes { images.modify(key) { $0.apply(stroke) } }
    return strokes.map { .record($0, key) }
  }

  private mutating func takeStep(_ stroke: Stroke) -> [Effect] {
    guard let key = desk.key, let image = images[key] else { return [] }
    guard image.can(stroke) else {
      say(stroke == .undo ? "Nothing to undo." : "Nothing to redo.")
      return []
    }
    var effects: [Effect] = []
    // The adoption of a mask and the edit that it was made for are taken back and redone together.
    repeat {
      images.modify(key) { $0.apply(stroke) }
      effects.append(.record(stroke, key))
    } while images[key].map { $0.restsOnAdoption && $0.can(stroke) } ?? false
    if stroke == .undo, let image = images[key], !image.isTouched,
      image.working != image.history.mask
    {
      say(
        image.state.hasMask
          ? "Every edit is taken back: this is the accepted mask."
          : "Every edit is taken back: this is the proposal.")
    }
    return effects
  }

  private mutating func takeProposal() -> [Effect] {
    guard let key = desk.key, let image = images[key] else { return [] }
    guard let proposal = image.proposal else {
      say("There is no proposal for this image yet; g trains a network that makes one.")
      return []
    }
    desk.layer = .mask
    let edit = MaskEdit(from: image.working, to: proposal)
    if edit.isEmpty {
      say("The draft is the proposal.")
      // It stays so when another proposal arrives, and is a step of its own.
      return record(image.adoption ?? edit, on: key, after: nil)
    }
    return record(edit, on: key, after: image.adoption)
  }
}
