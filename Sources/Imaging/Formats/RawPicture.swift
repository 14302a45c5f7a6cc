/// A decoded page before anything is made of its samples: bytes as stored, and what they mean.
struct RawPicture: Equatable {
  /// How a sample is written.
  enum Format: Int { case unsigned = 1, signed, float }

  /// What the samples of a pixel are.
  enum Color: Equatable {
    /// The first sample is grey; more are alpha or other channels.
    case grey
    /// The first three are red, green, blue.
    case rgb
    /// The sample is an index of three 8-bit values each.
    case palette([UInt8])
  }

  let width: Int
  let height: Int
  let channels: Int
  /// Bits a sample has in the file.
  let bits: Int
  let format: Format
  let color: Color
  /// Whether the file calls its smallest value white.
  let isMinWhite: Bool
  /// `height * width * channels` samples, 1, 2, 4 or 8 bytes each, in the machine's byte order.
  let samples: [UInt8]

  /// Whether the numbers of a palette are measured, as in TIFF; see `Palette`.
  var isMeasured = false

  /// Pixels that are read at most: 2^28, a picture of 16384x16384.
  static let largestPixelCount = 1 << 28

  /// Bytes that a picture takes at most as it is decoded: 2 GiB, which three colours of 16 bits fill at
  /// 18,900x18,900.
  static let largestByteCount = 1 << 31

  /// Bytes of a sample in memory.
  static func bytes(ofBits bits: Int) -> Int { bits <= 8 ? 1 : bits <= 16 ? 2 : bits / 8 }

  /// Refuses a size before memory is taken for it.
  ///
  /// `stored` bytes of deflate hold at most 1032 times as many; a picture that says it is larger
  /// than that is damaged or hostile. Zero where the compression is not known.
  static func check(
    file: String, width: Int, height: Int, channels: Int, bits: Int, stored: Int, ratio: Int
  ) throws(ImagingError) {
    guard width > 0, height > 0, channels > 0 else {
      throw .damaged(file: file, reason: "it says it is \(width)x\(height)")
    }
    let (pixels, tooMany) = width.multipliedReportingOverflow(by: height)
    let (samples, overflow) = pixels.multipliedReportingOverflow(by: channels)
    guard !tooMany, !overflow, pixels <= largestPixelCount,
      samples <= largestByteCount / bytes(ofBits: bits)
    else {
      throw .tooLarge(file: file, width: width, height: height, channels: channels)
    }
    // Whatever a file says of its lengths: no product of them may overflow.
    if ratio > 0, Double(samples) / 8 * Double(bits) > (Double(stored) + 64) * Double(ratio) {
      throw .damaged(
        file: file, reason: "\(stored) bytes cannot hold \(width)x\(height) pixels")
    }
  }

  /// One sample of each pixel, in grey.
  func only(_ sample: Int) -> RawPicture {
    precondition(sample < channels, "sample \(sample) of \(channels)")
    let size = Self.bytes(ofBits: bits)
    var part: [UInt8] = []
    part.reserveCapacity(width * height * size)
    for pixel in 0..<width * height {
      let start = (pixel * channels + sample) * size
      for index in start..<start + size { part.append(samples[index]) }
    }
    return RawPicture(
      width: width, height: height, channels: 1, bits: bits, format: format, color: .grey,
      isMinWhite: isMinWhite, samples: part, isMeasured: isMeasured)
  }
}
