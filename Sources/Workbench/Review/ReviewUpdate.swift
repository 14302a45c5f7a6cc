import Imaging
import Project
import Recipes
import Screen

extension Model {
  /// Shows the review; asks for its cases where there are none or newer weights exist.
  mutating func openReview() -> [Effect] {
    guard cases.phase != .computing else { return [] }
    if cases.phase == .ready, !cases.isStale { return loadCases() }
    return refreshReview()
  }

  /// Asks for the cases of the newest weights.
  mutating func refreshReview() -> [Effect] {
    guard cases.phase != .computing else { return [] }
    guard labelCount > 0 else {
      say("There is nothing to compare with: no mask is accepted yet.")
      return []
    }
    cases.phase = .computing
    return [.review]
  }

  /// The table (no key) or a case cannot be had.
  mutating func failReview(_ key: ImageKey?, _ text: String) {
    cases.fail(key, text)
    // Why there is no table stands where the table would.
    if key == nil, cases.rows.isEmpty { say(text) } else { fail(text) }
  }

  /// Takes the table in.
  mutating func take(_ rows: [ReviewRow]) -> [Effect] {
    cases.take(rows)
    return loadCases()
  }

  /// Carries out a command of the review.
  mutating func performInReview(_ command: Command) -> [Effect] {
    let page = max(1, Layout(self).list.size.rows - 1)
    switch command {
    case .selectNext: return selectCase(cases.selected + 1)
    case .selectPrevious: return selectCase(cases.selected - 1)
    case .selectPageUp: return selectCase(cases.selected - page)
    case .selectPageDown: return selectCase(cases.selected + page)
    case .selectFirst: return selectCase(0)
    case .selectLast: return selectCase(cases.rows.count - 1)
    case .correct:
      guard let key = cases.row?.image, place(of: key) != nil else { return [] }
      open(key)
      tab = .annotate
      cases.isCorrecting = true
    case .refresh: return refreshReview()
    case .zoomIn, .zoomOut: zoomCases(inward: command == .zoomIn, around: nil)
    case .zoomFit: cases.look = Look()
    case .zoomOne:
      guard let view = caseViewport else { return [] }
      cases.look = Look(
        zoom: 1, around: PixelPoint(x: Int(view.centerX), y: Int(view.centerY)))
    case .pan(let dx, let dy):
      guard var view = caseViewport else { return [] }
      view.pan(columns: Double(4 * dx), rows: Double(4 * dy))
      cases.look.keep(view)
    default: break
    }
    return []
  }

  /// Zooms all panes.
  mutating func zoomCases(inward: Bool, around point: Point?) {
    guard let view = caseViewport else { return }
    let pane = Layout(self).panes().map(paneArea).first { point.map($0.contains) ?? false }
    let anchor = point.flatMap { point in
      pane.map {
        Point(
          column: point.column - $0.origin.column + view.area.origin.column,
          row: point.row - $0.origin.row + view.area.origin.row)
      }
    }
    cases.look.step(inward: inward, from: view, around: anchor)
  }

  /// The part of a pane below its title.
  func paneArea(_ pane: Rect) -> Rect {
    Rect(
      column: pane.origin.column, row: pane.origin.row + 1, columns: pane.size.columns,
      rows: pane.size.rows - 1)
  }

  /// The view of the chosen case in the first pane.
  var caseViewport: Viewport? {
    guard let key = cases.row?.image, let image = cases[key]?.shown.image,
      let pane = Layout(self).panes().first
    else { return nil }
    return cases.look.viewport(width: image.width, height: image.height, area: paneArea(pane))
  }

  /// Chooses a row.
  mutating func selectCase(_ row: Int) -> [Effect] {
    cases.select(row, height: max(1, Layout(self).list.size.rows))
    return loadCases()
  }

  /// Goes back to the review after a correction, at the next failure.
  mutating func reviewNext() -> [Effect] {
    if let key = cases.row?.image { cases.forget(key) }
    let isLast = cases.selected + 1 >= cases.rows.count
    let effects = show(.review)
    if isLast { say("That was the last case of the review.") }
    return effects + selectCase(cases.selected + 1)
  }

  /// Asks for the chosen case and the next.
  mutating func loadCases() -> [Effect] {
    let wanted = cases.rows.dropFirst(cases.selected).prefix(2).map(\.image)
    return cases.request(wanted).map { .loadReview($0) }
  }
}
