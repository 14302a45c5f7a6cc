import Imaging
import Project
import Recipes
import Screen

/// One image under the pen: the tools, the layers over it, and the stroke being drawn.
struct AnnotateScreen: ScreenPart {
  enum Command: Sendable {
    case tool(Tool)
    case resizePen(by: Int)
    case toggleOverwriting
    case move(dx: Int, dy: Int)
    case penDownOrUp, commit, cancel
    case step(Stroke)
    case takeProposal, takeProposedCell, accept, reject, nextLayer
    case goToCell(by: Int)
    case goToDoubtfulCell(by: Int)
    case deleteCell, keepOnlyCell, renumber
    case otherImage(by: Int)
    case view(Viewer.Command)
    case mouse
  }

  /// What lies over the image.
  enum Layer: CaseIterable, Sendable {
    /// The mask that is drawn on.
    case mask
    /// The network's proposal.
    case proposal
    /// Where the two differ.
    case difference
  }

  /// The pen and what it draws with.
  var pen = Pen()
  /// The stroke being drawn.
  var stroke: StrokeInHand?
  /// How the image is looked at.
  var viewer = Viewer()
  /// What lies over the image.
  var layer = Layer.mask
  /// The doubtful cell that was gone to last.
  var doubtful: LabelImage.Label?
  /// The image that all this is about.
  private var key: ImageKey?

  static let table = joined(
    [
      Binding<Self>("b", .tool(.brush), "brush").hint("tool", 1),
      Binding<Self>("e", .tool(.eraser), "eraser").hint("tool", 1),
      Binding<Self>("f", .tool(.fill), "fill; after e clear").hint("tool", 1),
      Binding<Self>("t", .tool(.lasso), "outline that fills itself"),
      Binding<Self>(
        [
          .init("s", .tool(.cut), "line that splits cells"),
          .init("w", .tool(.merge), "line that joins cells"),
        ], "line that splits, joins cells"
      ).hint("split, join", 63),
      Binding<Self>(
        [
          .init("Tab", [.tab], .goToCell(by: 1), "to the next cell"),
          .init("S-Tab", [.backTab], .goToCell(by: -1), "to the cell before"),
        ], "next cell, cell before"
      ).hint("cell", 64, keys: "Tab"),
      Binding<Self>(
        [
          .init("i", .goToDoubtfulCell(by: 1), "to the next cell in doubt"),
          .init("I", .goToDoubtfulCell(by: -1), "to the cell in doubt before"),
        ], "next cell in doubt, the one before"
      ).unless(noProposal),
      Binding<Self>(
        [
          .init("d", .deleteCell, "delete the cell under the pen"),
          .init("D", .keepOnlyCell, "keep only the cell under the pen"),
          .init("#", .renumber, "number the cells anew"),
        ], "delete, keep only, number cells"
      ).hint("delete", 65, keys: "d"),
      Binding<Self>(
        [
          .init("[", .resizePen(by: -1), "smaller pen"),
          .init("]", .resizePen(by: 1), "larger pen"),
        ], "size of brush or eraser"
      ).hint("size", 2).keepingStroke,
      Binding<Self>("O", .toggleOverwriting, "draw into other cells, as Ctrl-left")
        .hint("into others", 67),
      moves("hjkl", by: 1, isShift: false, "pen, as the arrows"),
      moves("HJKL", by: 8, isShift: true, "by 8, as Shift-arrows"),
      Binding<Self>("Space", [.character(" ")], .penDownOrUp, "pen on the image or off")
        .hint("pen", 3).keepingStroke,
      Binding<Self>("Enter", [.enter], .commit, "end the stroke").keepingStroke,
      Binding<Self>("Esc", [.escape], .cancel, "drop the stroke in hand").keepingStroke,
      Binding<Self>("mouse", [], .mouse, "left draws, right moves"),
      Binding<Self>(
        [
          .init("u", .step(.undo), "undo"),
          .init("Ctrl-R", [.control("r")], .step(.redo), "redo"),
        ], "undo, redo"
      ).hint("undo", 4, keys: "u"),
      Binding<Self>("y", .takeProposal, "take the proposal as draft").unless(noProposal)
        .hint("take proposal", 54),
      Binding<Self>("Y", .takeProposedCell, "take the proposed cell under the pen")
        .unless(noProposal),
      Binding<Self>("a", .accept, "accept, go to the next").hint("accept", 5),
      Binding<Self>("r", .reject, "reject, go to the next").hint("reject", 52),
      Binding<Self>(
        [
          .init("n", .otherImage(by: 1), "next image"),
          .init("N", .otherImage(by: -1), "previous image"),
        ], "next, previous image"
      ).hint("next", 56),
    ], Viewer.maskBindings(hint: ("layers", 63)) { .view($0) },
    [
      Binding<Self>("v", .nextLayer, "mask, proposal, difference").unless(noProposal)
        .hint("layers", 62).keepingStroke
    ], Viewer.bindings(zoomRank: 66) { .view($0) },
    Viewer.contrastBindings(rank: 64) { .view($0) })

