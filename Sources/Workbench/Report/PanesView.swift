import Comparison
import Imaging
import Project
import Recipes
import Screen

extension Model {
  /// Draws a test image, its truth and the predictions side by side; the list of images where there
  /// is room.
  func drawReportPanes(_ layout: Layout, into grid: inout Grid) {
    guard let board = report else { return }
    drawImages(board, layout, into: &grid)
    drawRule(after: layout.list, layout, into: &grid)
    guard let key = board.key else {
      grid.draw(
        TextBlock("No run is finished yet, so there is no prediction to look at.", role: .dim),
        in: layout.picture.inset(columns: 2, rows: 1), theme: theme)
      return
    }
    drawPaneHeading(key, board, layout, into: &grid)
    guard let open = board[key] else {
      let text =
        board.isFailed(key)
        ? "\(key) cannot be shown; Ctrl-L tries again." : "reading \(key) ..."
      grid.draw(
        TextBlock(text, role: .dim), in: layout.picture.inset(columns: 2, rows: 2), theme: theme)
      return
    }
    let panes = reportPanes(board)
    let recipes = board.shown.dropFirst(board.firstPane).prefix(max(0, panes.count - 2))
    for (index, pane) in panes.enumerated() {
      switch index {
      case 0: drawPane("image", .text, .none, open, in: pane, into: &grid)
      case 1:
        let truth = overlay(open.truth, .mask, .outline, in: view(of: open, board, in: pane))
        drawPane("truth", .mask, truth, open, in: pane, into: &grid)
      default:
        let name = recipes[recipes.startIndex + index - 2].name
        drawPrediction(name, key, board, open, in: pane, into: &grid)
      }
    }
  }

  private func drawImages(_ board: ReportBoard, _ layout: Layout, into grid: inout Grid) {
    let list = layout.list
    guard !list.isEmpty else { return }
    grid.write(
      "mean IoU, worst first", column: list.origin.column, row: list.origin.row - 1,
      style: theme.style(.title, bold: true), columns: list.size.columns)
    let rows = board.images.map { key -> [Table.Item] in
      let values = board.summary.recipes.compactMap {
        board.summary.value(.iou, of: $0.name, on: key)
      }
      let mean = Statistics.mean(values) ?? 0
      return [
        Table.Item(" " + key.text.fittedToEnd(of: list.size.columns - 7)),
        Table.Item(Metric.iou.text(mean), mean < 0.5 ? .error : .text),
      ]
    }
    grid.draw(
      Table(
        columns: [Table.Column(), Table.Column(width: 5, alignsRight: true)], rows: rows,
        selected: board.image, hasHeader: false), in: list, theme: theme)
  }

  private func drawPaneHeading(
    _ key: ImageKey, _ board: ReportBoard, _ layout: Layout, into grid: inout Grid
  ) {
    var text = "\(board.image + 1)/\(board.images.count)  \(key)"
    if board.results.plan.seeds.count > 1 { text += "  seed \(board.chosenSeed ?? 0)" }
    let last = board.firstPane + panesShown(board)
    if board.firstPane > 0 || last < board.shown.count {
      text +=
        "  recipes \(board.firstPane + 1)-\(min(last, board.shown.count))"
        + " of \(board.shown.count)"
    }
    var column = layout.picture.origin.column
    grid.write(
      text.fitted(to: layout.picture.size.columns), column: column,
      row: layout.picture.origin.row - 1, style: theme.style(.title, bold: true))
    column += text.columns + 2
    guard board.layer == .errors else { return }
    for (legend, role) in [("█ missed", Role.falseNegative), ("▚ wrong", .falsePositive)] {
      guard column + legend.columns <= layout.picture.columns.upperBound else { return }
      grid.write(
        legend, column: column, row: layout.picture.origin.row - 1, style: theme.style(role))
      column += legend.columns + 2
    }
  }

  private func drawPrediction(
    _ name: String, _ key: ImageKey, _ board: ReportBoard, _ open: ReportPictures, in pane: Rect,
    into grid: inout Grid
  ) {
    let run = board.results.run(of: name, on: key, seed: board.chosenSeed)
    let iou = run?.scores.first { $0.image == key }?.iou
    let score = iou.map { " " + Metric.iou.text($0) } ?? ""
    let title = name.fitted(to: max(1, pane.size.columns - score.columns)) + score
    guard let found = open.predictions[name] else {
      grid.write(
        title.fitted(to: pane.size.columns), column: pane.origin.column, row: pane.origin.row,
        style: theme.style(.dim, bold: true))
      grid.draw(TextBlock("no file", role: .dim), in: paneArea(pane), theme: theme)
      return
    }
    let view = view(of: open, board, in: pane)
    let overlay: PicturePaint.Overlay =
      switch board.layer {
      case .errors:
        .difference(
          found: MaskSampler(found, in: view), truth: MaskSampler(open.truth, in: view))
      case .mask: self.overlay(found, .proposal, .proposal, in: view)
      case .none: .none
      }
    drawPane(
      title, name == board.recipe?.name ? .accent : .proposal, overlay, open, in: pane, into: &grid)
  }

  private func drawPane(
    _ title: String, _ role: Role, _ overlay: PicturePaint.Overlay, _ open: ReportPictures,
    in pane: Rect, into grid: inout Grid
  ) {
    grid.write(
      title.fitted(to: pane.size.columns), column: pane.origin.column, row: pane.origin.row,
      style: theme.style(role, bold: true))
    guard let board = report else { return }
    let paint = PicturePaint(
      open.shown, overlay: overlay, theme: theme, depth: colorDepth, contrast: desk.contrast)
    Picture(viewport: view(of: open, board, in: pane), depth: colorDepth).drawBoxes(
      into: &grid, theme: theme, isMarked: paint.isMarked, color: paint.color)
  }

  private func view(of open: ReportPictures, _ board: ReportBoard, in pane: Rect) -> Viewport {
    board.look.viewport(
      width: open.image.width, height: open.image.height, area: paneArea(pane))
  }
}
