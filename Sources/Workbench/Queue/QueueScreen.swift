import Basics
import Imaging
import Project
import Recipes
import Screen

/// The images of the project with their states, the chosen one beside them.
struct QueueScreen: ScreenPart {
  enum Command: Sendable {
    case move(ListMove)
    case open, accept, reject, acceptAbove, takeBack
    case sort, filter, keepFilter, clearFilter
    case view(Viewer.Command)
  }

  /// Whether the filter is being typed.
  private(set) var isTyping = false
  /// How the chosen image is looked at.
  private var viewer = Viewer()
  /// The image that it looks at.
  private var viewed: ImageKey?

  var bindings: [Binding<Self>] { isTyping ? Self.whileTyping : Self.table }

  static let table = joined(
    [
      Binding<Self>("q Esc", [.character("q"), .escape], .clearFilter, "clear the filter")
        .when { !$1.list.filter.isEmpty }.hint("clear the filter", 0),
      Binding<Self>("Enter", [.enter], .open, "open the image").hint("open", 1),
      Binding<Self>("a", .accept, "accept the mask").hint("accept", 2),
      Binding<Self>("r", .reject, "reject the proposal").hint("reject", 3),
      Binding<Self>("A", .acceptAbove, "accept all above a figure"),
      Binding<Self>("U", .takeBack, "take that back"),
      Binding<Self>("s", .sort, "sort by suggestion, quality, name or state").hint("sort", 62),
      Binding<Self>("/", .filter, "filter by name or state").hint("filter", 64),
    ], Viewer.maskBindings(hint: ("mask, outline", 68)) { .view($0) },
    Viewer.contrastBindings(rank: 66) { .view($0) }, Viewer.bindings(zoomRank: 70) { .view($0) },
    ListMove.bindings("image", also: ([.character("N")], [.character("n")])) { .move($0) })

  private static let whileTyping: [Binding<Self>] = [
    Binding<Self>("Enter", [.enter, .tab], .keepFilter, "keep the filter").hint(
      "keep the filter", 1),
    Binding<Self>("Esc", [.escape], .clearFilter, "clear it").hint("clear it", 2),
    Binding<Self>("Up", [.up(shift: false), .up(shift: true)], .move(.previous), "image above"),
    Binding<Self>("Down", [.down(shift: false), .down(shift: true)], .move(.next), "image below"),
  ]

  mutating func type(_ change: (String) -> String, _ project: inout ProjectContext) {
    project.list.setFilter(change(project.list.filter))
  }

  mutating func perform(_ command: Command, _ project: inout ProjectContext) -> [Effect] {
    switch command {
    case .move(let move):
      project.list.select(
        row: move.row(
          from: project.list.row(of: project.list.selection), of: project.list.count,
          page: Self.layout(project.window).list.size.rows))
    case .open: project.list.selection.map { project.annotate($0) }
    case .accept: return project.list.selection.map { project.accept($0) } ?? []
    case .reject: return project.list.selection.map { project.reject($0) } ?? []
    case .acceptAbove: project.askAcceptance()
    case .takeBack: return project.refusesChanges() ? [] : [.takeBackAcceptance]
    case .sort: project.list.sortDifferently()
    case .filter: isTyping = true
    case .keepFilter: isTyping = false
    case .clearFilter:
      isTyping = false
      project.list.setFilter("")
    case .view(let command):
      viewer.perform(command, viewport(project), &project.window.display)
    }
    return []
  }

  /// Clicks choose and open images; on the picture the wheel zooms and a drag moves.
  mutating func take(_ mouse: Mouse, _ project: inout ProjectContext) -> [Effect] {
    let layout = Self.layout(project.window)
    if layout.list.contains(mouse.point), !viewer.isDragged {
      project.takeInList(mouse, layout)
    } else if mouse.action == .press, mouse.button == .left, project.window.isDoubleClick {
      project.list.selection.map { project.annotate($0) }
    } else {
      viewer.take(mouse, in: [layout.picture], viewport(project), &project.window.display)
    }
    return []
  }

  mutating func follow(_ project: inout ProjectContext) -> [Effect] {
    let chosen = project.list.selection
    if viewed != chosen { (viewer, viewed) = (Viewer(), chosen) }
    project.listView.follow(chosen, in: project.list, Self.layout(project.window))
    return []
  }

  private func viewport(_ project: ProjectContext) -> Viewport? {
    project.list.selection.flatMap { project.cache[$0] }.map {
      viewer.viewport(of: $0.image, in: Self.layout(project.window).picture)
    }
  }

  func draw(_ project: ProjectContext, into grid: inout Grid) {
    let (window, layout) = (project.window, Self.layout(project.window))
    let area = layout.picture
    project.listView.draw(
      project.list, chosen: project.list.selection, isTyping: isTyping, layout, window, into: &grid)
    guard let key = project.list.selection else { return }
    guard let open = project.cache[key], let viewport = viewport(project) else {
      project.drawMissing(key, in: area, into: &grid)
      return
    }
    let share = open.coverage * 100
    let facts =
      open.facts + (open.pixelSizeText.map { "  " + $0 } ?? "")
      + (share > 0
        ? "   cell \(NumberText.percent(share))   cells \(open.working.cells.count)" : "")
      + window.contrastNote(open.shown)
    grid.write(
      facts.fitted(to: area.size.columns), column: area.origin.column, row: area.origin.row - 1,
      style: window.theme.style(.dim), columns: area.size.columns)
    window.draw(open.shown, in: viewport, window.overlay(open, in: viewport), into: &grid)
  }

  private static func layout(_ window: Window) -> ListLayout {
    let columns = window.size.columns
    return ListLayout(window.body, listColumns: columns < 100 ? 38 : min(64, columns * 2 / 5))
  }
}

extension ProjectContext {
  /// Says why there is no picture.
  func drawMissing(_ key: ImageKey, in area: Rect, into grid: inout Grid) {
    let failure = cache.failures[key]
    let text = failure.map { "\(key.text)\n\($0)" } ?? "reading \(key.text) ..."
    window.drawEmpty(
      text, in: area.inset(columns: 1, rows: area.size.rows / 3),
      failure == nil ? .dim : .error, into: &grid)
  }
}

extension Window {
  /// The mask of an image as the keys `m` and `x` want it.
  func overlay(_ image: OpenImage, in viewport: Viewport) -> PicturePaint.Overlay {
    let isProposal = !image.isTouched && image.state == .proposed
    return overlay(
      image.working, image.colours, isProposal ? .proposal : .mask,
      isProposal ? .proposal : .outline, in: viewport)
  }
}