  private static func moves(
    _ letters: String, by step: Int, isShift: Bool, _ text: String
  ) -> Binding<Self> {
    let arrows: [(Key, Int, Int, String)] = [
      (.left(shift: isShift), -1, 0, "left"), (.down(shift: isShift), 0, 1, "down"),
      (.up(shift: isShift), 0, -1, "up"), (.right(shift: isShift), 1, 0, "right"),
    ]
    let presses = zip(letters, arrows).map { letter, arrow in
      let (key, dx, dy, direction) = arrow
      return KeyPress<Command>(
        String(letter), [key, .character(letter)], .move(dx: dx * step, dy: dy * step),
        "pen \(direction)" + (step > 1 ? " by \(step)" : ""))
    }
    return Binding<Self>(presses, text, separator: "").keepingStroke
  }

  private static let noProposal: @Sendable (Self, ProjectContext) -> String? = { _, project in
    guard let key = project.opened, let image = project.cache[key], image.proposal == nil else {
      return nil
    }
    return "There is no proposal for this image yet; g trains a network that makes one."
  }

  private static let noCell = "There is no cell under the pen."

  mutating func perform(_ command: Command, _ project: inout ProjectContext) -> [Effect] {
    guard let key = project.opened else { return [] }
    switch command {
    case .accept: return project.accept(key)
    case .reject: return project.reject(key)
    case .otherImage(let rows):
      if let next = project.list.neighbor(of: key, by: rows) {
        project.open(next)
      } else {
        project.say("This is the \(rows > 0 ? "last" : "first") image of the list.")
      }
    case .tool(let tool): pen.take(tool)
    case .resizePen(let steps):
      pen.resize(by: steps)
      stroke?.resize(to: pen.size)
    case .toggleOverwriting:
      pen.overwrites.toggle()
      project.say(
        pen.overwrites
          ? "Brush and outline take pixels from other cells; i ends that."
          : "Brush and outline leave other cells their pixels.")
    case .move(let dx, let dy): return movePen(dx, dy, &project)
    case .penDownOrUp: return stroke == nil ? penDown(&project) : endStroke(&project)
    case .commit:
      return stroke == nil && pen.tool == .fill ? penDown(&project) : endStroke(&project)
    case .cancel:
      project.window.notices.drop(at: project.window.now)
      stroke = nil
    case .step(let step): return take(step, &project)
    case .takeProposal: return takeProposal(&project)
    case .takeProposedCell: return takeProposedCell(&project)
    case .goToCell(let step): return goToCell(by: step, &project)
    case .goToDoubtfulCell(let step): return goToDoubtfulCell(by: step, &project)
    case .deleteCell:
      let label = cellUnderPen(project)
      return edit(&project, otherwise: Self.noCell) { cells in
        label.flatMap { cells.removal(of: [$0]) }.map { .edit($0) }
      }
    case .keepOnlyCell:
      let label = cellUnderPen(project)
      return edit(&project, otherwise: Self.noCell) { cells in
        label.flatMap { cells.removal(ofAllBut: [$0]) }.map { .relabel($0) }
      }
    case .renumber:
      return edit(&project, otherwise: "The cells are numbered in order already.") {
        $0.renumbering.map { .relabel($0) }
      }
    case .nextLayer: if project.cache[key]?.proposal != nil { layer = layer.next }
    case .view(let command):
      viewer.perform(command, viewport(project), around: pen.place, &project.window.display)
      if command == .zoomIn || command == .zoomOut { revealPen(project) }
    case .mouse: break
    }
    return []
  }

