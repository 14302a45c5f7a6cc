import Comparison
import Imaging
import Project
import Recipes
import Screen

extension PanesScreen {
  /// Draws the list of images where there is room, and the chosen one with its predictions.
  func draw(_ report: ReportContext, into grid: inout Grid) {
    let (window, layout) = (report.window, layout(report))
    drawList(report, layout, into: &grid)
    guard let key = key(report) else {
      window.drawEmpty(
        "No run is finished yet, so there is no prediction to look at.",
        in: layout.picture.inset(columns: 2, rows: 1), into: &grid)
      return
    }
    drawHeading(key, report, above: layout.picture, into: &grid)
    guard let open = open(key) else {
      let text =
        isFailed(key) ? "\(key) cannot be shown; Ctrl-L tries again." : "reading \(key) ..."
      window.drawEmpty(text, in: layout.picture.inset(columns: 2, rows: 2), into: &grid)
      return
    }
    let panes = panes(report)
    let recipes = Array(report.shown.dropFirst(firstPane).prefix(max(0, panes.count - 2)))
    for (index, pane) in panes.enumerated() {
      switch index {
      case 0: window.drawPane("image", .text, open.shown, viewer, in: pane, into: &grid)
      case 1:
        window.drawPane("truth", .mask, open.shown, viewer, in: pane, into: &grid) {
          window.overlay(open.truth, .mask, .outline, in: $0)
        }
      default: drawPrediction(recipes[index - 2].name, key, open, report, in: pane, into: &grid)
      }
    }
  }

  private func drawList(_ report: ReportContext, _ layout: ListLayout, into grid: inout Grid) {
    guard !layout.list.isEmpty else { return }
    let (theme, heading) = (report.window.theme, layout.heading)
    grid.write(
      "mean IoU, worst first", column: heading.origin.column, row: heading.origin.row,
      style: theme.style(.title, bold: true), columns: heading.size.columns)
    grid.draw(table(report, in: layout.list), in: layout.list, theme: theme)
    report.window.drawRule(after: layout.list, into: &grid)
  }

  private func drawHeading(
    _ key: ImageKey, _ report: ReportContext, above picture: Rect, into grid: inout Grid
  ) {
    var text = "\(place + 1)/\(report.images.count)  \(key)"
    if report.results.plan.seeds.count > 1 { text += "  seed \(seed(report) ?? 0)" }
    let last = firstPane + panesShown(report)
    if firstPane > 0 || last < report.shown.count {
      text +=
        "  recipes \(firstPane + 1)-\(min(last, report.shown.count)) of \(report.shown.count)"
    }
    let (theme, row) = (report.window.theme, picture.origin.row - 1)
    var column = picture.origin.column
    grid.write(
      text.fitted(to: picture.size.columns), column: column, row: row,
      style: theme.style(.title, bold: true))
    column += text.columns + 2
    guard layer == .errors else { return }
    for (legend, role) in [("█ missed", Role.falseNegative), ("▚ wrong", .falsePositive)] {
      guard column + legend.columns <= picture.columns.upperBound else { return }
      grid.write(legend, column: column, row: row, style: theme.style(role))
      column += legend.columns + 2
    }
  }

  private func drawPrediction(
    _ name: String, _ key: ImageKey, _ open: ReportPictures, _ report: ReportContext,
    in pane: Rect, into grid: inout Grid
  ) {
    let run = report.results.run(of: name, on: key, seed: seed(report))
    let iou = run?.scores.first { $0.image == key }?.iou
    let score = iou.map { " " + Metric.iou.text($0) } ?? ""
    let title = name.fitted(to: max(1, pane.size.columns - score.columns)) + score
    let window = report.window
    guard let found = open.predictions[name] else {
      grid.write(
        title.fitted(to: pane.size.columns), column: pane.origin.column, row: pane.origin.row,
        style: window.theme.style(.dim, bold: true))
      window.drawEmpty("no file", in: pane.picture, into: &grid)
      return
    }
    let role: Role = name == report.recipe?.name ? .accent : .proposal
    window.drawPane(title, role, open.shown, viewer, in: pane, into: &grid) { viewport in
      switch layer {
      case .errors:
        .difference(
          found: MaskSampler(found, in: viewport), truth: MaskSampler(open.truth, in: viewport))
      case .mask: window.overlay(found, .proposal, .proposal, in: viewport)
      case .none: .none
      }
    }
  }
}
