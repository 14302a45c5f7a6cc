import Basics
internal import Foundation

/// Losses over epochs on logarithmic scales: training at the left, validation at the right.
struct CurveFigure {
  /// A run's curve.
  struct Curve {
    let ink: Ink
    /// Pixels of a dash; nil for a line drawn through.
    let dash: Double?
    let points: [(x: Double, y: Double)]
  }

  /// Curves under a title.
  struct Panel {
    let title: String
    let curves: [Curve]
  }

  /// A line of the legend.
  struct Label {
    let text: String
    let ink: Ink
    let dash: Double?
  }

  private let panels: [Panel]
  private let labels: [Label]
  private static let panelWidth = 620
  private static let panelHeight = 420
  private static let margin = (left: 86, top: 40, right: 22, bottom: 58)

  init(panels: [Panel], labels: [Label]) {
    self.panels = panels
    self.labels = labels
  }

  /// The figure.
  func drawn() -> Canvas {
    let width = Self.panelWidth * max(1, panels.count)
    let columns = legendColumns(width)
    let rows = (labels.count + columns - 1) / columns
    var canvas = Canvas(width: width, height: Self.panelHeight + 22 * rows + 16)
    for (index, panel) in panels.enumerated() {
      draw(panel, left: index * Self.panelWidth, on: &canvas)
    }
    for (index, label) in labels.enumerated() {
      let column = (width - Self.margin.left) / columns
      let x = Self.margin.left + index % columns * column
      let y = Self.panelHeight + 22 * (index / columns)
      canvas.line(
        from: (Double(x), Double(y + 8)), to: (Double(x + 34), Double(y + 8)), label.ink, width: 3,
        dash: label.dash)
      canvas.write(label.text, x: x + 44, y: y)
    }
    return canvas
  }

  private func legendColumns(_ width: Int) -> Int {
    let widest = labels.map { BitmapFont.width(of: $0.text, scale: 2) + 70 }.max() ?? 1
    return max(1, (width - Self.margin.left) / widest)
  }

  private func draw(_ panel: Panel, left: Int, on canvas: inout Canvas) {
    let plot = PixelRect(
      x: left + Self.margin.left, y: Self.margin.top,
      width: Self.panelWidth - Self.margin.left - Self.margin.right,
      height: Self.panelHeight - Self.margin.top - Self.margin.bottom)
    canvas.write(panel.title, x: plot.x, y: 12)
    let points = panel.curves.flatMap(\.points).filter { $0.y > 0 && $0.y.isFinite }
    guard let low = points.map(\.y).min(), let high = points.map(\.y).max(),
      let last = points.map(\.x).max()
    else {
      canvas.write("no values", x: plot.x + 20, y: plot.y + plot.height / 2, .dim)
      return
    }
    let axis = LogAxis(low: low, high: high)
    drawAxes(plot, axis, last: last, on: &canvas)
    for curve in panel.curves {
      var previous: (x: Double, y: Double)?
      var along = 0.0
      for point in curve.points {
        guard point.y > 0, point.y.isFinite else {
          previous = nil
          continue
        }
        let place = (
          x: Double(plot.x) + Double(plot.width) * point.x / max(1, last),
          y: Double(plot.bottom) - Double(plot.height) * axis.place(of: point.y)
        )
        let from = previous ?? place
        canvas.line(
          from: from, to: place, curve.ink, width: 2, dash: curve.dash, offset: along)
        along += ((place.x - from.x) * (place.x - from.x) + (place.y - from.y) * (place.y - from.y))
          .squareRoot()
        previous = place
      }
    }
  }

  private func drawAxes(
    _ plot: PixelRect, _ axis: LogAxis, last: Double, on canvas: inout Canvas
  ) {
    for tick in axis.ticks {
      let y = plot.bottom - Int((Double(plot.height) * axis.place(of: tick)).rounded())
      canvas.fill(PixelRect(x: plot.x, y: y, width: plot.width, height: 1), .rule)
      let text = LogAxis.text(tick)
      canvas.write(
        text, x: plot.x - 10 - BitmapFont.width(of: text, scale: 2), y: y - 7, .dim)
    }
    for tick in LinearTicks.ticks(to: last, most: 6) {
      let x = plot.x + Int((Double(plot.width) * tick / max(1, last)).rounded())
      canvas.fill(PixelRect(x: x, y: plot.bottom, width: 1, height: 6), .dim)
      let text = "\(Int(tick))"
      canvas.write(text, x: x - BitmapFont.width(of: text, scale: 2) / 2, y: plot.bottom + 10, .dim)
    }
    canvas.fill(PixelRect(x: plot.x, y: plot.bottom, width: plot.width, height: 1), .dim)
    canvas.fill(PixelRect(x: plot.x, y: plot.y, width: 1, height: plot.height), .dim)
    let label = "epoch"
    canvas.write(
      label, x: plot.x + (plot.width - BitmapFont.width(of: label, scale: 2)) / 2,
      y: plot.bottom + 34, .dim)
  }
}

/// A logarithmic axis with round numbers at it.
struct LogAxis {
  private let low: Double
  private let high: Double

  /// From a positive value to a larger one, or a bit around one value.
  init(low: Double, high: Double) {
    let margin = high > low * 1.05 ? 1.0 : 1.1
    self.low = log10(low / margin)
    self.high = log10(high * margin)
  }

  /// Where a positive value stands, 0 at the lower end and 1 at the upper.
  func place(of value: Double) -> Double { (log10(value) - low) / (high - low) }

  /// Round numbers within, at least two where there are.
  var ticks: [Double] {
    let steps: [[Double]] = [[1], [1, 3], [1, 2, 5], [1, 1.5, 2, 3, 4, 5, 6, 7, 8, 9]]
    var found: [Double] = []
    for step in steps {
      found = (Int(low.rounded(.down))...Int(high.rounded(.up))).flatMap { power in
        step.map { $0 * pow(10, Double(power)) }
      }.filter { place(of: $0) >= -1e-9 && place(of: $0) <= 1 + 1e-9 }
      if found.count >= 4 { break }
    }
    return found
  }

  /// A tick's number: `0.02`, `1.5`, `20`.
  static func text(_ value: Double) -> String {
    var text = NumberText.decimal(value, digits: 6)
    while text.contains("."), text.hasSuffix("0") || text.hasSuffix(".") {
      let wasPoint = text.removeLast() == "."
      if wasPoint { break }
    }
    return text
  }
}

/// Round whole numbers from 0 up.
enum LinearTicks {
  /// The numbers up to an end, at most so many steps.
  static func ticks(to end: Double, most: Int) -> [Double] {
    guard end.isFinite, end >= 1 else { return [0] }
    var step = 1.0
    var factors = [2.0, 2.5, 2.0]
    while end / step > Double(most) {
      step *= factors[0]
      factors.append(factors.removeFirst())
    }
    return Array(stride(from: 0, through: end, by: step.rounded()))
  }
}
