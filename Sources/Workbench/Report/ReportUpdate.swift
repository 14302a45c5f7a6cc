import Comparison
import Imaging
import Project
import Screen

extension Model {
  /// Carries out a command of the report.
  mutating func performInReport(_ command: Command) -> [Effect] {
    guard var board = report else { return [] }
    switch command {
    case .selectNext: board.select(board.selected + 1)
    case .selectPrevious: board.select(board.selected - 1)
    case .selectFirst where tab == .panes: board.selectImage(0)
    case .selectLast where tab == .panes: board.selectImage(board.images.count - 1)
    case .selectFirst: board.select(0)
    case .selectLast: board.select(board.order.count - 1)
    case .nextImage: board.selectImage(board.image + 1)
    case .previousImage: board.selectImage(board.image - 1)
    case .sort: board.sort()
    case .hideOrShow: board.hideOrShow()
    case .showOnly: board.showOnly()
    case .toggleLoss: board.showsValidation.toggle()
    case .toggleLog: board.isLogarithmic.toggle()
    case .smoothLess: board.smoothing = max(0, board.smoothing - 1)
    case .smoothMore: board.smoothing = min(RunBoard.weights.count - 1, board.smoothing + 1)
    case .nextSeed: board.nextSeed()
    case .nextPage: board.firstPane = nextPane(board)
    case .previousPage: board.firstPane = max(0, board.firstPane - panesShown(board))
    case .nextLayer:
      let all = ReportBoard.Layer.allCases
      let place = all.firstIndex(of: board.layer) ?? 0
      board.layer = all[(place + 1) % all.count]
    case .open: tab = .panes
    default: move(command, &board)
    }
    report = board
    if command == .nextSeed { sayWhichSeed() }
    return loadReport()
  }

  /// Asks for the images that the panes show.
  mutating func loadReport() -> [Effect] {
    guard tab == .panes, let keys = report?.request() else { return [] }
    let seed = report?.chosenSeed
    return keys.map { .loadReport($0, seed: seed) }
  }

  private func nextPane(_ board: ReportBoard) -> Int {
    let next = board.firstPane + panesShown(board)
    return next < board.shown.count ? next : board.firstPane
  }

  private mutating func sayWhichSeed() {
    guard let board = report else { return }
    say(
      board.results.plan.seeds.count > 1
        ? "Predictions of seed \(board.chosenSeed ?? 0)." : "There is only one seed.")
  }

  /// Zooms and moves all panes.
  private func move(_ command: Command, _ board: inout ReportBoard) {
    guard var view = reportViewport else { return }
    switch command {
    case .zoomIn, .zoomOut: board.look.step(inward: command == .zoomIn, from: view, around: nil)
    case .zoomFit: board.look = Look()
    case .zoomOne:
      board.look = Look(
        zoom: 1, around: PixelPoint(x: Int(view.centerX), y: Int(view.centerY)))
    case .pan(let dx, let dy):
      view.pan(columns: Double(4 * dx), rows: Double(4 * dy))
      board.look.keep(view)
    default: break
    }
  }

  /// The view of the chosen image in the first pane.
  var reportViewport: Viewport? {
    guard let board = report, let key = board.key, let image = board[key]?.image,
      let pane = reportPanes(board).first
    else { return nil }
    return board.look.viewport(width: image.width, height: image.height, area: paneArea(pane))
  }

  /// Panes for the image, the truth and as many recipes as are large enough to be looked at.
  func reportPanes(_ board: ReportBoard) -> [Rect] {
    PaneGrid(
      area: Layout(self).picture, wanted: 2 + max(0, board.shown.count - board.firstPane)
    ).panes
  }

  /// How many recipes have a pane.
  func panesShown(_ board: ReportBoard) -> Int { max(1, reportPanes(board).count - 2) }
}
