import Basics
public import Foundation

/// A histogram or a scatter plot on linear axes, as SVG or PNG.
public struct PlotFigure {
  /// What is drawn of the values.
  public enum Marks {
    /// Bars of one width side by side, the first of them from `start` on.
    case bars(start: Double, width: Double, heights: [Double])
    /// A dot each.
    case dots([(x: Double, y: Double)])
  }

  private let title: String
  private let titles: (x: String, y: String)
  private let marks: Marks
  private static let size = (width: 640, height: 440)
  private static let plot = PixelRect(x: 86, y: 40, width: 532, height: 336)

  /// Draws marks under a title, with what the axes say.
  public init(title: String, x: String, y: String, _ marks: Marks) {
    (self.title, titles, self.marks) = (title, (x, y), marks)
  }

  /// The figure as SVG text.
  public var svg: String {
    SVG.document(width: Self.size.width, height: Self.size.height, parts.map(\.svg))
  }

  /// The figure as a PNG file, twice as large in pixels.
  public var png: Data { drawn().png }

  /// The figure on a canvas twice as large.
  func drawn() -> Canvas {
    let scale = 2
    var canvas = Canvas(width: scale * Self.size.width, height: scale * Self.size.height)
    for part in parts { part.draw(on: &canvas, scale: scale) }
    return canvas
  }

  /// What it is drawn of, the last on top.
  private var parts: [FigurePart] {
    let plot = Self.plot
    let heading = FigurePart.text(title, x: Double(plot.x), y: 26, .text, .start)
    guard let axes else {
      let middle = Double(plot.y + plot.height / 2)
      return [heading, .text("no values", x: Double(plot.x) + 20, y: middle, .dim, .start)]
    }
    return [heading] + rules(axes) + dots(axes) + frame(axes)
  }

  private typealias Axes = (x: LinearAxis, y: LinearAxis)

  /// The axes that hold all marks; nil where there is none.
  private var axes: Axes? {
    switch marks {
    case .bars(let start, let width, let heights):
      guard let highest = heights.max() else { return nil }
      return (
        LinearAxis(from: start, to: start + width * Double(heights.count)),
        LinearAxis(from: 0, to: max(1, highest), margin: (0, 0.05))
      )
    case .dots(let points):
      let points = points.filter { $0.x.isFinite && $0.y.isFinite }
      guard let left = points.map(\.x).min(), let right = points.map(\.x).max(),
        let low = points.map(\.y).min(), let high = points.map(\.y).max()
      else { return nil }
      return (
        LinearAxis(from: left, to: right, margin: (0.03, 0.03)),
        LinearAxis(from: low, to: high, margin: (0.03, 0.03))
      )
    }
  }

  private func x(_ value: Double, _ axes: Axes) -> Double {
    Double(Self.plot.x) + Double(Self.plot.width) * axes.x.place(of: value)
  }

  private func y(_ value: Double, _ axes: Axes) -> Double {
    Double(Self.plot.bottom) - Double(Self.plot.height) * axes.y.place(of: value)
  }

  private func dots(_ axes: Axes) -> [FigurePart] {
    switch marks {
    case .bars(let start, let width, let heights):
      return heights.enumerated().map { place, height in
        let (left, right) = (
          x(start + width * Double(place), axes), x(start + width * Double(place + 1), axes)
        )
        let top = y(height, axes)
        return .bar(
          x: left, y: top, width: max(0.5, right - left - 1),
          height: Double(Self.plot.bottom) - top, Ink.curves[0])
      }
    case .dots(let points):
      // Dots that would lie on one another are one, however many cells there are.
      var seen: Set<[Int]> = []
      return points.compactMap { point in
        guard point.x.isFinite, point.y.isFinite else { return nil }
        let place = (x(point.x, axes), y(point.y, axes))
        guard seen.insert([Int(place.0.rounded()), Int(place.1.rounded())]).inserted else {
          return nil
        }
        return .line([place], Ink.curves[0], width: 5)
      }
    }
  }

  /// Lines behind the marks with the numbers of the axis upwards.
  private func rules(_ axes: Axes) -> [FigurePart] {
    let (left, right) = (Double(Self.plot.x), Double(Self.plot.right))
    // Bars count.
    let isWhole = if case .bars = marks { true } else { false }
    return axes.y.ticks(most: 6, isWhole: isWhole).flatMap { tick -> [FigurePart] in
      let y = y(tick.value, axes)
      return [
        .line([(left, y), (right, y)], .rule, width: 1),
        .text(tick.text, x: left - 10, y: y + 5, .dim, .end),
      ]
    }
  }

  /// Both axes with the numbers of the one across and what they say.
  private func frame(_ axes: Axes) -> [FigurePart] {
    let (left, right) = (Double(Self.plot.x), Double(Self.plot.right))
    let (top, bottom) = (Double(Self.plot.y), Double(Self.plot.bottom))
    let ticks = axes.x.ticks(most: 7).flatMap { tick -> [FigurePart] in
      let x = x(tick.value, axes)
      return [
        .line([(x, bottom), (x, bottom + 6)], .dim, width: 1),
        .text(tick.text, x: x, y: bottom + 22, .dim, .middle),
      ]
    }
    return ticks + [
      .line([(left, top), (left, bottom), (right, bottom)], .dim, width: 1),
      .text(titles.x, x: (left + right) / 2, y: bottom + 46, .dim, .middle),
      .text(titles.y, x: right, y: 26, .dim, .end),
    ]
  }
}

/// A linear axis with round numbers at it.
struct LinearAxis {
  private let low: Double
  private let high: Double

  /// From a value to a larger one with shares of that as margins, or a bit around one value.
  init(from low: Double, to high: Double, margin: (low: Double, high: Double) = (0, 0)) {
    let isWide = high - low > max(abs(low), abs(high)) * 1e-9
    let (low, high) =
      isWide ? (low, high) : (low - max(0.5, abs(low) / 2), high + max(0.5, abs(high) / 2))
    self.low = low - (high - low) * margin.low
    self.high = high + (high - low) * margin.high
  }

  /// Where a value stands, 0 at the lower end and 1 at the upper.
  func place(of value: Double) -> Double { (value - low) / (high - low) }

  /// Steps of 1, 2 or 5 times a power of ten within, at most so many, and whole ones if told, with their texts.
  func ticks(most: Int, isWhole: Bool = false) -> [(value: Double, text: String)] {
    let raw = (high - low) / Double(most)
    let power = pow(10, log10(raw).rounded(.down))
    guard raw.isFinite, power.isNormal,
      let factor = [1.0, 2, 5, 10].first(where: {
        $0 * power >= raw * (1 - 1e-9)
      })
    else { return [] }
    let step = isWhole ? max(1, factor * power) : factor * power
    let (first, last) = ((low / step - 1e-9).rounded(.up), (high / step + 1e-9).rounded(.down))
    guard last >= first else { return [] }
    let digits = max(0, -Int(log10(step).rounded(.down)))
    return (0...Int(last - first)).map { place in
      let value = (first + Double(place)) * step
      let isPlain = abs(value) < 1e6 && digits <= 6
      return (
        value, isPlain ? NumberText.decimal(value, digits: digits) : NumberText.compact(value)
      )
    }
  }
}
