extension RawPicture {
  /// The picture in grey, values in the scale of the file.
  ///
  /// Colour becomes grey as Pillow's `L` does it (ITU-R 601 in integers); alpha is left aside.
  /// Numbers that are not finite become the smallest finite one of the picture, or 0.
  func grey() -> Image {
    switch color {
    case .palette(let palette):
      let luma = (0..<palette.count / 3).map { index in
        Float(
          Self.luma(
            Int(palette[3 * index]), Int(palette[3 * index + 1]), Int(palette[3 * index + 2])))
      }
      let indices = unsignedSamples(every: channels, from: 0)
      return image(indices.map { $0 < luma.count ? luma[$0] : 0 }, depth: 8)
    case .rgb where format == .unsigned && bits <= 16:
      let red = unsignedSamples(every: channels, from: 0)
      let green = unsignedSamples(every: channels, from: 1)
      let blue = unsignedSamples(every: channels, from: 2)
      return image(red.indices.map { Float(Self.luma(red[$0], green[$0], blue[$0])) }, depth: bits)
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
      let indices = unsignedSamples(every: channels, from: 0)
      let used = Set(indices).filter { 3 * $0 + 2 < palette.count }
      let isGrey = used.allSatisfy { index in
        palette[3 * index] == palette[3 * index + 1] && palette[3 * index] == palette[3 * index + 2]
      }
      // A palette of greys stands for its greys; one of colours numbers the cells from 1.
      let greys = indices.map { 3 * $0 < palette.count ? Int(palette[3 * $0]) : 0 }
      return Self.nonZero((isGrey ? greys : indices).map(Float.init))
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
  private static func luma(_ red: Int, _ green: Int, _ blue: Int) -> Int {
    (red * 19595 + green * 38470 + blue * 7471 + 0x8000) >> 16
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

  /// Unsigned samples of one channel, with the smallest as black.
  private func unsignedSamples(every step: Int, from channel: Int) -> [Int] {
    let count = width * height
    let white = isMinWhite ? (1 << bits) - 1 : 0
    return unsafe [Int](unsafeUninitializedCapacity: count) { buffer, initialized in
      unsafe samples.withUnsafeBytes { bytes in
        for index in 0..<count {
          let at = index * step + channel
          let value =
            bits <= 8
            ? Int(unsafe bytes[at])
            : Int(unsafe bytes.loadUnaligned(fromByteOffset: 2 * at, as: UInt16.self))
          unsafe buffer.initializeElement(at: index, to: isMinWhite ? white - value : value)
        }
      }
      initialized = count
    }
  }

  /// One channel as numbers, with the smallest as black for whole numbers.
  private func numbers(from channel: Int) -> [Float] {
    switch (format, bits) {
    case (.unsigned, ...16): unsignedSamples(every: channels, from: channel).map(Float.init)
    case (.unsigned, 32): converted(UInt32.self, from: channel) { Float(isMinWhite ? ~$0 : $0) }
    case (.unsigned, _): converted(UInt64.self, from: channel) { Float(isMinWhite ? ~$0 : $0) }
    case (.signed, ...8): converted(Int8.self, from: channel) { Float($0) }
    case (.signed, ...16): converted(Int16.self, from: channel) { Float($0) }
    case (.signed, 32): converted(Int32.self, from: channel) { Float($0) }
    case (.signed, _): converted(Int64.self, from: channel) { Float($0) }
    case (.float, 16): converted(Float16.self, from: channel) { Float($0) }
    case (.float, 32): converted(Float.self, from: channel) { $0 }
    case (.float, _): converted(Double.self, from: channel) { Float($0) }
    }
  }

  private func converted<Sample: BitwiseCopyable>(
    _ type: Sample.Type, from channel: Int, _ number: (Sample) -> Float
  ) -> [Float] {
    unsafe samples.withUnsafeBytes { bytes in
      (0..<width * height).map { index in
        let offset = (index * channels + channel) * MemoryLayout<Sample>.size
        return number(unsafe bytes.loadUnaligned(fromByteOffset: offset, as: Sample.self))
      }
    }
  }
}
