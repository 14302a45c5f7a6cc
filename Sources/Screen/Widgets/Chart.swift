import Basics

/// Curves, dots or bars over a common axis, drawn in braille dots, with numbers at both axes.
public struct Chart: Widget {
  /// How values are drawn.
  public enum Mark: Equatable, Sendable {
    /// Each joined with the next.
    case line
    /// Each by itself.
    case dots
    /// A bar from the chart's lower end to each, as wide as told from its place on.
    case bars(width: Double)
  }

  /// A curve.
  public struct Series: Equatable, Sendable {
    /// Its name in the legend; empty for none.
    public var label: String
    /// Its colour.
    public var role: Role
    /// Values; where one is no number the curve is broken.
    public var values: [Double]
    /// Where each value stands on the axis; nil is 1, 2, 3...
    public var places: [Double]?
    /// How they are drawn.
    public var mark: Mark

    /// Makes a curve.
    public init(
      _ label: String, _ role: Role, _ values: [Double], at places: [Double]? = nil,
      mark: Mark = .line
    ) {
      self.label = label
      self.role = role
      self.values = values
      self.places = places
      self.mark = mark
    }

    var points: [(x: Double, y: Double)] {
      zip(places ?? values.indices.map { Double($0 + 1) }, values).map { (x: $0, y: $1) }
    }
  }

  /// The curves; the last is drawn on top.
  public var series: [Series]
  /// Whether the scale is logarithmic; values that are not positive are left out then.
  public var isLogarithmic: Bool
  /// A place on the axis to mark, such as the best epoch.
  public var best: Double?
  /// The axis begins here or at an earlier value.
  public var firstPlace: Double?
  /// The axis reaches at least so far, so that a run shows how much is left.
  public var lastPlace: Double?
  /// The scale begins here or at a lower value.
  public var lowest: Double?
  /// What the axis counts; empty where that is said elsewhere.
  public var axis: String
  /// Whether the values are counts, so that the numbers beside them are whole.
  public var isOfCounts: Bool

  /// Makes a chart.
  public init(
    series: [Series], isLogarithmic: Bool = false, best: Double? = nil,
    firstPlace: Double? = nil, lastPlace: Double? = nil, lowest: Double? = nil,
    axis: String = "epoch", isOfCounts: Bool = false
  ) {
    self.series = series
    self.isLogarithmic = isLogarithmic
    self.best = best
    self.firstPlace = firstPlace
    self.lastPlace = lastPlace
    self.lowest = lowest
    self.axis = axis
    self.isOfCounts = isOfCounts
  }

  /// Draws the chart; without room for numbers, the curves alone.
  public func draw(in rect: Rect, into grid: inout Grid, theme: Theme) {
    guard !rect.isEmpty else { return }
    guard let scale = scale() else {
      grid.write(
        "no values yet".fitted(to: rect.size.columns), column: rect.origin.column,
        row: rect.origin.row + rect.size.rows / 2, style: theme.style(.dim))
      return
    }
    let hasAxes = rect.size.columns >= 20 && rect.size.rows >= 5
    let (bottom, upper) = rect.splitBottom(hasAxes ? 2 : 0)
    let (left, plot) = upper.splitLeft(hasAxes ? 8 : 0)
    if hasAxes {
      let axis = ChartAxis(scale: scale, label: self.axis, isOfCounts: isOfCounts)
      axis.drawVertical(in: left, into: &grid, theme: theme)
      axis.drawHorizontal(
        in: bottom.splitLeft(8).rest, corner: left.columns.upperBound - 1, into: &grid,
        theme: theme)
    }
    drawCurves(in: plot, scale: scale, into: &grid, theme: theme)
    if hasAxes { drawLegend(in: plot, into: &grid, theme: theme) }
  }

  private func drawCurves(in plot: Rect, scale: ChartScale, into grid: inout Grid, theme: Theme) {
    guard !plot.isEmpty else { return }
    if let best, best >= scale.first, best <= scale.last {
      let column = Int(scale.across(best) * Double(plot.size.columns - 1) + 0.5)
      for row in plot.rows {
        grid.write("┊", column: plot.origin.column + column, row: row, style: theme.style(.best))
      }
    }
    var canvas = BrailleCanvas(columns: plot.size.columns, rows: plot.size.rows)
    for one in series {
      var previous: (x: Int, y: Int)?
      for point in one.points {
        guard point.x.isFinite, let height = scale.height(point.y) else {
          previous = nil
          continue
        }
        let across = scale.across(point.x)
        if case .bars(let width) = one.mark {
          let end = max(across, scale.across(point.x + width))
          canvas.bar(across: across...end, height: height, role: one.role)
          continue
        }
        let dot = canvas.dot(across: across, height: height)
        canvas.line(from: previous ?? dot, to: dot, role: one.role)
        if one.mark == .line { previous = dot }
      }
    }
    canvas.draw(at: plot.origin, into: &grid, theme: theme)
  }

  private func drawLegend(in plot: Rect, into grid: inout Grid, theme: Theme) {
    var entries = series.filter { !$0.label.isEmpty }.map { ("━ " + $0.label, $0.role) }
    if let best { entries.append(("┊ best \(NumberText.compact(best))", .best)) }
    let width = entries.map(\.0.columns).max() ?? 0
    guard width + 4 < plot.size.columns, entries.count < plot.size.rows else { return }
    for (offset, entry) in entries.enumerated() {
      grid.write(
        entry.0, column: plot.columns.upperBound - width, row: plot.origin.row + offset,
        style: theme.style(entry.1))
    }
  }

  private func scale() -> ChartScale? {
    let points = series.flatMap(\.points).filter {
      $0.x.isFinite && $0.y.isFinite && (!isLogarithmic || $0.y > 0)
    }
    guard let left = points.map(\.x).min(), let right = points.map(\.x).max(),
      let low = points.map(\.y).min(), let high = points.map(\.y).max()
    else { return nil }
    return ChartScale(
      first: min(left, firstPlace ?? left), last: max(right, lastPlace ?? right),
      low: min(low, lowest ?? low), high: high, isLogarithmic: isLogarithmic)
  }
}
