import Kernels
import TestSupport

/// Pixels for tests: a slice of the channels of wider pixels whose other channels must stay as they
/// are, with the values meant kept beside it in float64.
struct Sliced {
  /// How the pixels lie and whether an activation is pending.
  struct Kind: Sendable, CustomStringConvertible {
    var before = 0
    var after = 0
    var isPending = false
    /// Whether the pending activation has a ReLU.
    var hasReLU = true

    var description: String { "\(before)+\(after)\(isPending ? " pending" : "")" }

    static let all = [
      Kind(), Kind(isPending: true), Kind(before: 16, after: 32),
      Kind(before: 3, after: 2, isPending: true, hasReLU: false),
      Kind(before: 16, after: 16, isPending: true),
    ]
  }

  let whole: Buffer
  let before: Int
  let pixels: Pixels
  /// What every value began as, without the activation, pixel by pixel.
  let stored: [Double]
  private let original: [Float]

  init(
    images: Int = 1, height: Int = 1, width: Int, channels: Int, _ kind: Kind = Kind(),
    _ rng: inout SplitMix
  ) {
    let stride = kind.before + channels + kind.after
    let count = images * height * width
    original = rng.floats(count * stride)
    whole = Buffer(original)
    before = kind.before
    let pending = kind.isPending ? Sliced.pending(channels, hasReLU: kind.hasReLU, &rng) : nil
    pixels = Pixels(
      whole.slice(at: before, count: max(0, whole.count - before)), images: images, height: height,
      width: width, channels: channels, stride: stride, pending: pending)
    let (values, first) = (original, before)
    stored = (0..<count * channels).map {
      Double(values[$0 / channels * stride + first + $0 % channels])
    }
  }

  /// A random activation.
  static func pending(
    _ channels: Int, hasReLU: Bool = true, _ rng: inout SplitMix
  ) -> PendingActivation {
    PendingActivation(
      scale: Buffer(rng.floats(channels, in: -2...2)), shift: Buffer(rng.floats(channels)),
      floor: Buffer([Float](repeating: hasReLU ? 0 : -.infinity, count: channels)))
  }

  /// What every value means, activated.
  var meant: [Double] {
    guard let pending = pixels.pending else { return stored }
    return stored.enumerated().map { index, value in
      let c = index % pixels.channels
      let v = value * Double(pending.scale[c]) + Double(pending.shift[c])
      return max(v, Double(pending.floor[c]))
    }
  }

  /// What the slice holds now.
  var now: [Double] {
    (0..<pixels.count * pixels.channels).map {
      Double(whole[$0 / pixels.channels * pixels.stride + before + $0 % pixels.channels])
    }
  }

  /// Whether nothing was written between the slices.
  var isUntouchedOutside: Bool {
    whole.values.enumerated().allSatisfy { index, value in
      let place = index % pixels.stride - before
      return (0..<pixels.channels).contains(place) || value == original[index]
    }
  }
}

/// Whether two lists agree to within a share of the largest number expected.
func agree(_ found: [Double], _ expected: [Double], within share: Double = 1e-6) -> Bool {
  let largest = expected.map(abs).max() ?? 0
  return found.count == expected.count
    && zip(found, expected).allSatisfy { abs($0 - $1) <= share * max(1, largest) }
}
