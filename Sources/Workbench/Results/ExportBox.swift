import Basics
import Objects
import Project
import Recipes
import Screen

/// Asks which cells are exported in which formats and where to, and shows how that goes.
struct ExportBox: BoxPart {
  /// How far it is.
  enum Stage: Equatable, Sendable {
    case asking
    case running(done: Int, total: Int)
    case over(ExportOutcome)
  }

  /// How many images have which cells.
  struct Counts: Equatable, Sendable {
    /// Accepted ones.
    var accepted = 0
    /// Only proposed ones.
    var proposed = 0
    /// Neither, nor were they rejected.
    var new = 0
  }

  /// What is asked for so far.
  private(set) var order: ExportOrder
  let counts: Counts
  /// Whether nothing can be written into the project's folder.
  let isReadOnly: Bool
  private(set) var stage: Stage
  /// The row that keys change: a format, whose cells, the folder.
  private(set) var chosen = 0

  /// Begins with what was ordered last.
  init(_ order: ExportOrder, _ counts: Counts, isReadOnly: Bool, stage: Stage = .asking) {
    (self.order, self.counts, self.isReadOnly) = (order, counts, isReadOnly)
    self.stage = stage
  }

  enum Command: Sendable {
    case export, tick, tickAll, clear
    /// Chooses a row so many further down, around the ends.
    case choose(by: Int)
    /// Chooses whose cells.
    case select(by: Int)
    /// Closes the box; what is being exported goes on.
    case close
    case stop
  }

  private static let formats = CellFormat.all
  private static var selectionRow: Int { formats.count }
  private static var folderRow: Int { formats.count + 1 }
  private static var rowCount: Int { formats.count + 2 }

  var isTyping: Bool { stage == .asking && chosen == Self.folderRow }

  var bindings: [Binding<Self>] {
    switch stage {
    case .asking: Self.whileAsking
    case .running:
      [
        Binding<Self>("Enter", [.enter, .character("q")], .close, "work on meanwhile")
          .hint("work on meanwhile", 1),
        Binding<Self>("Esc", [.escape, .character("X")], .stop, "stop").hint("stop", 2),
      ]
    case .over:
      [
        Binding<Self>("Esc", [.escape, .enter, .character("q")], .close, "close").hint("close", 1)
      ]
    }
  }

  private static let whileAsking: [Binding<Self>] = [
    Binding<Self>("Enter", [.enter], .export, "export").hint("export", 1),
    Binding<Self>("Space", [.character(" ")], .tick, "format or not")
      .when { box, _ in box.chosen < selectionRow }.hint("tick", 2),
    Binding<Self>("a", .tickAll, "all formats or none").when { box, _ in !box.isTyping }
      .hint("all", 4),
    Binding<Self>("Up", [.up(shift: false), .up(shift: true), .backTab], .choose(by: -1), "above"),
    Binding<Self>(
      "Down", [.down(shift: false), .down(shift: true), .tab], .choose(by: 1), "below"),
    Binding<Self>("k", .choose(by: -1), "above").when { box, _ in !box.isTyping },
    Binding<Self>("j", .choose(by: 1), "below").when { box, _ in !box.isTyping },
    Binding<Self>(
      [
        .init("h", [.left(shift: false), .character("h")], .select(by: -1)),
        .init("l", [.right(shift: false), .character("l")], .select(by: 1)),
      ], "whose cells"
    ).when { box, _ in !box.isTyping }.hint("cells", 5),
    Binding<Self>("Ctrl-U", [.control("u")], .clear, "empty the line")
      .when { box, _ in box.isTyping }.hint("empty the line", 4),
    Binding<Self>("Esc", [.escape], .close, "not now").hint("not now", 3),
    Binding<Self>("q", .close, "not now").when { box, _ in !box.isTyping },
  ]

  mutating func type(_ change: (String) -> String, _ window: inout Window) {
    order.folder = change(order.folder)
  }

  mutating func perform(_ command: Command, _ window: inout Window) -> [Effect] {
    switch command {
    case .export: export(&window)
    case .tick: if chosen < Self.selectionRow { toggle(Self.formats[chosen].name) }
    case .tickAll:
      let names = Self.formats.map(\.name)
      order.formats = order.formats == names ? [] : names
    case .clear: order.folder = ""
    case .choose(let steps): chosen = (chosen + steps + Self.rowCount) % Self.rowCount
    case .select(let steps):
      let all = CellSelection.allCases
      let place = all.firstIndex(of: order.selection) ?? 0
      order.selection = all[(place + steps + all.count) % all.count]
    case .close: window.box = nil
    case .stop: window.answer = .stopExport
    }
    return []
  }

  /// Ticks a format or not; they stay in the order of the list.
  private mutating func toggle(_ name: String) {
    let isTicked = order.formats.contains(name)
    order.formats = Self.formats.map(\.name).filter {
      $0 == name ? !isTicked : order.formats.contains($0)
    }
  }

