import Comparison
import Screen

/// The screens of a comparison's report: scores, curves and predictions.
///
/// Nothing in it can be changed.
struct ReportScreens: ScreenSet {
  enum Command: Sendable {
    case common(CommonCommand)
    case back
  }

  static let tabs: [Tab] = [.scores, .curves, .panes]

  var scores = ScoresScreen()
  var curves = CurvesScreen()
  var panes = PanesScreen()

  func screen(_ tab: Tab) -> any ScreenPart<ReportContext> {
    switch tab {
    case .curves: curves
    case .panes: panes
    default: scores
    }
  }

  mutating func hand(_ input: ScreenInput, _ report: inout ReportContext) -> [Effect]? {
    switch report.tab {
    case .curves: curves.take(input, &report)
    case .panes: panes.take(input, &report)
    default: scores.take(input, &report)
    }
  }

  var bindings: [Binding<Self>] { Self.table }

  private static let table = joined(
    tabBindings(Command.common, [.scores: "scores", .curves: "curves", .panes: "predictions"]) {
      tab, report in
      tab == .curves && report.tab == .scores ? KeyLine.Hint(label: "curves", rank: 4) : nil
    },
    [
      Binding<Self>("q", .back, "back; from the scores out").hint { _, report in
        KeyLine.Hint(label: report.tab == .scores ? "leave" : "back", rank: 99)
      }
    ], helpBindings(Command.common), terminalBindings(Command.common, leaving: "leave at once"))

  mutating func perform(_ command: Command, _ report: inout ReportContext) -> [Effect] {
    switch command {
    case .common(let command): return perform(common: command, &report)
    case .back:
      guard report.tab != .scores else { return [.quit] }
      report.show(.scores)
      return []
    }
  }

  mutating func retry(_ report: inout ReportContext) { panes.retry() }

  mutating func take(_ event: Event, _ report: inout ReportContext) -> [Effect] {
    switch event {
    case .reportLoaded(let key, let pictures): panes.insert(pictures, for: key, report)
    case .stretched(let key, let shown): panes.take(shown, for: key)
    case .failed(let trouble):
      if case .report(let key) = trouble.source { panes.fail(key, trouble.text) }
      report.fail(trouble.text)
    case .notice(let text): report.tell(text)
    default: break
    }
    return []
  }

  func title(_ report: ReportContext) -> String { "\(report.name) " }

  func status(_ report: ReportContext) -> StatusText { StatusText(text: report.progress) }
}
