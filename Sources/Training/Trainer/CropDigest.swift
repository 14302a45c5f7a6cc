/// Tells whether a run is resumed on the images and masks that it began with.
enum CropDigest {
  /// Sixteen hexadecimal digits of all pixels (FNV-1a over 32-bit words).
  static func text(of crops: [Crop]) -> String {
    var digest: UInt64 = 0xcbf2_9ce4_8422_2325
    for crop in crops {
      for plane in [crop.image, crop.mask] {
        for value in plane {
          digest = (digest ^ UInt64(value.bitPattern)) &* 0x0000_0100_0000_01b3
        }
      }
    }
    let digits = String(digest, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}
