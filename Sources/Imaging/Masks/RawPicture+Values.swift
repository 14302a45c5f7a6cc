/// Which samples of a picture are the numbers of a mask.
enum MaskSamples: String, Codable, Sendable {
  /// Grey as the file stores it, the index of a palette, the brightest of red, green and blue.
  case values
  /// Red, green and blue of 8 bits each as one number; black, and what is quite transparent, is 0.
  case colors
  /// The opacity.
  case alpha
}

extension RawPicture {
  /// Gives the numbers of a mask, row by row, to what reads them; nil where the picture has no such samples.
  ///
  /// What the file stores counts: neither MinIsWhite nor a table of colours for the screen, with which ImageJ
  /// shows a cell of 255 in black, changes a number.
  func read<Reader: MaskPlaneReader>(
    _ samples: MaskSamples, by reader: Reader
  ) -> Reader.Result? {
    switch (samples, color) {
    case (.alpha, _): alphaChannel.map { read($0...$0, by: reader) }
    case (.colors, _): reader.read(packedColors)
    case (.values, .grey): read(0...0, by: reader)
    case (.values, .rgb): read(0...2, by: reader)
    case (.values, .palette(let palette)):
      greys(in: palette).map(reader.read) ?? read(0...0, by: reader)
    }
  }

  /// Whether the numbers are places in a table of colours.
  var isReadByIndex: Bool {
    if case .palette(let palette) = color { greys(in: palette) == nil } else { false }
  }

  /// Whether red, green and blue say more than one grey does: they differ, by more than what lossy compression
  /// does, and not only as the shades of one of them, or of the mixture of two, do.
  var hasColors: Bool {
    guard color == .rgb else { return false }
    var (shade, hasGrey, last) = (nil as Int?, false, 0 as UInt32)
    for color in packedColors where color != last {
      last = color
      let (red, green, blue) = (color >> 16, color >> 8 & 255, color & 255)
      let greatest = max(red, green, blue)
      if greatest - min(red, green, blue) <= 8 {
        hasGrey = hasGrey || greatest > 8
      } else {
        // In the shades of one colour the same channels are 0, and the others alike.
        var channels = 0
        for (bit, part) in [red, green, blue].enumerated() where part > 0 {
          guard part == greatest else { return true }
          channels |= 1 << bit
        }
        guard shade == nil || shade == channels else { return true }
        shade = channels
      }
    }
    return shade != nil && hasGrey
  }

  /// The channel of opacity, where there is one behind grey or colour.
  private var alphaChannel: Int? {
    switch color {
    case .grey: channels == 2 ? 1 : nil
    case .rgb: channels > 3 ? 3 : nil
    case .palette: nil
    }
  }

  /// Each pixel's colour as one number.
  private var packedColors: [UInt32] {
    if case .palette(let palette) = color, bits <= 8 {
      return plane(UInt8.self, 0...0).map { index in
        guard 3 * Int(index) + 2 < palette.count else { return 0 }
        return palette[3 * Int(index)..<3 * Int(index) + 3].reduce(0) { $0 << 8 | UInt32($1) }
      }
    }
    let reader = EightBits(bits: bits, isFloat: format == .float)
    let red = read(0...0, by: reader)
    let (green, blue) =
      color == .rgb ? (read(1...1, by: reader), read(2...2, by: reader)) : (red, red)
    let opacity = alphaChannel.map { read($0...$0, by: reader) }
    return red.indices.map { index in
      if let opacity, opacity[index] == 0 { return 0 }
      return UInt32(red[index]) << 16 | UInt32(green[index]) << 8 | UInt32(blue[index])
    }
  }

  /// The greys of a palette that has nothing else; nil where the index is the number: in palettes of colours,
  /// and in those that fall from white to black, in which ImageJ keeps a mask.
  private func greys(in palette: [UInt8]) -> [UInt8]? {
    guard bits <= 8 else { return nil }
    let indices = plane(UInt8.self, 0...0)
    var isUsed = [Bool](repeating: false, count: 256)
    for index in indices { isUsed[Int(index)] = true }
    let used = isUsed.indices.filter { isUsed[$0] && 3 * $0 + 2 < palette.count }
    let isGrey = used.allSatisfy {
      palette[3 * $0] == palette[3 * $0 + 1] && palette[3 * $0] == palette[3 * $0 + 2]
    }
    let greys = used.map { palette[3 * $0] }
    let isFalling = zip(greys, greys.dropFirst()).allSatisfy { $0 > $1 }
    guard isGrey, used.count > 1, !isFalling else { return nil }
    return indices.map { 3 * Int($0) < palette.count ? palette[3 * Int($0)] : 0 }
  }

  /// Gives the greatest number of some channels of each pixel to a reader.
  private func read<Reader: MaskPlaneReader>(
    _ channels: ClosedRange<Int>, by reader: Reader
  ) -> Reader.Result {
    switch (format, bits) {
    case (.unsigned, ...8): reader.read(plane(UInt8.self, channels))
    case (.unsigned, ...16): reader.read(plane(UInt16.self, channels))
    case (.unsigned, 32): reader.read(plane(UInt32.self, channels))
    case (.unsigned, _): reader.read(plane(UInt64.self, channels))
    case (.signed, ...8): reader.read(plane(Int8.self, channels))
    case (.signed, ...16): reader.read(plane(Int16.self, channels))
    case (.signed, 32): reader.read(plane(Int32.self, channels))
    case (.signed, _): reader.read(plane(Int64.self, channels))
    case (.float, 16): reader.read(plane(Float16.self, channels))
    case (.float, 32): reader.read(plane(Float.self, channels))
    case (.float, _): reader.read(plane(Double.self, channels))
    }
  }

  private func plane<Number: MaskNumber>(
    _ type: Number.Type, _ range: ClosedRange<Int>
  ) -> [Number] {
    let (size, count) = (MemoryLayout<Number>.size, width * height)
    return unsafe samples.withUnsafeBytes { bytes in
      unsafe [Number](unsafeUninitializedCapacity: count) { numbers, filled in
        if channels == 1 {
          unsafe UnsafeMutableRawBufferPointer(numbers).copyMemory(
            from: UnsafeRawBufferPointer(rebasing: bytes[..<(count * size)]))
        } else {
          for index in 0..<count {
            let start = index * channels * size
            var number = unsafe bytes.loadUnaligned(
              fromByteOffset: start + range.lowerBound * size, as: Number.self)
            for channel in range.dropFirst() {
              let other = unsafe bytes.loadUnaligned(
                fromByteOffset: start + channel * size, as: Number.self)
              if other > number { number = other }
            }
            unsafe numbers[index] = number
          }
        }
        filled = count
      }
    }
  }
}

/// Brings samples to 8 bits; only 0 becomes 0.
private struct EightBits: MaskPlaneReader {
  let bits: Int
  let isFloat: Bool

  func read<Number: MaskNumber>(_ plane: [Number]) -> [UInt8] {
    // Colours of floating point are 0...1 by custom.
    let full = isFloat ? 1 : Double(sign: .plus, exponent: bits, significand: 1) - 1
    return plane.map { number in
      let value = (number.number * 255 / full).rounded(.up)
      return value.isNaN ? 0 : UInt8(min(max(value, 0), 255))
    }
  }
}
