import Imaging
import Project
import Recipes
import Screen
import Testing

@testable import Workbench

/// Dispatch, hints, help and palette come out of one table.
@Suite struct BindingTests {
  /// The lines of each screen, by its name.
  private static var screens: [(name: String, lines: [KeyLine])] {
    let window = Window(size: Size(columns: 120, rows: 40), theme: .dark, colorDepth: .direct)
    var project = ProjectContext(
      name: "cells", entries: [ProjectEntry(key: ImageKey("a.png"), state: .new)], window: window)
    var found: [(name: String, lines: [KeyLine])] = ProjectScreens.tabs.map { tab in
      project.tab = tab
      return (tab.rawValue, ProjectScreens().keyLines(project))
    }
    found.append(("watched", RunScreens().keyLines(WatchContext(name: "run", window: window))))
    let results = ReportSession.results(seeds: 2, hasRuns: true)
    var report = ReportContext(results, name: "report", window: window)
    found += ReportScreens.tabs.map { tab in
      report.tab = tab
      return (tab.rawValue, ReportScreens().keyLines(report))
    }
    return found
  }

  @Test func `a key gives one command on a screen`() {
    for (name, lines) in Self.screens {
      var seen: Set<Key> = []
      for key in lines.flatMap(\.keys) { #expect(seen.insert(key).inserted, "\(name) \(key)") }
    }
  }

  @Test func `the line at the bottom names keys that the help names, the help among them`() {
    for (name, lines) in Self.screens {
      let hints = HintLine(lines).hints
      #expect(hints.contains(KeyHints.Hint("?", "keys")), "\(name)")
      let labels = lines.filter { !$0.text.isEmpty }.map(\.label).joined(separator: " ")
      for key in hints.flatMap({ $0.key.split(separator: " ") }) {
        #expect(labels.contains(key), "\(name) \(key)")
      }
    }
  }

  @Test func `every place of the line at the bottom gives a command`() {
    for (name, lines) in Self.screens {
      let line = HintLine(lines)
      let rect = Rect(column: 3, row: 7, columns: 400, rows: 1)
      for place in KeyHints(line.hints).places(in: rect) {
        for column in place {
          let point = Point(column: column, row: 7)
          #expect(line.choice(at: point, in: rect) != nil, "\(name) \(column)")
        }
      }
      #expect(line.choice(at: Point(column: 399, row: 7), in: rect) == nil)
    }
  }

  @Test func `what cannot be done now says why, and the help shows it so`() {
    var session = Session()
    session.press(.function(4))
    session.type("S")
    #expect(session.screen.contains("No run is going on"))
    let stop = Self.screens[2].lines.first { $0.keys == [.character("S")] }
    #expect(stop?.isAvailable == false)
  }
}
