import Basics
import Objects
import Recipes
import Screen

/// A histogram of one measure of the cells and a scatter plot of two, over the screen.
struct MeasuresBox: BoxPart {
  enum Command: Sendable {
    case close, changeScope, changeUnit
    /// Shows the measure so many further on, around the ends.
    case first(by: Int)
    case second(by: Int)
  }

  /// The image in hand, where it can be measured.
  let key: ImageKey?
  /// Whether there are accepted cells.
  let hasAccepted: Bool
  /// Whether the image in hand is looked at rather than the accepted cells of all.
  private(set) var isOfOne: Bool
  /// How many images are measured of how many, while that goes on.
  private(set) var progress: (done: Int, total: Int)?
  private var one: MeasuredCells?
  private var all: MeasuredCells?
  /// Places among the measures: of the histogram and the axis across, and of the axis upwards.
  private var places = (
    first: Self.place(of: "area"), second: Self.place(of: "circularity")
  )
  /// Whether pixels are shown though micrometres are known.
  private var prefersPixels = false
  private var plots: MeasurePlots?

  /// Begins with the image in hand or with all.
  init(of key: ImageKey?, hasAccepted: Bool, isOfOne: Bool) {
    (self.key, self.hasAccepted, self.isOfOne) = (key, hasAccepted, isOfOne)
  }

  private static func place(of name: String) -> Int {
    Measure.plotted.firstIndex { $0.name == name } ?? 0
  }

  var bindings: [Binding<Self>] {
    [
      Binding<Self>(
        [
          .init("h", [.left(shift: false), .character("h")], .first(by: -1), "measure before"),
          .init("l", [.right(shift: false), .character("l")], .first(by: 1), "next measure"),
        ], "measure"
      ).hint("measure", 1),
      Binding<Self>(
        [
          .init("k", [.up(shift: false), .character("k")], .second(by: -1), "second before"),
          .init("j", [.down(shift: false), .character("j")], .second(by: 1), "next second"),
        ], "second measure"
      ).hint("second", 2),
      Binding<Self>("i", [.character("i"), .tab], .changeScope, "this image or all")
        .when { box, _ in box.key != nil && box.hasAccepted }.hint("this image, all", 4),
      Binding<Self>("u", .changeUnit, "micrometres or pixels")
        .when { box, _ in box.shown?.images.haveMicrometres == true }.hint("um, pixels", 5),
      Binding<Self>(
        "Esc", [.escape, .enter, .character("q"), .character("M")], .close, "close"
      ).hint("close", 3),
    ]
  }

  /// What is looked at, once it is measured.
  private var shown: MeasuredCells? { isOfOne ? one : all }

  mutating func perform(_ command: Command, _ window: inout Window) -> [Effect] {
    let count = Measure.plotted.count
    switch command {
    case .close:
      window.box = nil
      if shown == nil { window.answer = .stopMeasuring }
      return []
    case .first(let steps): places.first = (places.first + steps + count) % count
    case .second(let steps): places.second = (places.second + steps + count) % count
    case .changeUnit: prefersPixels.toggle()
    case .changeScope:
      isOfOne.toggle()
      progress = nil
      if shown == nil { window.answer = .measure(isOfOne: isOfOne) }
    }
    plot()
    return []
  }

  /// The wheel changes the measure of the plot under it, a click shows the next.
  mutating func take(_ mouse: Mouse, _ window: inout Window) {
    let halves = layout(window).halves
    let isFirst = halves[0].contains(mouse.point)
    guard isFirst || halves[1].contains(mouse.point) else { return }
    let steps =
      switch (mouse.action, mouse.button) {
      case (.scrollUp, _): -1
      case (.scrollDown, _), (.press, .left): 1
      default: 0
      }
    guard steps != 0 else { return }
    _ = perform(isFirst ? .first(by: steps) : .second(by: steps), &window)
  }

  /// Takes in how far it is.
  mutating func measure(done: Int, of total: Int) { progress = (done, total) }

  /// Takes in what was measured.
  mutating func insert(_ cells: MeasuredCells) {
    if cells.key == nil { all = cells } else if cells.key == key { one = cells }
    plot()
  }

  /// Works out what is drawn, once a choice or what is measured changes.
  private mutating func plot() {
    plots = shown.map {
      MeasurePlots(
        $0.images, Measure.plotted[places.first], Measure.plotted[places.second],
        inMicrometres: !prefersPixels && $0.images.haveMicrometres)
    }
  }

  func hintLine(_ window: Window) -> Rect { layout(window).hints }

  private struct Layout {
    let frame: Rect
    let heading: Rect
    let halves: [Rect]
    let notes: Rect
    let hints: Rect
  }

