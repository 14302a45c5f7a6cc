extension RawPicture {
  /// The picture in grey, values in the scale of the file.
  ///
  /// Colour becomes grey as Pillow's `L` does it (ITU-R 601 in integers); alpha is left aside.
  /// Numbers that are not finite become the smallest finite one of the picture, or 0.
  func grey() -> Image {
    switch color {
    case .palette(let palette):
      var luma = [Float](repeating: 0, count: 256)
      for index in 0..<palette.count / 3 {
        luma[index] = Self.luma(
          Int(palette[3 * index]), Int(palette[3 * index + 1]), Int(palette[3 * index + 2]))
      }
      return image(converted(UInt8.self, from: 0) { luma[Int($0)] }, depth: 8)
    case .rgb where format == .unsigned && bits <= 16:
      return image(bits <= 8 ? lumas(UInt8.self) : lumas(UInt16.self), depth: bits)
    case .rgb:
      let (red, green, blue) = (numbers(from: 0), numbers(from: 1), numbers(from: 2))
      let mixed = red.indices.map { 0.299 * red[$0] + 0.587 * green[$0] + 0.114 * blue[$0] }
      return image(Self.finite(mixed), depth: bits)
    case .grey:
      return image(Self.finite(numbers(from: 0)), depth: bits)
    }
  }

  /// Whether each pixel is not zero: by index where a palette has colours, by value otherwise.
  ///
  /// - Returns: the pixels, and how many different non-zero values there are (at most 2 counted).
  func nonZero() -> (pixels: [UInt8], levels: Int) {
    switch color {
    case .palette(let palette):
      let indices = converted(UInt8.self, from: 0) { $0 }
      let used = Set(indices).map(Int.init).filter { 3 * $0 + 2 < palette.count }
      let isGrey = used.allSatisfy { index in
        palette[3 * index] == palette[3 * index + 1] && palette[3 * index] == palette[3 * index + 2]
      }
      // A palette of greys stands for its greys; one of colours numbers the cells from 1.
      return Self.nonZero(
        indices.map { index in
          guard isGrey else { return Float(index) }
          return 3 * Int(index) < palette.count ? Float(palette[3 * Int(index)]) : 0
        })
    case .rgb:
      let (red, green, blue) = (numbers(from: 0), numbers(from: 1), numbers(from: 2))
      return Self.nonZero(red.indices.map { max(abs(red[$0]), abs(green[$0]), abs(blue[$0])) })
    case .grey:
      return Self.nonZero(numbers(from: 0))
    }
  }

  private static func nonZero(_ values: [Float]) -> (pixels: [UInt8], levels: Int) {
    var seen: Float?
    var levels = 0
    let pixels = values.map { value -> UInt8 in
      guard value != 0, !value.isNaN else { return 0 }
      if seen == nil {
        seen = value
        levels = 1
      } else if seen != value {
        levels = 2
      }
      return 1
    }
    return (pixels, levels)
  }

  /// Pillow's `L`: 0.299 R + 0.587 G + 0.114 B in 16-bit fixed point, rounded.
  private static func luma(_ red: Int, _ green: Int, _ blue: Int) -> Float {
    Float((red * 19595 + green * 38470 + blue * 7471 + 0x8000) >> 16)
  }

  private static func finite(_ values: [Float]) -> [Float] {
    guard values.contains(where: { !$0.isFinite }) else { return values }
    let least = values.lazy.filter(\.isFinite).min() ?? 0
    return values.map { $0.isFinite ? $0 : least }
  }

  private func image(_ values: [Float], depth: Int) -> Image {
    // An image of floating-point numbers counts as 32 bits whatever its file's, and so do wider ones.
    Image(
      width: width, height: height, bitDepth: format == .float ? 32 : min(depth, 32),
      values: values)
  }

  /// Grey of red, green and blue.
  private func lumas<Sample: FixedWidthInteger & BitwiseCopyable>(
    _ type: Sample.Type
  ) -> [Float] {
    let size = MemoryLayout<Sample>.size
    return unsafe samples.withUnsafeBytes { bytes in
      (0..<width * height).map { index in
        let offset = index * channels * size
        let (red, green, blue) = unsafe (
          bytes.loadUnaligned(fromByteOffset: offset, as: Sample.self),
          bytes.loadUnaligned(fromByteOffset: offset + size, as: Sample.self),
          bytes.loadUnaligned(fromByteOffset: offset + 2 * size, as: Sample.self)
        )
        return Self.luma(Int(red), Int(green), Int(blue))
      }
    }
  }

  /// One channel as numbers, with the smallest as black for whole numbers.
  private func numbers(from channel: Int) -> [Float] {
    let white = Float(sign: .plus, exponent: min(bits, 16), significand: 1) - 1
    switch (format, bits) {
    case (.unsigned, ...8):
      return converted(UInt8.self, from: channel) { isMinWhite ? white - Float($0) : Float($0) }
    case (.unsigned, ...16):
      return converted(UInt16.self, from: channel) { isMinWhite ? white - Float($0) : Float($0) }
    case (.unsigned, 32):
      return converted(UInt32.self, from: channel) { Float(isMinWhite ? ~$0 : $0) }
    case (.unsigned, _):
      return converted(UInt64.self, from: channel) { Float(isMinWhite ? ~$0 : $0) }
    case (.signed, ...8): return converted(Int8.self, from: channel) { Float($0) }
    case (.signed, ...16): return converted(Int16.self, from: channel) { Float($0) }
    case (.signed, 32): return converted(Int32.self, from: channel) { Float($0) }
    case (.signed, _): return converted(Int64.self, from: channel) { Float($0) }
    case (.float, 16): return converted(Float16.self, from: channel) { Float($0) }
    case (.float, 32): return converted(Float.self, from: channel) { $0 }
    case (.float, _): return converted(Double.self, from: channel) { Float($0) }
    }
  }

  private func converted<Sample: BitwiseCopyable, Number>(
    _ type: Sample.Type, from channel: Int, _ number: (Sample) -> Number
  ) -> [Number] {
    unsafe samples.withUnsafeBytes { bytes in
      (0..<width * height).map { index in
        let offset = (index * channels + channel) * MemoryLayout<Sample>.size
        return number(unsafe bytes.loadUnaligned(fromByteOffset: offset, as: Sample.self))
      }
    }
  }
}
