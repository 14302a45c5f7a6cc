import Imaging
import Project
import Recipes
import Screen

/// The cells of a case that were not just found, one after the other.
extension ReviewScreen {
  static let cellBindings: [Binding<Self>] = [
    Binding<Self>(
      [
        .init("Tab", [.tab], .goToFailure(by: 1), "to the next cell that was not found"),
        .init("Shift-Tab", [.backTab], .goToFailure(by: -1), "to the one before"),
      ], "next cell not found, the one before"
    ).unless(noCells).hint { screen, _ in
      screen.cells == nil ? nil : KeyLine.Hint(label: "cell", rank: 1, keys: "Tab")
    },
    Binding<Self>("v", .nextComparison, "errors by cells or by pixels").unless(noCells)
      .hint { screen, _ in
        screen.cells == nil
          ? nil : KeyLine.Hint(label: screen.comparesMasks ? "by cells" : "by pixels", rank: 6)
      },
  ]

  private static let noCells: @Sendable (Self, ProjectContext) -> String? = { screen, _ in
    guard screen.open != nil else { return "There is no case to look at yet." }
    return screen.cells == nil
      ? "Cells are not told apart here: errors are shown by pixels." : nil
  }

  /// The chosen case, once it is there.
  private var open: ReviewCase? { cases.chosen.flatMap { cache[$0.image] } }

  /// The cells of the chosen case, where they are compared.
  var cells: ReviewCells? { open?.cells }

  /// What of the chosen case is to be looked at.
  var failures: [CellOutcome] { open?.cells?.failures ?? [] }

  /// The cell that is looked at.
  var lookedAt: CellOutcome? {
    let failures = self.failures
    return failure.flatMap { failures.indices.contains($0) ? failures[$0] : nil }
  }

  /// The list of cases and, below it, a line and the list of the chosen one's failures, where there are any.
  func lists(_ project: ProjectContext) -> (cases: Rect, failures: Rect) {
    let list = project.window.panesLayout.list
    let count = failures.count
    let (bottom, rest) = list.splitBottom(
      count == 0 || list.isEmpty ? 0 : min(count + 1, list.size.rows / 2))
    return (cases: rest, failures: bottom)
  }

  mutating func goToFailure(by step: Int, _ project: inout ProjectContext) {
    let count = failures.count
    guard count > 0 else { return project.say("Every cell is found.") }
    let place = failure.map { ($0 + step + count) % count } ?? (step > 0 ? 0 : count - 1)
    look(at: place, project)
  }

  /// A click looks at a cell.
  mutating func takeInFailures(_ mouse: Mouse, _ rect: Rect, _ project: ProjectContext) {
    let table = failureTable(project)
    let click = failureView.take(
      mouse, table, in: rect.splitTop(1).rest, isDoubleClick: project.window.isDoubleClick)
    if let click { look(at: click.row, project) }
  }

  /// A click on a cell in the pane of errors looks at it, where it was not just found.
  mutating func takeInErrors(_ mouse: Mouse, _ project: inout ProjectContext) {
    guard let open, let cells = open.cells, !comparesMasks else { return }
    let pane = Self.panes(project.window)[3].picture
    let viewport = viewer.viewport(of: open.shown.image, in: pane)
    guard let pixel = viewport.pixel(at: mouse.point) else { return }
    let place = PixelPoint(x: pixel.x, y: pixel.y)
    let dot = Int((1 / viewport.zoom).rounded(.up))
    if let failure = cells.failure(at: place) ?? cells.failure(at: place, within: dot) {
      look(at: failure, project)
    } else if cells.truth.labels.cell(at: place, within: dot) != nil {
      project.say("This cell is found.")
    }
  }

  private func failureTable(_ project: ProjectContext) -> Table {
    let failures = self.failures
    return Table(
      columns: [Table.Column(width: 1), Table.Column(), Table.Column(width: 4)],
      count: failures.count, selected: failure, hasHeader: false, first: failureView.scroll.first
    ) { row in
      let cell = failures[row]
      return [
        Table.Item(cell.kind.mark, cell.kind.role), Table.Item(cell.text),
        Table.Item(cell.iouText, .dim),
      ]
    }
  }

