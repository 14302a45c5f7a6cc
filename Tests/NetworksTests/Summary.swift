import Autograd
import Weights

/// A large tensor in 67 numbers: 64 elements at hashed places, the L2 norm, a signed random
/// projection and the largest magnitude.
///
/// The projection adds all elements with random signs, so the difference of two projections has
/// the L2 norm of the difference as its expected root mean square, and the sum of its squares over
/// many tensors estimates the gap of all of them as one vector.
struct Summary {
  static let samples = 64

  let elements: [Double]
  let norm: Double
  let projection: Double
  let largest: Double
  let count: Int

  /// Summarises values in PyTorch's order.
  init(_ name: String, _ values: [Float]) {
    let places = Hashed.bits("places:" + name, count: Self.samples)
    elements = places.map { Double(values[Int($0 % UInt64(values.count))]) }
    var (squares, projection, largest) = (0.0, 0.0, 0.0)
    for (value, sign) in zip(values, Hashed.bits("signs:" + name, count: values.count)) {
      let value = Double(value)
      squares += value * value
      projection += sign >> 63 == 1 ? -value : value
      largest = max(largest, value.magnitude)
    }
    norm = squares.squareRoot()
    self.projection = projection
    self.largest = largest
    count = values.count
  }

  /// Takes PyTorch's row of a golden file.
  init(row: some Collection<Float>, count: Int) {
    let row = row.map(Double.init)
    elements = Array(row.prefix(Self.samples))
    norm = row[Self.samples]
    projection = row[Self.samples + 1]
    largest = row[Self.samples + 2]
    self.count = count
  }

  /// The largest gap of the sampled elements, relative to the tensor's largest magnitude.
  func elementGap(from expected: Summary) -> Double {
    zip(elements, expected.elements).map { abs($0 - $1) }.reduce(0, max) / expected.largest
  }

  /// The gap of norm or projection, relative to the norm.
  func normGap(from expected: Summary) -> Double {
    max(abs(norm - expected.norm), abs(projection - expected.projection)) / expected.norm
  }
}
