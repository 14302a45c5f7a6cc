import Foundation

/// A Gaussian along the rows of a square plane and then along its columns.
public struct GaussianFilter: Sendable {
  /// What lies outside of the plane.
  public enum Border: Sendable {
    /// The border's pixels, repeated.
    case repeated
    /// The plane mirrored at its outer edges: `d c b a | a b c d | d c b a`.
    case mirrored
  }

  private let weights: [Float]
  private let border: Border

  /// A bell of a standard deviation above 0, in pixels, cut off at `reach` pixels from its middle.
  public init(sigma: Double, reach: Int, border: Border) {
    let bell = (-reach...reach).map { exp(-Double($0 * $0) / (2 * sigma * sigma)) }
    let sum = bell.reduce(0, +)
    weights = bell.map { Float($0 / sum) }
    self.border = border
  }

  /// The plane of `side * side` values, smoothed.
  public func applied(to plane: [Float], side: Int) -> [Float] {
    along(along(plane, side, step: 1, across: side), side, step: side, across: 1)
  }

  private func along(_ plane: [Float], _ side: Int, step: Int, across: Int) -> [Float] {
    let reach = weights.count / 2
    let sources = (-reach..<side + reach).map { source($0, side) }
    var result = [Float](repeating: 0, count: plane.count)
    var line = [Float](repeating: 0, count: sources.count)
    for number in 0..<side {
      for (place, source) in sources.enumerated() {
        line[place] = plane[number * across + source * step]
      }
      for place in 0..<side {
        var value: Float = 0
        for offset in weights.indices { value += weights[offset] * line[place + offset] }
        result[number * across + place * step] = value
      }
    }
    return result
  }

  private func source(_ place: Int, _ side: Int) -> Int {
    switch border {
    case .repeated: return min(max(place, 0), side - 1)
    case .mirrored:
      let period = 2 * side
      let rest = (place % period + period) % period
      return min(rest, period - 1 - rest)
    }
  }
}