  /// Draws the cases and the failures of the chosen one, where there is room.
  func drawLists(_ project: ProjectContext, into grid: inout Grid) {
    let (window, layout) = (project.window, project.window.panesLayout)
    let (cases, failures) = lists(project)
    guard !layout.list.isEmpty else { return }
    window.drawTitle("worst first", in: layout.heading, into: &grid)
    grid.draw(table(cases), in: cases, theme: window.theme)
    window.drawRule(after: layout.list, into: &grid)
    guard !failures.isEmpty else { return }
    let (title, rows) = failures.splitTop(1)
    window.drawTitle("\(self.failures.count) to look at", in: title, into: &grid)
    grid.draw(failureTable(project), in: rows, theme: window.theme)
  }

  /// Draws the case in four panes, the last of them what became of its cells.
  func drawCells(
    _ cells: ReviewCells, on shown: ShownImage, _ project: ProjectContext, into grid: inout Grid
  ) {
    let (window, panes) = (project.window, Self.panes(project.window))
    let ring = lookedAt.map { PicturePaint.Ring(around: $0.box) }
    let layers: [(String, Role, (Viewport) -> PicturePaint.Overlay)] = [
      ("image", .text, { _ in .none }),
      (
        "truth", .mask,
        { window.overlay(cells.truth.labels, cells.truth.colours, .mask, .outline, in: $0) }
      ),
      (
        "prediction", .proposal,
        {
          window.overlay(
            cells.prediction.labels, cells.prediction.colours, .proposal, .proposal, in: $0)
        }
      ),
      ("", .text, { .outcomes(OutcomePaint(cells, window.theme, in: $0)) }),
    ]
    for (pane, (title, role, overlay)) in zip(panes, layers) {
      window.drawPane(
        title, role, shown, viewer, in: pane, ring: ring, into: &grid, overlay: overlay)
    }
    drawLookedAt(project, in: panes[0], into: &grid)
    drawCounts(cells.outcomes, window.theme, over: panes[3], into: &grid)
  }

  /// Which cell is looked at, of how many, beside the title of the first pane.
  private func drawLookedAt(
    _ project: ProjectContext, in pane: Rect, into grid: inout Grid
  ) {
    let count = failures.count
    var (text, role) = (count == 0 ? "every cell is found" : "Tab: \(count) to look at", Role.dim)
    if let failure, let cell = lookedAt {
      text = "\(failure + 1)/\(count) \(cell.text)"
      if !cell.iouText.isEmpty { text += ", IoU \(cell.iouText)" }
      role = cell.kind.role
    }
    let column = pane.origin.column + 7
    grid.write(
      text, column: column, row: pane.origin.row, style: project.window.theme.style(role),
      columns: max(0, pane.columns.upperBound - column))
  }

  /// How many cells there are of each kind, in its colour and with its pattern; where there is little room only of
  /// kinds that there are, in shorter words.
  private func drawCounts(
    _ outcomes: CellOutcomes, _ theme: Theme, over pane: Rect, into grid: inout Grid
  ) {
    let order = CellOutcome.Kind.worstFirst
    let there = order.filter { outcomes.count(of: $0) > 0 }
    func texts(_ kinds: [CellOutcome.Kind], isShort: Bool) -> [(String, Role)] {
      kinds.map { kind in
        let title = isShort ? kind.shortTitle : kind.rawValue
        return ("\(kind.mark)\(outcomes.count(of: kind)) \(title)", kind.role)
      }
    }
    func columns(_ texts: [(String, Role)]) -> Int { texts.reduce(-1) { $0 + $1.0.columns + 1 } }
    let short = texts(there, isShort: true)
    let shown =
      [texts(order, isShort: false), texts(there, isShort: false)]
      .first { columns($0) <= pane.size.columns } ?? short
    var column = pane.origin.column
    for (text, role) in shown {
      grid.write(
        text, column: column, row: pane.origin.row, style: theme.style(role),
        columns: max(0, pane.columns.upperBound - column))
      column += text.columns + 1
    }
  }
}

extension PicturePaint.Ring {
  /// A ring around a part of an image.
  init(around box: PixelBox) {
    x = Double(box.columns.lowerBound + box.columns.upperBound) / 2
    y = Double(box.rows.lowerBound + box.rows.upperBound) / 2
    let (columns, rows) = (Double(box.columns.count), Double(box.rows.count))
    radius = (columns * columns + rows * rows).squareRoot() / 2 + 2
  }
}
