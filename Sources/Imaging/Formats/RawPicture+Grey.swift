extension RawPicture {
  /// The picture in grey, values in the scale of the file.
  ///
  /// Colour becomes grey as Pillow's `L` does it (ITU-R 601 in integers), but where two of its three never
  /// change the third alone is the picture: so do microscopes show one channel. Alpha is left aside. What a
  /// palette makes of its numbers is for `Palette` to say. Numbers that are not finite become the smallest
  /// finite one of the picture, or 0, and are said to be missing.
  func grey() -> Image {
    switch color {
    case .palette(let entries):
      let palette = Palette(entries, isMeasured: isMeasured)
      if palette.readsIndex { return image(numbers(from: 0), depth: bits) }
      let brightness = palette.brightness
      return image(converted(UInt8.self, from: 0) { brightness[Int($0)] }, depth: 8)
    case .rgb:
      if let only = onlyColor { return finite(numbers(from: only)) }
      guard format != .unsigned || bits > 16 else {
        return image(bits <= 8 ? lumas(UInt8.self) : lumas(UInt16.self), depth: bits)
      }
      let (red, green, blue) = (numbers(from: 0), numbers(from: 1), numbers(from: 2))
      let mixed = red.indices.map { 0.299 * red[$0] + 0.587 * green[$0] + 0.114 * blue[$0] }
      return finite(mixed)
    case .grey:
      return finite(numbers(from: 0))
    }
  }

  /// The colour that alone changes from pixel to pixel; nil where none does, or several.
  private var onlyColor: Int? {
    let changing = (0..<3).filter(isChanging)
    return changing.count == 1 ? changing[0] : nil
  }

  /// Whether a sample differs between pixels.
  private func isChanging(_ sample: Int) -> Bool {
    let size = Self.bytes(ofBits: bits)
    let first = sample * size
    for start in stride(from: first, to: samples.count, by: channels * size) {
      for index in 0..<size where samples[start + index] != samples[first + index] { return true }
    }
    return false
  }

  /// Pillow's `L`: 0.299 R + 0.587 G + 0.114 B in 16-bit fixed point, rounded.
  static func luma(_ red: Int, _ green: Int, _ blue: Int) -> Float {
    Float((red * 19595 + green * 38470 + blue * 7471 + 0x8000) >> 16)
  }

  private func finite(_ values: [Float]) -> Image {
    guard values.contains(where: { !$0.isFinite }) else { return image(values, depth: bits) }
    let least = values.lazy.filter(\.isFinite).min() ?? 0
    var image = image(values.map { $0.isFinite ? $0 : least }, depth: bits)
    image.missing = Mask(
      width: width, height: height, pixels: values.map { $0.isFinite ? 0 : 1 })
    return image
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
