import Autograd

/// A filter in eight bits: whole numbers of -127...127 and for each output channel what one is worth.
///
/// `value = number * scale`, with `scale = max|value| / 127` of the channel, so that no value moves by
/// more than half a scale and zero stays zero. A channel of zeros has the scale 0.
struct QuantizedFilter {
  /// The numbers, in the order of the filter's values.
  let numbers: [Int8]
  /// A scale for each output channel.
  let scales: [Float]
  /// The extents of the scales: one for each of the filter's, so that a product spreads them over it.
  let scaleShape: Shape

  /// The name of a filter's scales.
  static func scales(of path: Path) -> Path { path / "scale" }

  /// Rounds a filter whose extent `axis` counts the output channels: 0, or 1 for a transposed convolution.
  ///
  /// - Throws: `WeightsError.quantization` where a value is no number.
  /// - Precondition: the filter has an extent `axis`.
  init(_ tensor: NamedTensor, axis: Int) throws(WeightsError) {
    let runs = ChannelRuns(tensor.shape.extents, axis: axis)
    var scales = [Float](repeating: 0, count: runs.channels)
    for (channel, range) in runs.all {
      for value in tensor.values[range] {
        guard value.isFinite else {
          throw .quantization(key: tensor.path, "it holds \(value), which is no number")
        }
        scales[channel] = max(scales[channel], abs(value))
      }
    }
    // A quotient below the normal numbers would have lost the digits that the bound needs.
    scales = scales.map { $0 == 0 ? 0 : max($0 / 127, .leastNormalMagnitude) }
    var numbers = [Int8](repeating: 0, count: tensor.values.count)
    for (channel, range) in runs.all where scales[channel] > 0 {
      let scale = scales[channel]
      for index in range { numbers[index] = Int8((tensor.values[index] / scale).rounded()) }
    }
    var extents = [Int](repeating: 1, count: tensor.shape.extents.count)
    extents[axis] = scales.count
    (self.numbers, self.scales, scaleShape) = (numbers, scales, Shape(extents))
  }

  /// The values of a filter in a file: its numbers times the scales beside it, nil where there are none.
  ///
  /// - Throws: `WeightsError.quantization` where the scales are not those of a filter's channels.
  static func values(
    of path: Path, shape: Shape, bytes: Span<UInt8>, scales: NamedTensor?
  ) throws(WeightsError) -> [Float] {
    let name = Self.scales(of: path)
    guard let scales else { throw .quantization(key: path, "its scales '\(name)' are missing") }
    let (mine, theirs) = (shape.extents, scales.shape.extents)
    let wide = theirs.indices.filter { theirs[$0] != 1 }
    guard mine.count == theirs.count, wide.count <= 1, wide.allSatisfy({ mine[$0] == theirs[$0] })
    else {
      throw .quantization(
        key: path, "its scales '\(name)' are \(scales.shape), which is no channel of \(shape)")
    }
    guard scales.values.allSatisfy({ $0.isFinite && $0 >= 0 }) else {
      throw .quantization(key: path, "a scale of '\(name)' is below 0 or no number")
    }
    var values = [Float](repeating: 0, count: shape.count)
    guard !values.isEmpty else { return values }
    let runs = ChannelRuns(mine, axis: wide.first)
    for (channel, range) in runs.all {
      let scale = scales.values[channel]
      var part = values.mutableSpan
      for index in range { part[index] = Float(Int8(bitPattern: bytes[index])) * scale }
    }
    return values
  }
}

/// The stretches of a tensor's values that belong to one channel each.
private struct ChannelRuns {
  let channels: Int
  private let count: Int
  private let length: Int

  init(_ extents: [Int], axis: Int?) {
    count = extents.reduce(1, *)
    channels = axis.map { extents[$0] } ?? 1
    length = axis.map { extents[($0 + 1)...].reduce(1, *) } ?? count
  }

  /// Channels with their stretches, in order.
  var all: some Sequence<(channel: Int, range: Range<Int>)> {
    let (channels, length) = (channels, max(1, length))
    return stride(from: 0, to: count, by: length).lazy.map {
      ($0 / length % channels, $0..<$0 + length)
    }
  }
}
