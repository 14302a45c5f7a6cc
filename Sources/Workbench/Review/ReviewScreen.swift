import Basics
import Imaging
import Project
import Recipes
import Screen

/// Where the newest network fails: the labelled images, the worst first.
struct ReviewScreen: ScreenPart {
  enum Command: Sendable {
    case move(ListMove)
    case correct, refresh
    case view(Viewer.Command)
  }

  /// Whether the cases are there.
  enum Phase: Equatable, Sendable {
    case none, computing, ready
  }

  static let tab = Tab.review

  /// Whether the cases are there.
  private(set) var phase = Phase.none
  /// Why there are none, when they were asked for last.
  private(set) var whyNone: String?
  /// The cases with headings over their groups, and the chosen one.
  private(set) var cases = CaseList()
  /// How all panes look at the image.
  private(set) var viewer = Viewer()
  private var listView = ListView()
  private var cache = ImageShelf<ReviewCase>(mostImages: 4)
  /// How many runs had ended when the cases were asked for.
  private var asOfRun = 0

  var bindings: [Binding<Self>] { Self.table }

  private static let table = joined(
    [
      Binding<Self>(
        "e Enter", [.enter, .character("e")], .correct, "correct it on the annotate screen"
      )
      .hint("correct", 2, keys: "e")
    ], Viewer.maskBindings { .view($0) },
    [
      Binding<Self>("n", .move(.next), "next case").hint("next", 1),
      Binding<Self>("N", .move(.previous), "previous case").hint("next", 1),
      Binding<Self>("PgUp", [.pageUp], .move(.pageUp), ""),
      Binding<Self>("PgDn", [.pageDown], .move(.pageDown), ""),
      Binding<Self>("Home", [.home], .move(.first), "worst case"),
      Binding<Self>("End", [.end], .move(.last), "best case"),
      Binding<Self>("R", .refresh, "compute again with the newest weights").unless(nothingToCompare)
        .hint("again", 5),
    ], Viewer.panBindings(rank: 4) { .view($0) }, Viewer.bindings(zoomRank: 3) { .view($0) },
    Viewer.contrastBindings { .view($0) })

  private static let nothingToCompare: @Sendable (Self, ProjectContext) -> String? = {
    $1.list.labelCount > 0 ? nil : "There is nothing to compare with: no mask is accepted yet."
  }

  mutating func perform(_ command: Command, _ project: inout ProjectContext) -> [Effect] {
    switch command {
    case .move(let move):
      let page = ReviewLayout(project.window).list.list.size.rows
      if let row = move.row(from: cases.selected, of: cases.rows.count, page: page) {
        cases.selected = row
      }
    case .correct: if let key = cases.chosen?.image { project.annotate(key, isCase: true) }
    case .refresh: return refresh(project)
    case .view(let command):
      viewer.perform(command, viewport(project), &project.window.display)
    }
    return []
  }

  /// Clicks choose and correct cases; on the panes the wheel zooms and a drag moves.
  mutating func take(_ mouse: Mouse, _ project: inout ProjectContext) -> [Effect] {
    let layout = ReviewLayout(project.window)
    guard layout.list.list.contains(mouse.point), !viewer.isDragged else {
      viewer.take(mouse, in: layout.panes.map(\.picture), viewport(project))
      return []
    }
    let click = listView.take(
      mouse, table(layout), in: layout.list.list, isDoubleClick: project.window.isDoubleClick)
    switch click {
    case .select(let line): if let row = cases.row(onLine: line) { cases.selected = row }
    case .open(let line):
      if let row = cases.row(onLine: line) {
        project.annotate(cases.rows[row].image, isCase: true)
      }
    case nil: break
    }
    return []
  }

  /// Goes on after a correction; asks for the cases where there are none or newer weights exist.
  mutating func appear(_ project: inout ProjectContext) -> [Effect] {
    if let corrected = project.corrected {
      project.corrected = nil
      cache.forget(corrected)
      if cases.selected + 1 < cases.rows.count {
        cases.selected += 1
      } else {
        project.say("That was the last case of the review.")
      }
    }
    guard phase != .ready || isStale(project) else { return [] }
    if let why = Self.nothingToCompare(self, project) {
      project.say(why)
      return []
    }
    return refresh(project)
  }

