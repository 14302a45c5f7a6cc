import Screen
import ScreenTesting
import Testing

struct WidgetTests {
  private func screen(
    _ columns: Int, _ rows: Int, draw: (inout Grid, Rect, Theme) -> Void
  ) -> Grid {
    var grid = Grid(size: Size(columns: columns, rows: rows), style: Theme.dark.style(.text))
    draw(&grid, grid.bounds, .dark)
    return grid
  }

  private static let losses = (1...60).map { 0.9 / Double($0) + 0.1 }
  private static let chart = Chart(
    series: [
      .init("train", .train, losses),
      .init("val", .validation, losses.map { $0 * 1.4 }),
    ], isLogarithmic: true, best: 45, lastPlace: 80)
  private static let table = Table(
    columns: [.init("image"), .init("state", width: 10), .init("u", width: 4, alignsRight: true)],
    count: 40, selected: 30, first: 26
  ) { index in
    [
      .init("a172_\(index).tif"), .init(index % 2 == 0 ? "new" : "accepted", .success),
      .init(".\(10 + index)", .dim),
    ]
  }
  private static let dialog = Dialog(
    title: "Start training?", text: "2 labelled images, 40 epochs: about 6 minutes.",
    answers: [.init("Enter", "start"), .init("Esc", "cancel")])

  private static let widgets: [any Widget] = [
    chart, table, dialog, Panel(title: "A long title", footer: "footer"),
    TextBlock("Some words, and averyveryverylongwordthatmustbecut 漢字漢字"),
    Gauge(fraction: 0.4, label: "40 %"),
    KeyHints([.init("u", "undo"), .init("Ctrl-R", "redo")]),
    Table(columns: [.init()], count: 2, selected: 7, hasHeader: false, first: 5) { _ in
      [.init("one")]
    },
    Gauge(fraction: .nan), Chart(series: [.init("", .train, [.nan, .infinity])]),
    Chart(series: [.init("", .train, [0, 0, 1e300, -1e300, 3])]),
    Chart(
      series: [.init("", .train, [1, 0, 7], at: [0, 2, 4], mark: .bars(width: 2))], lowest: 0,
      axis: "a long name of an axis"),
    Chart(series: [.init("", .train, [1, .nan, 7], mark: .dots)]),
    Chart(series: [.init("", .train, [0.5])], isLogarithmic: true),
  ]

  @Test(arguments: [
    (0, 0), (1, 1), (2, 1), (1, 5), (3, 2), (10, 3), (30, 8), (80, 24), (200, 60),
  ])
  func `widgets draw at any size, and nothing outside their rectangle`(columns: Int, rows: Int) {
    let margin = 3
    for widget in Self.widgets {
      let mark = Cell("#", Theme.dark.style(.error))
      var grid = Grid(
        size: Size(columns: columns + 2 * margin, rows: rows + 2 * margin), style: mark.style)
      grid.fill(grid.bounds, with: mark)
      let rect = Rect(column: margin, row: margin, columns: columns, rows: rows)
      grid.draw(widget, in: rect, theme: .dark)
      for row in grid.bounds.rows {
        for column in grid.bounds.columns
        where !rect.contains(Point(column: column, row: row)) && grid[column, row] != mark {
          Issue.record("\(type(of: widget)) \(columns)x\(rows) drew at \(column), \(row)")
          return
        }
      }
      var small = Grid(size: Size(columns: columns / 2, rows: rows / 2), style: mark.style)
      small.draw(widget, in: rect, theme: .dark)
    }
  }

  @Test func `a table keeps its selected row in view and finds rows under the mouse`() throws {
    let grid = screen(40, 10) { $0.draw(Self.table, in: $1, theme: $2) }
    try expectScreen(grid, "table", styles: true)
    let rect = grid.bounds
    #expect(Self.table.row(at: Point(column: 3, row: 0), in: rect) == nil)
    let first = Self.table.firstRow(visible: 9)
    #expect(Self.table.row(at: Point(column: 3, row: 1), in: rect) == first)
    #expect((first..<(first + 9)).contains(30))
  }

  @Test func `a chart has axes, a legend, a marked best and room for what is left`() throws {
    try expectScreen(screen(60, 14) { $0.draw(Self.chart, in: $1, theme: $2) }, "chart")
  }

  @Test func `bars stand on the lower end, and dots by themselves`() {
    let bars = Chart(
      series: [.init("", .train, [1, 2], at: [0, 1], mark: .bars(width: 1))], lastPlace: 2,
      lowest: 0, axis: "")
    let filled = screen(4, 2) { $0.draw(bars, in: $1, theme: $2) }
    #expect(filled.text(row: 0).hasPrefix("  ⣿⡇") && filled.text(row: 1).hasPrefix("⣿⡇⣿⡇"))
    let dots = Chart(series: [.init("", .train, [0, 1], at: [0, 1], mark: .dots)])
    let marked = screen(2, 1) { $0.draw(dots, in: $1, theme: $2) }
    #expect(marked.text(row: 0) == "⡀⠈")
  }

  @Test(arguments: [1, 2, 3, 4, 7, 10, 13, 45, 99, 1_234, 48_000])
  func `numbers beside counts are whole, in even steps`(count: Int) throws {
    let chart = Chart(
      series: [
        .init("", .train, [0, Double(count), 1], at: [0, 1, 2], mark: .bars(width: 1))
      ], lastPlace: 3, lowest: 0, axis: "", isOfCounts: true)
    for rows in 5..<40 {
      let grid = screen(40, rows) { $0.draw(chart, in: $1, theme: $2) }
      let numbers = (0..<rows - 2).compactMap { row -> String? in
        let text = String(grid.text(row: row).prefix(7)).filter { !" ┤│".contains($0) }
        return text.isEmpty ? nil : text
      }
      let values = try numbers.map { try #require(Int($0), "\($0) of \(count) in \(rows) rows") }
      #expect(values.count > 1 && values.last == 0)
      #expect(Set(zip(values, values.dropFirst()).map { $0 - $1 }).count == 1)
    }
  }

  @Test func `a dialog stands in the middle of what is there`() throws {
    let grid = screen(60, 9) { grid, rect, theme in
      for row in rect.rows {
        grid.write(String(repeating: ".", count: 60), column: 0, row: row, style: theme.style(.dim))
      }
      grid.draw(Self.dialog, in: rect, theme: theme)
    }
    try expectScreen(grid, "dialog", styles: true)
  }

  @Test func `bars cut what does not fit`() throws {
    let grid = screen(30, 3) { grid, rect, theme in
      let lines = rect.rows.map { Rect(column: 0, row: $0, columns: 30, rows: 1) }
      grid.draw(
        KeyHints([.init("b", "brush"), .init("e", "erase"), .init("Ctrl-R", "redo a stroke")]),
        in: lines[0], theme: theme)
      grid.draw(Gauge(fraction: 0.5, label: "epoch 12/24"), in: lines[1], theme: theme)
      grid.draw(Panel(title: "x"), in: lines[2], theme: theme)
    }
    try expectScreen(grid, "bars", styles: true)
  }

  @Test func `smoothing starts at the first value and passes by what is no number`() {
    let smooth = Smoothing.exponential([2, 2, .nan, 2], weight: 0.9)
    #expect(abs(smooth[0] - 2) < 1e-12)
    #expect(abs(smooth[3] - 2) < 1e-12)
    #expect(smooth[2].isNaN)
    #expect(Smoothing.exponential([1, 5], weight: 0) == [1, 5])
    #expect(abs(Smoothing.exponential([0, 1], weight: 0.5)[1] - 2.0 / 3) < 1e-12)
  }
}