  /// The left button draws, the others and the wheel move and zoom; the list opens what is clicked.
  mutating func take(_ mouse: Mouse, _ project: inout ProjectContext) -> [Effect] {
    let layout = AnnotateLayout(project.window)
    if stroke?.byMouse == true { return draw(mouse, layout, &project) }
    if !viewer.isDragged || mouse.action == .press {
      let isClick = mouse.action == .press && mouse.button == .left
      if layout.list.list.contains(mouse.point) {
        let ended = isClick ? endStroke(&project) : []
        project.takeInList(mouse, layout.list, opensAtOnce: true)
        return ended
      }
      guard layout.picture.contains(mouse.point) else { return [] }
      if isClick { return beginStroke(mouse, &project) }
    }
    let ended = mouse.action == .press ? endStroke(&project) : []
    viewer.take(mouse, in: [layout.picture], viewport(project), &project.window.display)
    return ended
  }

  /// A stroke by mouse, which may leave the image and come back.
  private mutating func draw(
    _ mouse: Mouse, _ layout: AnnotateLayout, _ project: inout ProjectContext
  ) -> [Effect] {
    switch mouse.action {
    case .drag: drawOn(to: mouse.point, project)
    case .release:
      drawOn(to: mouse.point, project)
      return endStroke(&project)
    case .press:
      let ended = endStroke(&project)
      return ended + take(mouse, &project)
    case .scrollUp, .scrollDown:
      viewer.take(mouse, in: [layout.picture], viewport(project), &project.window.display)
    case .move: break
    }
    return []
  }

  private mutating func beginStroke(_ mouse: Mouse, _ project: inout ProjectContext) -> [Effect] {
    guard let pixel = viewport(project)?.pixel(at: mouse.point) else { return [] }
    let ended = endStroke(&project)
    pen.place = PixelPoint(x: pixel.x, y: pixel.y)
    return ended + penDown(byMouse: true, overwrites: mouse.control, &project)
  }

  private mutating func drawOn(to point: Point, _ project: ProjectContext) {
    guard let key, let image = project.cache[key]?.image,
      let pixel = viewport(project)?.unclippedPixel(at: point)
    else { return }
    let place = PixelPoint(x: pixel.x, y: pixel.y)
    stroke?.draw(to: place)
    pen.place = place.clamped(to: image)
  }

  /// Follows the image that is open: another one is looked at as a whole, the pen in its middle.
  mutating func follow(_ project: inout ProjectContext) -> [Effect] {
    if key != project.opened {
      key = project.opened
      pen.place = nil
      doubtful = nil
      viewer = Viewer()
      layer = .mask
    }
    if pen.place == nil, let key, let image = project.cache[key]?.image {
      pen.place = PixelPoint(x: image.width / 2, y: image.height / 2)
    }
    project.listView.follow(key, in: project.list, AnnotateLayout(project.window).list)
    return []
  }

  /// The viewport of the image, once it is there.
  func viewport(_ project: ProjectContext) -> Viewport? {
    project.opened.flatMap { project.cache[$0] }.map {
      viewer.viewport(of: $0.image, in: AnnotateLayout(project.window).picture)
    }
  }

  /// Moves the view so that it shows the pen.
  mutating func revealPen(_ project: ProjectContext) {
    guard let viewport = viewport(project), let place = pen.place else { return }
    viewer.reveal(place, viewport)
  }
}

extension PixelPoint {
  /// The nearest pixel of an image.
  func clamped(to image: Image) -> PixelPoint {
    PixelPoint(x: min(max(0, x), image.width - 1), y: min(max(0, y), image.height - 1))
  }
}

extension CaseIterable where Self: Equatable {
  /// The case after it, the first after the last.
  var next: Self {
    Self.allCases.drop { $0 != self }.dropFirst().first ?? Self.allCases.first ?? self
  }
}
