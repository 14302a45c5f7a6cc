import Basics
import Foundation

/// Where values stand in a chart, 0...1 from left and from below.
struct ChartScale {
  let first: Double
  let last: Double
  let low: Double
  let high: Double
  let isLogarithmic: Bool

  /// Spans the values; equal ones get some room around.
  init(first: Double, last: Double, low: Double, high: Double, isLogarithmic: Bool) {
    self.first = first
    self.last = last
    self.isLogarithmic = isLogarithmic
    guard high - low <= abs(high) * 1e-6 else {
      self.low = low
      self.high = high
      return
    }
    self.low = isLogarithmic ? low / 2 : low - max(0.5, abs(low) / 2)
    self.high = isLogarithmic ? high * 2 : high + max(0.5, abs(high) / 2)
  }

  func across(_ place: Double) -> Double {
    last > first ? min(1, max(0, (place - first) / (last - first))) : 0
  }

  func height(_ value: Double) -> Double? {
    guard value.isFinite, !isLogarithmic || value > 0 else { return nil }
    let share =
      isLogarithmic ? log(value / low) / log(high / low) : (value - low) / (high - low)
    return share.isFinite ? min(1, max(0, share)) : nil
  }

  /// The value at a height.
  func value(at height: Double) -> Double {
    isLogarithmic ? low * pow(high / low, height) : low + height * (high - low)
  }
}

/// The numbers beside and under a chart.
struct ChartAxis {
  let scale: ChartScale
  /// What the axis counts.
  let label: String

  func drawVertical(in rect: Rect, into grid: inout Grid, theme: Theme) {
    guard rect.size.rows > 0 else { return }
    let marks = max(2, min(rect.size.rows / 4 + 1, 6))
    let style = theme.style(.dim)
    let line = rect.columns.upperBound - 1
    for row in rect.rows {
      grid.write("│", column: line, row: row, style: theme.style(.border))
    }
    for mark in 0..<marks {
      let offset = (rect.size.rows - 1) * mark / (marks - 1)
      let height = 1 - Double(offset) / Double(max(1, rect.size.rows - 1))
      let row = rect.origin.row + offset
      let text = NumberText.compact(scale.value(at: height))
      grid.write(
        text.padded(to: rect.size.columns - 2, alignedRight: true), column: rect.origin.column,
        row: row, style: style)
      grid.write("┤", column: line, row: row, style: theme.style(.border))
    }
  }

  func drawHorizontal(in rect: Rect, corner: Int, into grid: inout Grid, theme: Theme) {
    guard rect.size.rows >= 2, rect.size.columns > 0 else { return }
    let row = rect.origin.row
    grid.write(
      "└" + String(repeating: "─", count: rect.size.columns), column: corner, row: row,
      style: theme.style(.border))
    let style = theme.style(.dim)
    let first = NumberText.compact(scale.first)
    let last = NumberText.compact(scale.last)
    grid.write(first, column: rect.origin.column, row: row + 1, style: style)
    guard rect.size.columns > first.columns + last.columns + 2 else { return }
    grid.write(last, column: rect.columns.upperBound - last.columns, row: row + 1, style: style)
    let middle = rect.origin.column + (rect.size.columns - label.columns) / 2
    guard label.columns + 2 * (first.columns + last.columns + 2) < rect.size.columns else { return }
    grid.write(label, column: middle, row: row + 1, style: style)
  }
}
