import Foundation

/// Reads BMP files: 1 to 32 bits a pixel, plain or run lengths, from the top or the bottom.
///
/// By hand, since the format is a header and rows, and a library for it would bring twenty other formats.
/// Colours become 8 bits each, alpha is left aside. Where the palette is all greys from black to white in even
/// steps, they are the samples; with any other the index is, and what it stands for is for `Palette` to say.
struct BMP {
  private let bytes: [UInt8]
  private let file: String
  private let form: BMPHeader

  /// Decodes a whole file; `file` names it in errors.
  static func decode(_ data: Data, file: String) throws(ImagingError) -> RawPicture {
    let bytes = [UInt8](data)
    let form = try BMPHeader(bytes, file: file)
    try form.check(stored: bytes.count, file: file)
    return try BMP(bytes: bytes, file: file, form: form).picture()
  }

  /// What the header and the palette say, without decoding.
  static func contents(_ bytes: PictureBytes) throws(ImagingError) -> ImageContents {
    // A header, masks and 256 colours of 4 bytes are less.
    let start = try bytes.read(at: 0, count: 2048)
    let form = try BMPHeader(start, file: bytes.name)
    var contents = ImageContents(
      width: form.width, height: form.height, bits: min(form.bits, 8))
    contents.isColor = form.channels == 3
    if form.bits <= 8, !form.isRamp(form.palette(start)) {
      let palette = Palette(form.palette(start), isMeasured: false)
      if let remark = palette.remark { contents.remarks.append(remark) }
    }
    return contents
  }

  private func picture() throws(ImagingError) -> RawPicture {
    guard form.bits <= 8 else { return made(of: colors(), as: .rgb, bits: 8) }
    let indices =
      form.isRunLength ? try BMPRunLengths.indices(bytes, form: form, file: file) : indices()
    let palette = form.palette(bytes)
    guard indices.allSatisfy({ 3 * Int($0) < palette.count }) else {
      throw .damaged(file: file, reason: "a pixel has no colour in its palette")
    }
    guard form.isRamp(palette) else {
      return made(of: indices, as: .palette(palette), bits: form.bits)
    }
    return made(of: indices.map { palette[3 * Int($0)] }, as: .grey, bits: 8)
  }

  private func made(
    of samples: [UInt8], as color: RawPicture.Color, bits: Int
  ) -> RawPicture {
    RawPicture(
      width: form.width, height: form.height, channels: form.channels, bits: bits,
      format: .unsigned, color: color, isMinWhite: false, samples: samples)
  }

  /// Where a row of the picture begins in the file.
  private func start(ofRow y: Int) -> Int { form.offset + form.storedRow(y) * form.rowBytes }

  private func indices() -> [UInt8] {
    let bits = form.bits
    let mask = UInt8(1 << bits - 1)
    var samples: [UInt8] = []
    samples.reserveCapacity(form.width * form.height)
    for y in 0..<form.height {
      let row = start(ofRow: y)
      for x in 0..<form.width {
        let bit = x * bits
        samples.append(bytes[row + bit / 8] >> UInt8(8 - bits - bit % 8) & mask)
      }
    }
    return samples
  }

  private func colors() -> [UInt8] {
    let size = form.bits / 8
    var samples: [UInt8] = []
    samples.reserveCapacity(form.width * form.height * 3)
    for y in 0..<form.height {
      var place = start(ofRow: y)
      for _ in 0..<form.width {
        var pixel: UInt32 = 0
        for byte in 0..<size { pixel |= UInt32(bytes[place + byte]) << UInt32(8 * byte) }
        samples.append(form.red.value(in: pixel))
        samples.append(form.green.value(in: pixel))
        samples.append(form.blue.value(in: pixel))
        place += size
      }
    }
    return samples
  }
}
