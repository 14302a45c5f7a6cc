import Comparison
import Screen

/// The screens of a comparison's report, which change nothing: scores, curves and predictions.
struct ReportScreens: ScreenSet {
  typealias Shared = ReportContext

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

  static let table = joined(
    tabBindings([.scores: "scores", .curves: "curves", .panes: "predictions"]) { tab, report in
      tab == .curves && report.tab == .scores ? KeyLine.Hint(label: "curves", rank: 4) : nil
    },
    [
      Binding<Self>("q", .back, "back; from the scores out").hint { _, report in
        KeyLine.Hint(label: report.tab == .scores ? "leave" : "back", rank: 99)
      }
    ], helpBindings, terminalBindings(leaving: "leave at once"))

  func back(_ report: inout ReportContext) -> [Effect] {
    guard report.tab != .scores else { return [.quit] }
    report.show(.scores)
    return []
  }

  mutating func retry(_ report: inout ReportContext) { panes.cache.retry() }

  mutating func take(_ event: Event, _ report: inout ReportContext) -> [Effect] {
    switch event {
    case .reportLoaded(let key, let pictures): panes.insert(pictures, for: key, report)
    case .stretched(let key, let shown): panes.cache.take(shown, for: key)
    case .failed(let trouble, let text):
      if case .report(let key) = trouble { panes.cache.fail(key, text) }
      report.fail(text)
    case .notice(let text): report.tell(text)
    default: break
    }
    return []
  }

  func title(_ report: ReportContext) -> String { "\(report.name) " }

  func status(_ report: ReportContext) -> StatusText { StatusText(text: report.progress) }
}