  private mutating func refresh(_ project: ProjectContext) -> [Effect] {
    guard phase != .computing else { return [] }
    phase = .computing
    asOfRun = project.finishedRuns
    return [.review]
  }

  /// Whether newer weights exist than those the cases come from.
  func isStale(_ project: ProjectContext) -> Bool { asOfRun != project.finishedRuns }

  /// Keeps the chosen case in sight, with its heading if it is the first of its group, and asks for
  /// it and the next.
  mutating func follow(_ project: inout ProjectContext) -> [Effect] {
    let line = cases.lines.firstIndex(of: .row(cases.selected))
    let isFirst = line.map { $0 > 0 && cases.row(onLine: $0 - 1) == nil } ?? false
    listView.scroll.follow(
      line, of: cases.lines.count, visible: ReviewLayout(project.window).list.list.size.rows,
      lead: isFirst ? 1 : 0)
    let wanted = cases.rows.dropFirst(cases.selected).prefix(2).map(\.image)
    return cache.request(wanted).map { .loadReview($0) }
      + cache.stretch(cases.chosen?.image, to: project.window.display.contrast)
  }

  /// Takes the table in.
  mutating func take(_ rows: [ReviewRow]) {
    cases = CaseList(rows)
    phase = .ready
    whyNone = nil
    cache.clear()
    viewer = Viewer()
  }

  /// The table cannot be had.
  mutating func failTable(_ text: String, _ project: inout ProjectContext) {
    whyNone = text
    phase = cases.rows.isEmpty ? .none : .ready
    // Why there is no table stands where the table would.
    if cases.rows.isEmpty { project.say(text) } else { project.fail(text) }
  }

  /// Takes a case in.
  mutating func insert(_ content: ReviewCase, for key: ImageKey) {
    let image = content.shown.image
    guard cases.rows.contains(where: { $0.image == key }), content.truth.fits(image),
      content.prediction.fits(image)
    else { return cache.fail(key, "image and masks do not fit") }
    cache.insert(content, for: key)
  }

  /// Takes in an image that was stretched anew.
  mutating func take(_ shown: ShownImage, for key: ImageKey) { cache.take(shown, for: key) }

  /// A case cannot be had.
  mutating func fail(_ key: ImageKey, _ text: String) { cache.fail(key, text) }

  /// A case in memory.
  func open(_ key: ImageKey) -> ReviewCase? { cache[key] }

  /// Why a case could not be had.
  func failure(_ key: ImageKey) -> String? { cache.failures[key] }

  /// The list on the screen.
  func table(_ layout: ReviewLayout) -> Table {
    let (cases, lines, columns) = (cases, cases.lines, layout.list.list.size.columns)
    return Table(
      columns: [Table.Column(), Table.Column(width: 4)], count: lines.count,
      selected: lines.firstIndex(of: .row(cases.selected)), hasHeader: false,
      first: listView.scroll.first
    ) { line in
      switch lines[line] {
      case .heading(let trainedOn):
        [Table.Item(trainedOn ? "trained on" : "not trained on", .title), Table.Item("")]
      case .row(let row):
        [
          Table.Item(" " + cases.rows[row].image.text.fittedToEnd(of: columns - 6)),
          Table.Item(
            NumberText.hundredths(cases.rows[row].iou), cases.rows[row].iou < 0.5 ? .error : .text),
        ]
      }
    }
  }

  /// The viewport of the chosen case in the first pane.
  func viewport(_ project: ProjectContext) -> Viewport? {
    guard let image = cases.chosen.flatMap({ cache[$0.image] })?.shown.image,
      let pane = ReviewLayout(project.window).panes.first
    else { return nil }
    return viewer.viewport(of: image, in: pane.picture)
  }
}
