/// A smooth closed curve through points, as ImageJ's "Fit Spline" draws it.
///
/// Cubic splines of x and of y over the sum of the roots of the distances; the points go round seven times more at
/// both ends (fewer where there are fewer), so that the curve closes smoothly. Numbers are rounded as ImageJ's.
enum ClosedSpline {
  /// Goes round with so many more points at each end.
  private static let more = 7
  /// A curve of more points was drawn by nobody.
  private static let mostPoints = 1 << 20

  /// The curve's points, one every two pixels of the polygon's length and 100 at least; nil for too long a one.
  ///
  /// - Precondition: three corners at least, none beyond 10^7.
  static func points(through corners: [SIMD2<Float>]) -> [SIMD2<Double>]? {
    precondition(corners.count >= 3, "a spline through \(corners.count) points")
    let closed = corners + [corners[0]]
    let steps = zip(closed, closed.dropFirst()).map { near, next in
      let gap = next - near
      return (gap * gap).sum().squareRoot()
    }
    var places: [Float] = [0]
    for step in steps { places.append(places[places.count - 1] + max(step.squareRoot(), 0.001)) }
    let x = Spline(places, closed.map(\.x), more: more)
    let y = Spline(places, closed.map(\.y), more: more)
    let count = max(100, Int(steps.reduce(0) { $0 + Double($1) } / 2))
    guard count <= mostPoints else { return nil }
    let scale = Double(places[places.count - 1]) / Double(count - 1)
    return (0..<count).map { index in
      let place = Double(index) * scale
      return SIMD2(Double(Float(x.value(at: place))), Double(Float(y.value(at: place))))
    }
  }

  /// A cubic spline whose second derivative is 0 at both ends.
  private struct Spline {
    let places: [Double]
    let values: [Double]
    /// The second derivative at each place.
    let bends: [Double]

    /// Goes round with more of the points of a closed curve at both ends.
    init(_ places: [Float], _ values: [Float], more: Int) {
      let last = places.count - 1
      let more = min(more, last)
      let before = (last - more..<last).map { (places[$0] - places[last], values[$0]) }
      let after = (1..<more + 1).map { (places[$0] + places[last], values[$0]) }
      let all = before + Array(zip(places, values)) + after
      self.init(all.map { Double($0.0) }, all.map { Double($0.1) })
    }

    init(_ places: [Double], _ values: [Double]) {
      let last = places.count - 1
      var bends = [Double](repeating: 0, count: places.count)
      var sums = bends
      for i in 1..<last {
        let width = places[i + 1] - places[i - 1]
        let share = (places[i] - places[i - 1]) / width
        let pivot = share * bends[i - 1] + 2
        bends[i] = (share - 1) / pivot
        let right = (values[i + 1] - values[i]) / (places[i + 1] - places[i])
        let left = (values[i] - values[i - 1]) / (places[i] - places[i - 1])
        sums[i] = (6 * (right - left) / width - share * sums[i - 1]) / pivot
      }
      bends[last] = 0
      for i in (0..<last).reversed() { bends[i] = bends[i] * bends[i + 1] + sums[i] }
      (self.places, self.values, self.bends) = (places, values, bends)
    }

    func value(at place: Double) -> Double {
      var (low, high) = (0, places.count - 1)
      while high - low > 1 {
        let middle = (low + high) / 2
        if places[middle] > place { high = middle } else { low = middle }
      }
      let width = places[high] - places[low]
      let (a, b) = ((places[high] - place) / width, (place - places[low]) / width)
      let bend = (a * a * a - a) * bends[low] + (b * b * b - b) * bends[high]
      return a * values[low] + b * values[high] + bend * width * width / 6
    }
  }
}
