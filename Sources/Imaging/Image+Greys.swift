extension Image {
  /// The greys that eyes are shown of an image by its window; all that there are where that has one value.
  public func range(of window: ContrastWindow) -> ClosedRange<Float> {
    let (low, high) = (Float(window.low), Float(window.high))
    return low < high ? low...high : fullRange
  }

  /// All that the file's type can hold; for float files what the image holds.
  public var fullRange: ClosedRange<Float> {
    if bitDepth <= 16 { return 0...Float((1 << bitDepth) - 1) }
    var low = Float.infinity
    var high = -Float.infinity
    for value in values where value.isFinite {
      low = min(low, value)
      high = max(high, value)
    }
    return low < high ? low...high : (low.isFinite ? low...(low + 1) : 0...1)
  }

  /// The values as greys of 8 bits, rounded down, clipped where they leave a range.
  ///
  /// What is not a number is black.
  public func greys(over range: ClosedRange<Float>) -> [UInt8] {
    let low = range.lowerBound
    let scale = 255 / max(range.upperBound - low, .leastNormalMagnitude)
    return unsafe [UInt8](unsafeUninitializedCapacity: values.count) { target, count in
      let bytes = UnsafeMutableRawBufferPointer(target)
      unsafe values.withUnsafeBytes { source in
        var index = 0
        while index + 16 <= values.count {
          let value = unsafe source.loadUnaligned(
            fromByteOffset: index * MemoryLayout<Float>.stride, as: SIMD16<Float>.self)
          unsafe bytes.storeBytes(
            of: Self.clipped((value - low) * scale), toByteOffset: index, as: SIMD16<UInt8>.self)
          index += 16
        }
        while index < values.count {
          let grey = (values[index] - low) * scale
          unsafe target[index] = grey >= 255 ? 255 : grey > 0 ? UInt8(grey) : 0
          index += 1
        }
      }
      count = values.count
    }
  }

  /// Greys rounded down and clipped to 0...255.
  private static func clipped(_ greys: SIMD16<Float>) -> SIMD16<UInt8> {
    var kept = greys.replacing(with: 0, where: .!(greys .> 0))
    kept.replace(with: 255, where: kept .>= 255)
    // Beyond 2^23 a float has no fraction: adding that rounds, and leaves the number in the last bits.
    let whole: Float = 8_388_608
    let rounded = (kept + whole) - whole
    let floor = rounded.replacing(with: rounded - 1, where: rounded .> kept)
    let bits = unsafe unsafeBitCast(floor + whole, to: SIMD16<UInt32>.self)
    return SIMD16<UInt8>(truncatingIfNeeded: bits)
  }
}
