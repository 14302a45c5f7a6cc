import Project
public import Screen

/// Draws the model.
///
/// Pure, and never traps, however small the window is.
public func view(_ model: Model) -> Grid {
  var grid = Grid(size: model.size, style: model.theme.style(.text))
  if model.isTooSmall {
    model.drawTooSmall(into: &grid)
    return grid
  }
  let layout = Layout(model)
  switch model.tab {
  case .queue: model.drawQueue(layout, into: &grid)
  case .annotate: model.drawDesk(layout, into: &grid)
  case .train: model.drawRun(layout, into: &grid)
  case .review: model.drawReview(layout, into: &grid)
  case .scores: model.drawScores(layout, into: &grid)
  case .curves: model.drawCurves(layout, into: &grid)
  case .panes: model.drawReportPanes(layout, into: &grid)
  }
  model.drawTitle(layout, into: &grid)
  model.drawStatus(layout, into: &grid)
  grid.draw(KeyHints(Keymap.hints(for: model)), in: layout.hints, theme: model.theme)
  if let box = model.help { model.drawHelp(box, layout, into: &grid) }
  switch model.dialog {
  case .plan(let plan): model.drawPlan(plan, layout, into: &grid)
  case .confirm(let confirmation): model.drawConfirmation(confirmation, layout, into: &grid)
  case nil: break
  }
  return grid
}

extension Model {
  fileprivate func drawTooSmall(into grid: inout Grid) {
    let style = theme.style(.warning, bold: true)
    let leaving =
      unsavedStrokes > 0 ? "\(unsavedText); Ctrl-C leaves all the same" : "q saves and leaves"
    let lines = ["window too small", "60x16 is the least", leaving]
    let wrapped = lines.flatMap { TextBlock.wrap($0, columns: max(1, size.columns)) }
    for (row, line) in wrapped.enumerated() {
      grid.write(line.fitted(to: size.columns), column: 0, row: row, style: style)
    }
  }

  fileprivate func drawTitle(_ layout: Layout, into grid: inout Grid) {
    grid.clear(layout.title, style: theme.style(.text, on: .panel))
    let places = TitleLine.places(of: tabs)
    for (tab, columns) in places {
      let style = tab == self.tab ? theme.selected(bold: true) : theme.style(.dim, on: .panel)
      grid.write(TitleLine.text(of: tab), column: columns.lowerBound, row: 0, style: style)
    }
    let done = entries.count - undecidedCount
    let right =
      isWatching || report != nil
      ? "\(projectName) " : "\(projectName)  \(done)/\(entries.count) done "
    let left = (places.last?.1.upperBound ?? 0) + 1
    let room = max(0, size.columns - left)
    grid.write(
      right.fittedToEnd(of: room).padded(to: room, alignedRight: true), column: left, row: 0,
      style: theme.style(.title, on: .panel))
  }

  fileprivate func drawStatus(_ layout: Layout, into grid: inout Grid) {
    grid.clear(layout.status, style: theme.style(.text, on: .panel))
    let gaugeColumns = run.isActive ? min(30, size.columns * 2 / 5) : 0
    if run.isActive {
      let (right, _) = layout.status.splitRight(gaugeColumns)
      grid.draw(
        Gauge(fraction: run.fraction, label: " " + run.summary, role: .train), in: right,
        theme: theme)
    }
    let room = size.columns - gaugeColumns - 1
    guard let notice = notices.shown else {
      grid.write(
        (" " + statusText).fitted(to: room), column: 0, row: layout.status.origin.row,
        style: theme.style(unsavedStrokes > 0 ? .error : .dim, on: .panel))
      if let source = proposalText, statusText.columns + source.columns + 3 <= room {
        grid.write(
          source, column: room - source.columns, row: layout.status.origin.row,
          style: theme.style(.proposal, on: .panel))
      }
      return
    }
    let more = notices.behind > 0 ? " (any key: \(notices.behind) more)" : ""
    let text = (notice.kind == .failure ? "! " : "") + notice.text + more
    // A long line grows upwards rather than being cut.
    let lines = TextBlock.wrap(text, columns: max(1, room - 1)).suffix(4)
    let style = theme.style(
      notice.kind == .failure ? .error : .text, on: .panel, bold: true)
    for (offset, line) in lines.enumerated() {
      let row = layout.status.origin.row - lines.count + 1 + offset
      grid.write((" " + line).padded(to: room), column: 0, row: row, style: style)
    }
  }

  /// What the status line says when there is no notice.
  private var statusText: String {
    if unsavedStrokes > 0 {
      return "\(unsavedText) yet: free some space, then draw on; they are tried again."
    }
    if !pending.isEmpty { return "saving..." }
    if case .failed(let text) = run.phase { return "The run failed: \(text)" }
    if let report { return report.progress }
    if isWatching { return run.isActive ? "" : "the run is over; q leaves" }
    if desk.stroke != nil { return "drawing: Space or Enter ends the stroke, Esc drops it" }
    return decidedNow > 0 ? "saved; \(decidedNow) decided since the start" : "saved"
  }

  /// Whose proposal the chosen image of the queue has.
  private var proposalText: String? {
    guard tab == .queue, let chosen = queue.selection.flatMap({ entry($0) }),
      chosen.state == .proposed, let source = chosen.proposedBy
    else { return nil }
    return "proposed by "
      + (source == "simulated" ? "the simulated weights" : source.fittedToEnd(of: 24))
  }

  fileprivate func drawConfirmation(
    _ confirmation: Confirmation, _ layout: Layout, into grid: inout Grid
  ) {
    let answers = [KeyHints.Hint("y", "yes"), KeyHints.Hint("n", "no")]
    grid.draw(
      Screen.Dialog(
        title: "Sure?", text: confirmation.question, answers: answers, role: .warning),
      in: layout.body, theme: theme)
  }
}
