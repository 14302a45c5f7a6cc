import Basics
import Imaging
import Project
import Recipes
import Screen

extension ReviewScreen {
  /// Four panes, two by two or side by side, whichever shows more.
  static func panes(_ window: Window) -> [Rect] {
    let picture = window.panesLayout.picture
    let (width, height) = (picture.size.columns, picture.size.rows)
    let row = min(width / 4, (height - 1) * 2)
    let square = min(width / 2, (height / 2 - 1) * 2)
    return picture.tiles(4, across: row * 3 > square * 4 ? 4 : 2)
  }

  /// Draws the cases where there is room, and the chosen one in four panes.
  func draw(_ project: ProjectContext, into grid: inout Grid) {
    let (window, layout) = (project.window, project.window.panesLayout)
    drawLists(project, into: &grid)
    let picture = layout.picture
    guard let row = cases.chosen else {
      window.drawEmpty(whyEmpty, in: picture.inset(columns: 2, rows: 1), into: &grid)
      return
    }
    window.drawTitle(heading(row, project), in: layout.main, into: &grid)
    guard let open = cache[row.image] else {
      let text =
        cache.failures[row.image] == nil
        ? "reading \(row.image) ..."
        : "\(row.image) cannot be compared: image and masks do not fit; R tries again."
      window.drawEmpty(text, in: picture.inset(columns: 2, rows: 2), into: &grid)
      return
    }
    if let cells = open.cells, !comparesMasks {
      drawCells(cells, on: open.shown, project, into: &grid)
    } else {
      drawPanes(open, window, into: &grid)
    }
  }

  private var whyEmpty: String {
    switch phase {
    case .computing: "The newest network looks at the labelled images ..."
    case .ready: "No labelled image to compare with."
    case .none:
      whyNone.map { "Nothing to review: \($0)\nR tries again." }
        ?? "Nothing to review yet: train a network with g; R tries again."
    }
  }

  private func heading(_ row: ImageScore, _ project: ProjectContext) -> String {
    let mark = row.trainedOn ? "trained on" : "not trained on"
    let place = "\(cases.selected + 1)/\(cases.rows.count)"
    return "\(place)  \(row.image)  IoU \(NumberText.hundredths(row.iou))"
      + cellScores(row) + "  \(mark)"
      + (phase == .computing ? "   computing again ..." : "")
      + (isStale(project) ? "   newer weights: R" : "")
      + project.window.contrastNote(cache[row.image]?.shown)
  }

  /// How well cells were found, where they are told apart.
  private func cellScores(_ row: ImageScore) -> String {
    let metrics: [Metric] = [.averagePrecision50, .cellF1]
    let scores = metrics.compactMap { metric in
      row.scores[metric].map { "  \(metric.title) \(NumberText.hundredths($0))" }
    }
    guard let outcomes = cache[row.image]?.cells?.outcomes else { return scores.joined() }
    return scores.joined() + "  cells \(outcomes.prediction.count) of \(outcomes.truth.count)"
  }

  private func drawPanes(_ open: ReviewCase, _ window: Window, into grid: inout Grid) {
    let panes = Self.panes(window)
    let layers: [(String, Role, (Viewport) -> PicturePaint.Overlay)] = [
      ("image", .text, { _ in .none }),
      ("truth", .mask, { window.overlay(open.truth, .mask, .outline, in: $0) }),
      ("prediction", .proposal, { window.overlay(open.prediction, .proposal, .proposal, in: $0) }),
      (
        "errors", .text,
        {
          .difference(
            found: MaskSampler(open.prediction, in: $0), truth: MaskSampler(open.truth, in: $0))
        }
      ),
    ]
    for (pane, (title, role, overlay)) in zip(panes, layers) {
      window.drawPane(title, role, open.shown, viewer, in: pane, into: &grid, overlay: overlay)
    }
    drawLegend(open, window.theme, over: panes[3], into: &grid)
  }

  /// The colours of the errors, with what they amount to, over the last pane.
  private func drawLegend(
    _ open: ReviewCase, _ theme: Theme, over pane: Rect, into grid: inout Grid
  ) {
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
