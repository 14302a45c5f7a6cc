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
    case goToFailure(by: Int)
    case nextComparison
    case view(Viewer.Command)
  }

  enum Phase: Equatable, Sendable {
    case none, computing, ready
  }

  private(set) var phase = Phase.none
  /// Why there are no cases, when they were asked for last.
  private(set) var whyNone: String?
  /// The cases with headings over their groups, and the chosen one.
  private(set) var cases = CaseList()
  /// How all panes look at the image.
  private(set) var viewer = Viewer()
  private var listView = ListView()
  /// Which of the chosen case's failures is looked at.
  var failure: Int?
  var failureView = ListView()
  /// Whether masks are compared where cells could be.
  var comparesMasks = false
  /// The case that is looked at.
  private var viewed: ImageKey?
  var cache = ImageShelf<ReviewCase>(mostImages: 4)
  /// How many runs had ended when the cases were asked for.
  private var asOfRun = 0

  static let table = joined(
    [
      Binding<Self>(
        "e Enter", [.enter, .character("e")], .correct, "correct it on the annotate screen"
      ).hint("correct", 2, keys: "e")
    ], cellBindings, Viewer.maskBindings { .view($0) },
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
      let page = lists(project).cases.size.rows
      if let row = move.row(from: cases.selected, of: cases.rows.count, page: page) {
        cases.selected = row
      }
    case .correct: if let key = cases.chosen?.image { project.annotate(key, isCase: true) }
    case .refresh: return refresh(project)
    case .goToFailure(let step): goToFailure(by: step, &project)
    case .nextComparison: comparesMasks.toggle()
    case .view(let command):
      viewer.perform(command, viewport(project), &project.window.display)
    }
    return []
  }

  /// Clicks choose and correct cases and choose cells of them, in the list or where they are drawn; on the panes the
  /// wheel zooms and a drag moves.
  mutating func take(_ mouse: Mouse, _ project: inout ProjectContext) -> [Effect] {
    let (list, failures) = lists(project)
    if failures.contains(mouse.point), !viewer.isDragged {
      takeInFailures(mouse, failures, project)
      return []
    }
    guard list.contains(mouse.point), !viewer.isDragged else {
      if viewer.isClicked(by: mouse) { takeInErrors(mouse, &project) }
      viewer.take(
        mouse, in: Self.panes(project.window).map(\.picture), viewport(project),
        &project.window.display)
      return []
    }
    let click = listView.take(
      mouse, table(list), in: list, isDoubleClick: project.window.isDoubleClick)
    guard let click, let row = cases.row(onLine: click.row) else { return [] }
    if click.opens {
      project.annotate(cases.rows[row].image, isCase: true)
    } else {
      cases.selected = row
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

  /// Keeps the chosen case, a group's first with the heading, in sight; asks for it and the next.
  mutating func follow(_ project: inout ProjectContext) -> [Effect] {
    followFailure(project)
    let line = cases.lines.firstIndex(of: .row(cases.selected))
    let isFirst = line.map { $0 > 0 && cases.row(onLine: $0 - 1) == nil } ?? false
    listView.scroll.follow(
      line, of: cases.lines.count, visible: lists(project).cases.size.rows,
      lead: isFirst ? 1 : 0)
    let wanted = cases.rows.dropFirst(cases.selected).prefix(2).map(\.image)
    return cache.request(wanted).map { .loadReview($0) }
      + cache.stretch(cases.chosen?.image, to: project.window.display.contrast)
  }

  /// Looks at the whole of another case, where it was one of its cells that was looked at.
  private mutating func followFailure(_ project: ProjectContext) {
    let chosen = cases.chosen?.image
    if viewed != chosen {
      viewed = chosen
      if failure != nil { viewer = Viewer() }
      failure = nil
    }
    let (_, rect) = lists(project)
    failureView.scroll.follow(
      failure, of: failures.count, visible: rect.splitTop(1).rest.size.rows)
  }

  /// Looks at a cell of the chosen case.
  mutating func look(at place: Int, _ project: ProjectContext) {
    let failures = self.failures
    guard failures.indices.contains(place), let viewport = viewport(project) else { return }
    failure = place
    viewer.look(at: failures[place].box, viewport)
  }

  mutating func take(_ rows: [ImageScore]) {
    cases = CaseList(rows)
    failure = nil
    phase = .ready
    whyNone = nil
    cache.clear()
    viewer = Viewer()
  }

  mutating func failTable(_ text: String, _ project: inout ProjectContext) {
    whyNone = text
    phase = cases.rows.isEmpty ? .none : .ready
    // Why there is no table stands where the table would.
    if cases.rows.isEmpty { project.say(text) } else { project.fail(text) }
  }

  mutating func insert(_ content: ReviewCase, for key: ImageKey) {
    let image = content.shown.image
    guard cases.rows.contains(where: { $0.image == key }), content.truth.fits(image),
      content.prediction.fits(image)
    else { return cache.fail(key, "image and masks do not fit") }
    cache.insert(content, for: key)
  }

  func table(_ list: Rect) -> Table {
    Table(
      columns: [Table.Column(), Table.Column(width: 4)], count: cases.lines.count,
      selected: cases.lines.firstIndex(of: .row(cases.selected)), hasHeader: false,
      first: listView.scroll.first
    ) { line in
      switch cases.lines[line] {
      case .heading(let trainedOn):
        [Table.Item(trainedOn ? "trained on" : "not trained on", .title), Table.Item("")]
      case .row(let row):
        [
          Table.Item(" " + cases.rows[row].image.text.fittedToEnd(of: list.size.columns - 6)),
          Table.Item(
            NumberText.hundredths(cases.rows[row].iou), cases.rows[row].iou < 0.5 ? .error : .text),
        ]
      }
    }
  }

  /// The viewport of the chosen case in the first pane.
  func viewport(_ project: ProjectContext) -> Viewport? {
    cases.chosen.flatMap { cache[$0.image] }.map {
      viewer.viewport(of: $0.shown.image, in: Self.panes(project.window)[0].picture)
    }
  }
}
