import Comparison
import Imaging
import Project
import Recipes
import Screen

extension PanesScreen {
  /// Draws the list of images where there is room, and the chosen one with its predictions.
  func draw(_ report: ReportContext, into grid: inout Grid) {
    let (window, layout) = (report.window, report.window.panesLayout)
    window.drawList(
      table(report, in: layout.list), "mean IoU, worst first", in: layout, into: &grid)
    guard let key = key(report) else {
      window.drawEmpty(
        "No run is finished yet, so there is no prediction to look at.",
        in: layout.picture.inset(columns: 2, rows: 1), into: &grid)
      return
    }
    drawHeading(key, report, in: layout.main, into: &grid)
    guard let open = cache[key] else {
      let text =
        cache.failures[key] == nil
        ? "reading \(key) ..." : "\(key) cannot be shown; Ctrl-L tries again."
      window.drawEmpty(text, in: layout.picture.inset(columns: 2, rows: 2), into: &grid)
      return
    }
    let panes = panes(report)
    window.drawPane("image", .text, open.shown, viewer, in: panes[0], into: &grid)
    window.drawPane("truth", .mask, open.shown, viewer, in: panes[1], into: &grid) {
      window.overlay(open.truth, .mask, .outline, in: $0)
    }
    for (pane, recipe) in zip(panes.dropFirst(2), report.shown.dropFirst(firstPane)) {
      drawPrediction(recipe.name, key, open, report, in: pane, into: &grid)
    }
  }

  private func drawHeading(
    _ key: ImageKey, _ report: ReportContext, in main: Rect, into grid: inout Grid
  ) {
    var text = "\(place + 1)/\(report.images.count)  \(key)"
    if report.results.plan.seeds.count > 1 { text += "  seed \(seed(report) ?? 0)" }
    let last = firstPane + panesShown(report)
    if firstPane > 0 || last < report.shown.count {
      text +=
        "  recipes \(firstPane + 1)-\(min(last, report.shown.count)) of \(report.shown.count)"
    }
    text += report.window.contrastNote(cache[key]?.shown)
    report.window.drawTitle(text, in: main, into: &grid)
    guard layer == .errors else { return }
    var column = main.origin.column + text.columns + 2
    for (legend, role) in [("█ missed", Role.falseNegative), ("▚ wrong", .falsePositive)] {
      guard column + legend.columns <= main.columns.upperBound else { return }
      grid.write(
        legend, column: column, row: main.origin.row, style: report.window.theme.style(role))
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
      window.drawTitle(title, .dim, in: pane, into: &grid)
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