  private func layout(_ window: Window) -> Layout {
    let inside = window.body.inset().inset(columns: 1, rows: 0)
    let (hints, upper) = inside.splitBottom(1)
    let (heading, middle) = upper.splitTop(3)
    let lines = noteLines(inside.size.columns).count
    let (notes, plots) = middle.splitBottom(min(lines, 3))
    return Layout(
      frame: window.body, heading: heading, halves: plots.sideBySide(2, gap: 2), notes: notes,
      hints: hints)
  }

  private func noteLines(_ columns: Int) -> [String] {
    shown?.notes.flatMap { TextBlock.wrap($0, columns: max(1, columns)) } ?? []
  }

  func draw(_ window: Window, into grid: inout Grid) {
    let layout = layout(window)
    let what = isOfOne ? "\(key?.text ?? "") as it is shown" : "all accepted cells"
    grid.clear(layout.frame, style: window.theme.style(.text))
    grid.draw(Panel(title: "Measures: \(what)"), in: layout.frame, theme: window.theme)
    grid.draw(KeyHints(hints(window).hints), in: layout.hints, theme: window.theme)
    guard let plots, let shown else {
      let text = progress.map { "measuring, \($0.done) of \($0.total)" } ?? "measuring ..."
      let share = progress.map { Double($0.done) / Double(max(1, $0.total)) }
      grid.draw(
        Gauge(fraction: share ?? 0, label: " " + text), in: layout.heading, theme: window.theme)
      return
    }
    window.drawLines(
      [(heading(of: shown), .title), (plots.first.line, .text), (plots.second.line, .text)],
      in: layout.heading, into: &grid)
    for (half, plot) in zip(layout.halves, plots.charts) {
      let (title, rest) = half.splitTop(1)
      window.drawTitle(plot.title, .accent, in: title, into: &grid)
      grid.draw(plot.chart, in: rest, theme: window.theme)
    }
    window.drawLines(
      noteLines(layout.notes.size.columns).map { ($0, .dim) }, in: layout.notes, into: &grid)
  }

  private func heading(of cells: MeasuredCells) -> String {
    let count = cells.images.reduce(0) { $0 + $1.cells.count }
    let text = NumberText.count(count, "cell")
    guard isOfOne else {
      return text + " of " + NumberText.count(cells.images.count, "image")
    }
    guard let confluence = cells.images.first?.confluence else { return text }
    return text + ", \(NumberText.percent(confluence * 100)) of the image"
  }
}

/// What the box of measures draws of two measures.
struct MeasurePlots: Sendable {
  /// The measure of the histogram.
  let first: Distribution
  /// The measure over it.
  let second: Distribution
  /// The histogram and the scatter plot under their titles.
  let charts: [(title: String, chart: Chart)]

  /// Looks both up.
  init(_ images: [MeasuredImage], _ first: Measure, _ second: Measure, inMicrometres: Bool) {
    self.first = Distribution(images, first, inMicrometres: inMicrometres)
    self.second = Distribution(images, second, inMicrometres: inMicrometres)
    let scatter = Scatter(images, x: first, y: second, inMicrometres: inMicrometres)
    charts = [
      ("Cells by \(self.first.title)", Self.histogram(self.first)),
      ("\(scatter.yTitle) over \(scatter.xTitle)", Self.chart(scatter)),
    ]
  }

  private static func histogram(_ distribution: Distribution) -> Chart {
    guard let bins = distribution.histogram else { return Chart(series: []) }
    let places = bins.counts.indices.map { bins.range(ofBin: $0).lowerBound }
    return Chart(
      series: [
        Chart.Series(
          "", .train, bins.counts.map(Double.init), at: places, mark: .bars(width: bins.width))
      ], lastPlace: bins.range(ofBin: bins.counts.count - 1).upperBound, lowest: 0, axis: "",
      isOfCounts: true)
  }

  private static func chart(_ scatter: Scatter) -> Chart {
    // Of equal values the dots stand in the middle.
    let range = scatter.xRange
    let margin = range.map { $0.lowerBound < $0.upperBound ? 0 : 0.5 } ?? 0
    return Chart(
      series: [
        Chart.Series(
          "", .validation, scatter.points.map(\.y), at: scatter.points.map(\.x), mark: .dots)
      ], firstPlace: range.map { $0.lowerBound - margin },
      lastPlace: range.map { $0.upperBound + margin }, axis: "")
  }
}

extension Distribution {
  /// `Area (px²): n 12, mean 48.2, median 47`.
  var line: String {
    guard let mean, let median else { return "\(title): no cell has a value" }
    return "\(title): n \(count), mean \(NumberText.compact(mean)), "
      + "median \(NumberText.compact(median))"
  }
}
