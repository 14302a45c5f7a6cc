import Foundation

/// How many values lie in each of some bins of one width.
///
/// There are as many bins as the finer of two rules asks for, Sturges' and that of Freedman and Diaconis, of which the
/// latter may ask for no more than twice the root of the number of values (numpy's `auto`). Whole numbers have bins
/// that are whole numbers wide and begin halfway between two, so that each bin can hold as many of them. Values that
/// are all the same stand in the middle of one bin of width 1.
public struct Histogram: Equatable, Sendable {
  /// Where the first bin begins.
  public let start: Double
  /// How wide each bin is; more than 0.
  public let width: Double
  /// How many values are in each bin; one at its upper edge is in the next, but for the last bin.
  public let counts: [Int]

  /// Counts values, of which those that are no number or infinite are left out; nil where none is left.
  ///
  /// - Parameters:
  ///   - values: what to count, in any order.
  ///   - limit: how many bins there may be; at least 1.
  public init?(of values: [Double], limit: Int = 50) {
    precondition(limit > 0, "\(limit) bins")
    let sorted = values.filter(\.isFinite).sorted()
    guard let first = sorted.first, let last = sorted.last, (last - first).isFinite else {
      return nil
    }
    let isWhole = sorted.allSatisfy { $0 == $0.rounded() }
    let spread = isWhole ? last - first + 1 : last - first
    var bins = Self.count(for: sorted, over: spread, limit)
    var width = spread / Double(bins)
    if isWhole {
      width = width.rounded(.up)
      bins = Int((spread / width).rounded(.up))
    } else if width == 0 {
      (bins, width) = (1, 1)
    }
    start = isWhole || spread < width ? first - 0.5 : first
    self.width = width
    var counts = [Int](repeating: 0, count: bins)
    for value in sorted {
      var bin = min(bins - 1, Int((value - start) / width))
      // What the division rounded to the bin beside.
      if value < start + Double(bin) * width { bin -= 1 }
      if bin < bins - 1, value >= start + Double(bin + 1) * width { bin += 1 }
      counts[bin] += 1
    }
    self.counts = counts
  }

  /// The values that a bin holds.
  public func range(ofBin bin: Int) -> Range<Double> {
    start + Double(bin) * width..<start + Double(bin + 1) * width
  }

  /// How many bins a spread of values is cut into.
  private static func count(for sorted: [Double], over spread: Double, _ limit: Int) -> Int {
    let number = Double(sorted.count)
    let quartiles =
      Average.quantile(0.75, ofSorted: sorted) - Average.quantile(0.25, ofSorted: sorted)
    let range = sorted[sorted.count - 1] - sorted[0]
    guard range > 0 else { return 1 }
    let freedmanDiaconis = max(2 * quartiles / cbrt(number), range / number.squareRoot() / 2)
    let width = min(freedmanDiaconis, range / (log2(number) + 1))
    return Int(min(Double(limit), max(1, (spread / width).rounded(.up))))
  }
}
