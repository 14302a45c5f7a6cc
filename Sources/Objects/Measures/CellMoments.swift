import Imaging

/// How a cell's pixels are spread: their number, mean and second moments about it.
///
/// Sums are of whole numbers, and differences of their products are rounded once, so that a thin line has no width
/// at all and what lies even in both directions is even.
struct CellMoments {
  let area: Int
  let centroid: SIMD2<Double>
  /// The square of the area times the variance of columns, of rows, and of both.
  let (xx, yy, xy): (Double, Double, Double)

  init(of runs: ArraySlice<CellRuns.Run>, around box: PixelBox) {
    // From the middle of the box, so that sums stay small.
    let middle = (
      x: (box.columns.lowerBound + box.columns.upperBound) / 2,
      y: (box.rows.lowerBound + box.rows.upperBound) / 2
    )
    var (n, x, y, xx, yy, xy) = (0, 0, 0, 0, 0, 0)
    for run in runs {
      let (from, to) = (run.columns.lowerBound - middle.x, run.columns.upperBound - middle.x)
      let (count, v) = (run.columns.count, run.y - middle.y)
      let sum = (from + to - 1) * count / 2
      n += count
      x += sum
      y += v * count
      xx += Self.squares(below: to) - Self.squares(below: from)
      yy += v * v * count
      xy += v * sum
    }
    area = n
    centroid = [
      Double(middle.x) + Double(x) / Double(n), Double(middle.y) + Double(y) / Double(n),
    ]
    let (count, sumX, sumY) = (Double(n), Double(x), Double(y))
    self.xx = Self.difference(count, Double(xx), sumX, sumX)
    self.yy = Self.difference(count, Double(yy), sumY, sumY)
    self.xy = Self.difference(count, Double(xy), sumX, sumY)
  }

  /// The sum of the squares of whole numbers from 0 up to one that is left out.
  private static func squares(below end: Int) -> Int { (end - 1) * end * (2 * end - 1) / 6 }

  /// `a * b - c * d` without the cancellation of two rounded products (Kahan's).
  static func difference(_ a: Double, _ b: Double, _ c: Double, _ d: Double) -> Double {
    let product = c * d
    let lost = product.addingProduct(-c, d)
    return (-product).addingProduct(a, b) + lost
  }
}
