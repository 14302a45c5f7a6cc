import Imaging

/// How bright the pixels of a cell are, in the image's own grey values.
///
/// Pixels that are NaN or infinite, or of which the file says so, are left out.
struct CellIntensity: Equatable, Sendable {
  /// The mean.
  let mean: Double
  /// The least.
  let minimum: Double
  /// The greatest.
  let maximum: Double
  /// The sum.
  let integrated: Double

  /// Looks at the pixels of some runs; nil where none has a value.
  init?(of runs: ArraySlice<CellRuns.Run>, in image: Image) {
    var (sum, least, greatest, count) = (0.0, Float.infinity, -Float.infinity, 0)
    for run in runs {
      let start = run.y * image.width
      for place in start + run.columns.lowerBound..<start + run.columns.upperBound {
        if let missing = image.missing, missing.pixels[place] != 0 { continue }
        let value = image.values[place]
        guard value.isFinite else { continue }
        sum += Double(value)
        least = min(least, value)
        greatest = max(greatest, value)
        count += 1
      }
    }
    guard count > 0 else { return nil }
    mean = sum / Double(count)
    (minimum, maximum) = (Double(least), Double(greatest))
    integrated = sum
  }
}
