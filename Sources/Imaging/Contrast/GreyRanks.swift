/// The values of an image in their order, so that percentiles and parts of it are found at once.
///
/// Whole numbers of 16 bits are counted, which is far quicker than sorting; all others are sorted. What is not
/// a number is left out.
struct GreyRanks {
  private enum Order {
    /// How many values are less than each whole number from `first` on; one more than there are numbers.
    case counted(below: [Int], first: Int)
    case sorted([Float])
  }

  private let order: Order
  /// How many values there are that are numbers.
  let count: Int

  /// Orders all values of an image, or of a float image every `step`th.
  init(_ image: Image, step: Int = 1) {
    if image.bitDepth <= 16, let counted = Self.counted(image.values) {
      (order, count) = (counted, Self.total(counted))
      return
    }
    let places = stride(from: 0, to: image.values.count, by: step)
    let values =
      if let missing = image.missing {
        places.filter { missing.pixels[$0] == 0 }.map { image.values[$0] }
      } else {
        step == 1 ? image.values : places.map { image.values[$0] }
      }
    let finite = values.filter(\.isFinite).sorted()
    (order, count) = (.sorted(finite), finite.count)
  }

  private static func total(_ order: Order) -> Int {
    guard case .counted(let below, _) = order else { return 0 }
    return below[below.count - 1]
  }

  /// Whole numbers from 0 or, where some are negative, from -32768 on; nil where a value is none.
  private static func counted(_ values: [Float]) -> Order? {
    for first in [0, -32768] {
      guard let counts = counts(values, from: first) else { continue }
      var below = [0]
      below.reserveCapacity(counts.count + 1)
      var sum = 0
      for count in counts {
        sum += count
        below.append(sum)
      }
      return .counted(below: below, first: first)
    }
    return nil
  }

  private static func counts(_ values: [Float], from first: Int) -> [Int]? {
    var counts = [Int](repeating: 0, count: 65536)
    let (least, most) = (Float(first), Float(first + 65535))
    for value in values {
      guard value >= least, value <= most else { return nil }
      // Far quicker than rounding a float.
      let whole = Int32(value)
      guard Float(whole) == value else { return nil }
      counts[Int(whole) - first] += 1
    }
    return counts
  }

  /// The value at a place of the order, from 0.
  func value(_ rank: Int) -> Double {
    switch order {
    case .sorted(let values): return Double(values[rank])
    case .counted(let below, let first):
      // The first number that more than `rank` values are not greater than.
      return Double(first + Self.first(below.count - 1) { below[$0 + 1] > rank })
    }
  }

  /// How many values are less than a number.
  func count(below number: Double) -> Int {
    switch order {
    case .sorted(let values): return Self.first(values.count) { Double(values[$0]) >= number }
    case .counted(let below, let first):
      let place = number.rounded(.up) - Double(first)
      return place <= 0 ? 0 : place >= Double(below.count - 1) ? count : below[Int(place)]
    }
  }

  /// How many values are not greater than a number.
  func count(upTo number: Double) -> Int {
    switch order {
    case .sorted(let values): return Self.first(values.count) { Double(values[$0]) > number }
    case .counted(let below, let first):
      let place = number.rounded(.down) - Double(first) + 1
      return place <= 0 ? 0 : place >= Double(below.count - 1) ? count : below[Int(place)]
    }
  }

  /// A percentile, 0...100, of the values at some places of the order, with linear interpolation between
  /// neighbours as `numpy.percentile` has it.
  ///
  /// - Precondition: there is a value.
  func percentile(_ percent: Double, among ranks: Range<Int>? = nil) -> Double {
    let ranks = ranks ?? 0..<count
    precondition(!ranks.isEmpty, "no percentiles of nothing")
    let place = min(max(percent / 100, 0), 1) * Double(ranks.count - 1)
    let below = Int(place)
    let a = value(ranks.lowerBound + below)
    let b = value(ranks.lowerBound + min(below + 1, ranks.count - 1))
    return a + (b - a) * (place - Double(below))
  }

  /// The first of `count` places that a condition holds for, which holds for all after it; `count` for none.
  private static func first(_ count: Int, _ holds: (Int) -> Bool) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if holds(middle) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
