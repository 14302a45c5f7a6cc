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

  let panels: [Panel]
  let labels: [Label]
  private static let panelWidth = 620
  private static let panelHeight = 420
  private static let margin = (left: 86, top: 40, right: 22, bottom: 58)

  /// The figure as SVG text.
  var svg: String {
    let width = Self.panelWidth * max(1, panels.count)
    let columns = legendColumns(width)
    let rows = (labels.count + columns - 1) / columns
    let height = Self.panelHeight + 22 * rows + 16
    let legend = labels.enumerated().map { index, label in
      let column = (width - Self.margin.left) / columns
      let x = Double(Self.margin.left + index % columns * column)
      let y = Double(Self.panelHeight + 22 * (index / columns))
      return SVG.line([(x, y + 8), (x + 34, y + 8)], label.ink, width: 3, dash: label.dash)
        + SVG.text(label.text, x: x + 44, y: y + 13)
    }
    return SVG.document(
      width: width, height: height,
      panels.enumerated().map { drawn($1, left: $0 * Self.panelWidth) } + legend)
  }

  private func legendColumns(_ width: Int) -> Int {
    let widest = labels.map { $0.text.count * SVG.letterWidth + 70 }.max() ?? 1
    return max(1, (width - Self.margin.left) / widest)
  }

  private func drawn(_ panel: Panel, left: Int) -> String {
    let plot = PixelRect(
      x: left + Self.margin.left, y: Self.margin.top,
      width: Self.panelWidth - Self.margin.left - Self.margin.right,
      height: Self.panelHeight - Self.margin.top - Self.margin.bottom)
    let title = SVG.text(panel.title, x: Double(plot.x), y: 26)
    let points = panel.curves.flatMap(\.points).filter { $0.y > 0 && $0.y.isFinite }
    guard let low = points.map(\.y).min(), let high = points.map(\.y).max(),
      let last = points.map(\.x).max()
    else {
      return title
        + SVG.text(
          "no values", x: Double(plot.x) + 20, y: Double(plot.y + plot.height / 2), ink: .dim)
    }
    let axis = LogAxis(low: low, high: high)
    let curves = panel.curves.map { curve in
      curve.points.split { !($0.y > 0 && $0.y.isFinite) }.map { part in
        SVG.line(
          part.map { point in
            (
              Double(plot.x) + Double(plot.width) * point.x / max(1, last),
              Double(plot.bottom) - Double(plot.height) * axis.place(of: point.y)
            )
          }, curve.ink, width: 2, dash: curve.dash)
      }.joined()
    }
    return title + axes(plot, axis, last: last) + curves.joined()
  }

  private func axes(_ plot: PixelRect, _ axis: LogAxis, last: Double) -> String {
    let (left, right) = (Double(plot.x), Double(plot.right))
    let (top, bottom) = (Double(plot.y), Double(plot.bottom))
    let losses = axis.ticks.map { tick in
      let y = bottom - Double(plot.height) * axis.place(of: tick)
      return SVG.line([(left, y), (right, y)], .rule, width: 1)
        + SVG.text(LogAxis.text(tick), x: left - 10, y: y + 5, ink: .dim, anchor: "end")
    }
    let epochs = LinearTicks.ticks(to: last, most: 6).map { tick in
      let x = left + Double(plot.width) * tick / max(1, last)
      return SVG.line([(x, bottom), (x, bottom + 6)], .dim, width: 1)
        + SVG.text("\(Int(tick))", x: x, y: bottom + 22, ink: .dim, anchor: "middle")
    }
    return losses.joined() + epochs.joined()
      + SVG.line([(left, top), (left, bottom), (right, bottom)], .dim, width: 1)
      + SVG.text("epoch", x: (left + right) / 2, y: bottom + 46, ink: .dim, anchor: "middle")
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
