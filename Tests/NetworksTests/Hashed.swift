import Autograd

/// Weights, inputs and places from an integer hash: the same as `Goldens/hashing.py`, bit for bit.
enum Hashed {
  private static let golden: UInt64 = 0x9E37_79B9_7F4A_7C15

  /// The finaliser of SplitMix64, by Steele and others.
  private static func mix(_ seed: UInt64) -> UInt64 {
    var z = seed
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  /// Words that depend on the name alone: FNV-1a of the name, then SplitMix64.
  static func bits(_ name: String, count: Int) -> [UInt64] {
    var key: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in name.utf8 { key = (key ^ UInt64(byte)) &* 0x100_0000_01B3 }
    var state = mix(key)
    return (0..<count).map { _ in
      state &+= golden
      return mix(state)
    }
  }

  /// Numbers in `-bound..<bound`.
  static func uniform(_ name: String, count: Int, bound: Double = 1) -> [Float] {
    bits(name, count: count).map { Float((2 * (Double($0 >> 40) / 16_777_216) - 1) * bound) }
  }

  /// Images N x 3 x S x S (noise, brighter inside a disc) and targets N x 1 x S x S (the disc).
  ///
  /// Both come channels-last.
  static func batch(_ name: String, images: Int, size: Int) -> (image: [Float], target: [Float]) {
    var target: [Float] = []
    for image in 0..<images {
      let words = bits("disc:\(name):\(image)", count: 3)
      let x = Int(words[0] % UInt64(size / 2)) + size / 4
      let y = Int(words[1] % UInt64(size / 2)) + size / 4
      let radius = Int(words[2] % UInt64(size / 8)) + size / 8
      for row in 0..<size {
        for column in 0..<size {
          let distance = (column - x) * (column - x) + (row - y) * (row - y)
          target.append(distance < radius * radius ? 1 : 0)
        }
      }
    }
    let shape = Shape(images, 3, size, size)
    var image = channelsLast(uniform("image:" + name, count: shape.count), shape)
    for index in image.indices { image[index] += target[index / 3] }
    return (image, target)
  }

  /// Starts parameters as PyTorch's distribution says: convolutions uniform in ±1/sqrt(fan in),
  /// batch norm at 1 and 0.
  static func initialise(_ parameters: ParameterStore) {
    for path in parameters.paths where parameters.isTrained(path) {
      let name = path.description
      let parent = name.split(separator: ".").dropLast().joined(separator: ".")
      let weight = parameters.shape(of: Path(parent + ".weight"))
      let count = parameters.shape(of: path).count
      if weight.extents.count == 4 {
        let fanIn = Double(weight.count / weight.extents[0])
        parameters[path] = uniform("weights:" + name, count: count, bound: 1 / fanIn.squareRoot())
      } else {
        parameters[path] = [Float](repeating: name.hasSuffix("weight") ? 1 : 0, count: count)
      }
    }
  }
}

/// Turns a picture's values in PyTorch's order (N, C, H, W) into channels-last; others pass.
func channelsLast(_ values: [Float], _ shape: Shape) -> [Float] {
  guard shape.extents.count == 4 else { return values }
  let (channels, plane) = (shape.extents[1], shape.extents[2] * shape.extents[3])
  var result = [Float](repeating: 0, count: values.count)
  for index in values.indices {
    let (image, rest) = index.quotientAndRemainder(dividingBy: channels * plane)
    let (channel, pixel) = rest.quotientAndRemainder(dividingBy: plane)
    result[(image * plane + pixel) * channels + channel] = values[index]
  }
  return result
}

/// The way back from `channelsLast`.
func channelsFirst(_ values: [Float], _ shape: Shape) -> [Float] {
  guard shape.extents.count == 4 else { return values }
  let (channels, plane) = (shape.extents[1], shape.extents[2] * shape.extents[3])
  var result = [Float](repeating: 0, count: values.count)
  for index in values.indices {
    let (image, rest) = index.quotientAndRemainder(dividingBy: channels * plane)
    let (pixel, channel) = rest.quotientAndRemainder(dividingBy: channels)
    result[(image * channels + channel) * plane + pixel] = values[index]
  }
  return result
}