  /// How many images the cells asked for are of.
  private var count: Int {
    switch order.selection {
    case .accepted: counts.accepted
    case .proposed: counts.proposed
    case .all: counts.accepted + counts.proposed
    }
  }

  private mutating func export(_ window: inout Window) {
    guard !order.formats.isEmpty else { return window.say("Space ticks a format.") }
    guard count > 0 else {
      return window.say("No image has such cells; h and l choose whose cells are exported.")
    }
    guard !isReadOnly || !order.folder.isEmpty else {
      chosen = Self.folderRow
      return window.say("This project is open to look at: type a folder that you may write.")
    }
    stage = .running(done: 0, total: 0)
    window.answer = .export(order)
  }

  /// Takes in how far it is.
  mutating func export(done: Int, of total: Int) {
    if stage != .asking { stage = .running(done: done, total: total) }
  }

  /// Takes in what came of it.
  mutating func end(_ outcome: ExportOutcome) { stage = .over(outcome) }

  /// A click ticks a format, or chooses the next cells or the folder; the wheel moves through the rows.
  mutating func take(_ mouse: Mouse, _ window: inout Window) {
    guard stage == .asking else { return }
    switch (mouse.action, mouse.button) {
    case (.scrollUp, _): _ = perform(.choose(by: -1), &window)
    case (.scrollDown, _): _ = perform(.choose(by: 1), &window)
    case (.press, .left):
      let inside = inside(window)
      let row = mouse.point.row - inside.origin.row
      guard inside.contains(mouse.point), row < Self.rowCount else { return }
      chosen = row
      if row < Self.selectionRow {
        toggle(Self.formats[row].name)
      } else if row == Self.selectionRow {
        _ = perform(.select(by: 1), &window)
      }
    default: break
    }
  }

  func hintLine(_ window: Window) -> Rect { inside(window).splitBottom(1).bottom }

  private func frame(_ window: Window) -> Rect {
    window.body.centered(
      Size(columns: min(window.body.size.columns - 4, 76), rows: Self.rowCount + 6))
  }

  private func inside(_ window: Window) -> Rect {
    frame(window).inset().inset(columns: 1, rows: 0)
  }

  func draw(_ window: Window, into grid: inout Grid) {
    let (frame, inside, theme) = (frame(window), inside(window), window.theme)
    grid.clear(frame, style: theme.style(.text))
    grid.draw(Panel(title: "Export cells"), in: frame, theme: theme)
    grid.draw(KeyHints(hints(window).hints), in: hintLine(window), theme: theme)
    let area = inside.splitBottom(1).rest
    switch stage {
    case .asking:
      window.drawLines(rows + [("", .text), (notReviewed, .dim)], in: area, into: &grid)
      grid.write(
        rows[chosen].0.padded(to: area.size.columns), column: area.origin.column,
        row: area.origin.row + chosen, style: theme.selected(), columns: area.size.columns)
    case .running(let done, let total):
      grid.draw(
        Gauge(
          fraction: Double(done) / Double(max(1, total)),
          label: total > 0 ? " writing, \(done) of \(total)" : " writing ..."),
        in: area.splitTop(1).top, theme: theme)
    case .over(let outcome):
      let lines = outcome.lines.flatMap { TextBlock.wrap($0, columns: max(1, area.size.columns)) }
      window.drawLines(lines.map { ($0, .text) }, in: area, into: &grid)
    }
  }

  private var rows: [(String, Role)] {
    let width = (Self.formats.map(\.name.columns).max() ?? 0) + 2
    let formats = Self.formats.enumerated().map { place, format in
      (place == chosen ? "> " : "  ") + (order.formats.contains(format.name) ? "[x] " : "[ ] ")
        + format.name.padded(to: width) + format.summary
    }
    let cells = "cells  < \(selectionText) >"
    let isChosen = chosen == Self.folderRow
    let folder = "folder " + order.folder + (isChosen ? "_" : "") + placeText
    let ends = [(Self.selectionRow, cells), (Self.folderRow, folder)].map { row, text in
      (row == chosen ? "> " : "  ") + text
    }
    return (formats + ends).map { ($0, .text) }
  }

  private var placeText: String {
    guard order.folder.isEmpty else { return "" }
    return isReadOnly ? " (type one)" : " export/ in the project's folder, or type another"
  }

  private var selectionText: String {
    let images = NumberText.count(count, "image")
    return switch order.selection {
    case .accepted: "accepted, \(images)"
    case .proposed: "proposed and not reviewed, \(images)"
    case .all: "all, \(images)"
    }
  }

  /// What somebody has not looked at yet.
  private var notReviewed: String {
    let count = counts.proposed + counts.new
    guard count > 0 else { return "All images are reviewed." }
    return "Not reviewed: \(NumberText.count(count, "image")), "
      + "\(counts.proposed) of them with proposed cells."
  }
}
