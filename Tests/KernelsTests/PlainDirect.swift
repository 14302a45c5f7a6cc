@testable import Kernels
import TestSupport

/// A convolution's operands with channels-last slices, and the plain loops in `Double` over them.
///
/// Every sum comes with the sum of its terms' magnitudes, so that a bound on the rounding errors
/// can be stated element by element: n terms, each rounded once when it is made and once when it is
/// added, in whatever order, are off by at most about (n + 1) 2^-24 times the sum of the
/// magnitudes.
struct PlainDirect {
  /// A result and how far rounding may take it.
  struct Sums {
    var values: [Double]
    var bounds: [Double]
    /// How far rounding may take a value that was there before, as a part of it.
    var roundings: [Double]

    init(count: Int) {
      values = [Double](repeating: 0, count: count)
      bounds = values
      roundings = values
    }

    mutating func add(_ value: Double, magnitude: Double, at index: Int) {
      values[index] += value
      bounds[index] += magnitude
      roundings[index] += 0x1p-24
    }

    /// Turns sums of magnitudes into bounds; `extra` terms were added beside those counted.
    func bounded(extra: Int = 8) -> Sums {
      var result = self
      for index in values.indices {
        result.roundings[index] += Double(extra) * 0x1p-24
        result.bounds[index] *= result.roundings[index]
      }
      return result
    }
  }

  let sizes: ConvolutionGeometry
  let isPending: Bool
  /// Channels beyond those meant, on either side of a pixel.
  let gap: Int
  let x: [Float]
  let dy: [Float]
  let w: [Float]
  let bias: [Float]
  let scale: [Float]
  let shift: [Float]
  let floor: [Float]

  init(_ sizes: ConvolutionGeometry, isPending: Bool, gap: Int, seed: Int) {
    var rng = SplitMix(seed: seed)
    self.sizes = sizes
    self.isPending = isPending
    self.gap = gap
    let (inputs, outputs) = (sizes.inputChannels, sizes.outputChannels)
    x = rng.floats(sizes.inputCount / inputs * (inputs + gap))
    dy = rng.floats(sizes.outputCount / outputs * (outputs + gap))
    w = rng.floats(sizes.filterCount)
    bias = rng.floats(outputs)
    scale = rng.floats(max(inputs, outputs))
    shift = rng.floats(max(inputs, outputs))
    floor = (0..<max(inputs, outputs)).map { $0.isMultiple(of: 3) ? -.infinity : 0 }
  }

  private func pending(_ channels: Int, _ isPending: Bool) -> PendingActivation? {
    guard isPending else { return nil }
    return PendingActivation(
      scale: Buffer(Array(scale[..<channels])), shift: Buffer(Array(shift[..<channels])),
      floor: Buffer(Array(floor[..<channels])))
  }

  /// Pixels of the input's shape over these floats.
  func inputs(_ floats: [Float], isPending: Bool = false) -> (Pixels, Buffer) {
    let buffer = Buffer([Float](repeating: 9, count: gap / 2) + floats)
    let pixels = Pixels(
      buffer.slice(at: gap / 2, count: floats.count), images: sizes.images, height: sizes.height,
      width: sizes.width, channels: sizes.inputChannels, stride: sizes.inputChannels + gap,
      pending: pending(sizes.inputChannels, isPending))
    return (pixels, buffer)
  }

  /// Pixels of the output's shape over these floats.
  func outputs(_ floats: [Float], isPending: Bool = false) -> (Pixels, Buffer) {
    let buffer = Buffer([Float](repeating: 9, count: gap / 2) + floats)
    let pixels = Pixels(
      buffer.slice(at: gap / 2, count: floats.count), images: sizes.images, height: sizes.rows,
      width: sizes.columns, channels: sizes.outputChannels, stride: sizes.outputChannels + gap,
      pending: pending(sizes.outputChannels, isPending))
    return (pixels, buffer)
  }

  private func activated(
    _ values: [Float], _ channels: Int, _ isPending: Bool
  ) -> [(value: Double, magnitude: Double)] {
    values.indices.map { index in
      let (v, c) = (Double(values[index]), index % (channels + gap))
      guard isPending, c < channels else { return (v, abs(v)) }
      let (product, shift) = (v * Double(scale[c]), Double(shift[c]))
      return (max(product + shift, Double(floor[c])), abs(product) + abs(shift))
    }
  }

  /// Visits every product: places in x, w and y.
  private func visit(_ body: (Int, Int, Int) -> Void) {
    let s = sizes
    let (inputs, outputs) = (s.inputChannels, s.outputChannels)
    for y in 0..<s.images * s.rows * s.columns {
      let (n, oy, ox) = (y / (s.rows * s.columns), y / s.columns % s.rows, y % s.columns)
      for tap in 0..<s.kernel * s.kernel {
        let iy = oy * s.stride - s.padding + tap / s.kernel * s.dilation
        let ix = ox * s.stride - s.padding + tap % s.kernel * s.dilation
        guard iy >= 0, iy < s.height, ix >= 0, ix < s.width else { continue }
        let pixel = ((n * s.height + iy) * s.width + ix) * (inputs + gap)
        for i in 0..<inputs {
          let line = (tap * inputs + i) * outputs
          for o in 0..<outputs { body(pixel + i, line + o, y * (outputs + gap) + o) }
        }
      }
    }
  }

  /// `y` with its bias; elements of the gaps stay 0.
  func forward(scaled: Bool) -> Sums {
    let x = activated(self.x, sizes.inputChannels, isPending)
    var sums = Sums(count: dy.count)
    visit { i, k, o in
      let factor = scaled ? Double(scale[k % sizes.outputChannels]) : 1
      let w = Double(self.w[k]) * factor
      sums.add(x[i].value * w, magnitude: x[i].magnitude * abs(w), at: o)
    }
    for y in 0..<sizes.outputCount / sizes.outputChannels {
      for o in 0..<sizes.outputChannels {
        let b = Double(bias[o])
        sums.add(b, magnitude: abs(b), at: y * (sizes.outputChannels + gap) + o)
      }
    }
    return sums.bounded()
  }

  /// `dx`.
  var backwardInput: Sums {
    let dy = activated(self.dy, sizes.outputChannels, isPending)
    var sums = Sums(count: x.count)
    visit { i, k, o in
      let w = Double(self.w[k])
      sums.add(dy[o].value * w, magnitude: dy[o].magnitude * abs(w), at: i)
    }
    return sums.bounded()
  }

  /// `dw`.
  var backwardFilter: Sums {
    let dy = activated(self.dy, sizes.outputChannels, isPending)
    let x = activated(self.x, sizes.inputChannels, isPending)
    var sums = Sums(count: w.count)
    visit { i, k, o in
      sums.add(x[i].value * dy[o].value, magnitude: x[i].magnitude * dy[o].magnitude, at: k)
    }
    return sums.bounded()
  }
}
