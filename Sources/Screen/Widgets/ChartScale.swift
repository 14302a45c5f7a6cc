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
  /// Whether the numbers beside the chart are counts, and thus whole.
  var isOfCounts = false

  func drawVertical(in rect: Rect, into grid: inout Grid, theme: Theme) {
    guard rect.size.rows > 0 else { return }
    let style = theme.style(.dim)
    let line = rect.columns.upperBound - 1
    for row in rect.rows {
      grid.write("│", column: line, row: row, style: theme.style(.border))
    }
    for (offset, value) in marks(rows: rect.size.rows) {
      let row = rect.origin.row + offset
      let text = NumberText.compact(value)
      grid.write(
        text.padded(to: rect.size.columns - 2, alignedRight: true), column: rect.origin.column,
        row: row, style: style)
      grid.write("┤", column: line, row: row, style: theme.style(.border))
    }
  }

  /// Rows from the top that have a number, and the number.
  private func marks(rows: Int) -> [(offset: Int, value: Double)] {
    let most = max(2, min(rows / 4 + 1, 6))
    guard !isOfCounts else { return wholeMarks(rows: rows, most: most) }
    return (0..<most).map { mark in
      let offset = (rows - 1) * mark / (most - 1)
      return (offset, scale.value(at: 1 - Double(offset) / Double(max(1, rows - 1))))
    }
  }

  /// Whole numbers in even steps of 1, 2 or 5 tens, hundreds and so on, as many as there is room for; where that
  /// leaves one, the least and the greatest.
  private func wholeMarks(rows: Int, most: Int) -> [(offset: Int, value: Double)] {
    var (step, next) = (1.0, 0)
    while (scale.high - scale.low) / step >= Double(most) {
      step *= [2, 2.5, 2][next % 3]
      next += 1
    }
    let first = (scale.low / step).rounded(.up) * step
    let even = Array(stride(from: first, through: scale.high, by: step))
    let values = even.count > 1 ? even : [scale.low.rounded(.up), scale.high.rounded(.down)]
    return values.compactMap { value in
      scale.height(value).map { (Int(((1 - $0) * Double(rows - 1)).rounded()), value) }
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
