import Basics
import Imaging
import Project
import Recipes
import Screen

extension Model {
  /// Draws the failure cases: the list where there is room, and four panes.
  func drawReview(_ layout: Layout, into grid: inout Grid) {
    drawCaseList(layout, into: &grid)
    drawRule(after: layout.list, layout, into: &grid)
    guard let row = cases.row else {
      grid.draw(
        TextBlock(emptyReviewText, role: .dim),
        in: layout.picture.inset(columns: 2, rows: 1), theme: theme)
      return
    }
    drawCaseHeading(row, layout, into: &grid)
    guard let open = cases[row.image] else {
      let text =
        cases.isFailed(row.image)
        ? "\(row.image) cannot be compared: image and masks do not fit; R tries again."
        : "reading \(row.image) ..."
      grid.draw(
        TextBlock(text, role: .dim), in: layout.picture.inset(columns: 2, rows: 2), theme: theme)
      return
    }
    drawPanes(open, layout, into: &grid)
  }

  private var emptyReviewText: String {
    switch cases.phase {
    case .computing: "The newest network looks at the labelled images ..."
    case .ready: "No labelled image to compare with."
    case .none:
      cases.whyNone.map { "Nothing to review: \($0)\nR tries again." }
        ?? "Nothing to review yet: train a network with g; R tries again."
    }
  }

  private func drawCaseHeading(_ row: ReviewRow, _ layout: Layout, into grid: inout Grid) {
    let mark = row.trainedOn ? "trained on" : "not trained on"
    var text =
      "\(cases.selected + 1)/\(cases.rows.count)  \(row.image)  IoU \(NumberText.hundredths(row.iou))  \(mark)"
    if cases.phase == .computing { text += "   computing again ..." }
    if cases.isStale { text += "   newer weights: R" }
    grid.write(
      text.fitted(to: layout.picture.size.columns), column: layout.picture.origin.column,
      row: layout.picture.origin.row - 1, style: theme.style(.title, bold: true))
  }

  private func drawCaseList(_ layout: Layout, into grid: inout Grid) {
    let list = layout.list
    guard !list.isEmpty else { return }
    grid.write(
      "worst first", column: list.origin.column, row: list.origin.row - 1,
      style: theme.style(.title, bold: true), columns: list.size.columns)
    let lines = cases.lines.dropFirst(cases.top).prefix(list.size.rows)
    let shown = lines.map { line in
      switch line {
      case .heading(let trainedOn):
        [Table.Item(trainedOn ? "trained on" : "not trained on", .title), Table.Item("")]
      case .row(let index):
        [
          Table.Item(" " + cases.rows[index].image.text.fittedToEnd(of: list.size.columns - 6)),
          Table.Item(
            NumberText.hundredths(cases.rows[index].iou),
            cases.rows[index].iou < 0.5 ? .error : .text),
        ]
      }
    }
    grid.draw(
      Table(
        columns: [Table.Column(), Table.Column(width: 4)], rows: shown,
        selected: lines.firstIndex(of: .row(cases.selected)).map { $0 - cases.top },
        hasHeader: false, first: 0), in: list, theme: theme)
  }

  private func drawPanes(_ open: ReviewCase, _ layout: Layout, into grid: inout Grid) {
    let image = open.shown.image
    let layers: [(String, Role, (Viewport) -> PicturePaint.Overlay)] = [
      ("image", .text, { _ in .none }),
      ("truth", .mask, { overlay(open.truth, .mask, .outline, in: $0) }),
      ("prediction", .proposal, { overlay(open.prediction, .proposal, .proposal, in: $0) }),
      (
        "errors", .text,
        { view in
          .difference(
            found: MaskSampler(open.prediction, in: view),
            truth: MaskSampler(open.truth, in: view))
        }
      ),
    ]
    for (pane, (title, role, layer)) in zip(layout.panes(), layers) {
      grid.write(
        title.fitted(to: pane.size.columns), column: pane.origin.column, row: pane.origin.row,
        style: theme.style(role, bold: true), columns: pane.size.columns)
      let view = cases.look.viewport(
        width: image.width, height: image.height, area: paneArea(pane))
      let paint = PicturePaint(
        open.shown, overlay: layer(view), theme: theme, depth: colorDepth, contrast: desk.contrast)
      Picture(viewport: view, depth: colorDepth).drawBoxes(
        into: &grid, theme: theme, isMarked: paint.isMarked, color: paint.color)
    }
    drawLegend(open, layout, into: &grid)
  }

  /// The colours of the errors, with what they amount to, over the last pane.
  private func drawLegend(_ open: ReviewCase, _ layout: Layout, into grid: inout Grid) {
    guard let pane = layout.panes().last else { return }
    let (truth, found) = (open.truth.area, open.prediction.area)
    let missed = NumberText.percent(Double(truth - open.common) / Double(max(1, truth)) * 100)
    let wrong = NumberText.percent(Double(found - open.common) / Double(max(1, found)) * 100)
    var column = pane.origin.column + 7
    for (text, role) in [
      ("█ missed \(missed)", Role.falseNegative), ("▚ wrong \(wrong)", Role.falsePositive),
    ] {
      grid.write(
        text, column: column, row: pane.origin.row, style: theme.style(role),
        columns: max(0, pane.columns.upperBound - column))
      column += text.columns + 1
    }
  }
}
