internal import CCodecs

/// Decodes pages of a TIFF whose layout is known.
@safe struct TIFFReader: ~Copyable {
  private let file: OpaquePointer
  private let layout: TIFFLayout

  /// Opens the file for libtiff.
  init(_ layout: TIFFLayout) throws(ImagingError) {
    let bytes = layout.file.bytes
    var text = Codec.blankText
    guard
      let file = unsafe ctiff_open(bytes.descriptor, bytes.memory, bytes.memory.count, &text)
    else { throw .damaged(file: bytes.name, reason: Codec.string(text)) }
    unsafe self.file = file
    self.layout = layout
  }

  deinit { unsafe ctiff_close(file) }

  private var name: String { layout.file.bytes.name }

  /// Decodes a plane, counted from 0.
  func picture(page: Int) throws(ImagingError) -> RawPicture {
    let place = try layout.place(ofPage: page)
    let directory = place.directory
    try directory.check(in: layout.file.bytes)
    var info = ctiff_info()
    try Codec.read(name) { unsafe ctiff_header(file, UInt64(directory.offset), &info, &$0) }
    let (width, height, bits) = (Int(info.width), Int(info.height), Int(info.bits))
    let isSame =
      width == directory.width && height == directory.height && bits == directory.bits
      && Int(info.channels) == directory.samples
    guard isSame, let format = RawPicture.Format(rawValue: Int(info.format)) else {
      throw .damaged(file: name, reason: "its page \(page + 1) contradicts itself")
    }
    let isPart = place.sample != nil && place.data == nil
    let channels = isPart ? 1 : directory.samples
    try RawPicture.check(
      file: name, width: width, height: height, channels: channels, bits: bits,
      stored: Int(clamping: unsafe ctiff_stored_bytes(file)),
      ratio: place.data == nil ? TIFFCompression.largestRatio(directory.compression) : 0)
    var samples: [UInt8]
    if let data = place.data {
      samples = try stored(at: data, width * height * channels, bits: bits)
    } else {
      samples = [UInt8](
        repeating: 0, count: width * height * channels * RawPicture.bytes(ofBits: bits))
      let sample = Int32(place.sample ?? -1)
      try Codec.read(name) { unsafe ctiff_read(file, &info, sample, &samples, samples.count, &$0) }
    }
    let picture = RawPicture(
      width: width, height: height, channels: channels, bits: bits, format: format,
      color: place.sample == nil ? try color(of: directory) : .grey,
      isMinWhite: directory.photometric == TIFFDirectory.Photometric.minIsWhite, samples: samples,
      isMeasured: true)
    guard let sample = place.sample, !isPart else { return picture }
    return picture.only(sample)
  }

  /// Samples that lie in the file as they are, in the machine's byte order.
  private func stored(
    at offset: Int, _ count: Int, bits: Int
  ) throws(ImagingError) -> [UInt8] {
    let size = bits / 8
    var samples = try layout.file.bytes.read(at: offset, count: count * size)
    guard samples.count == count * size else {
      throw .damaged(file: name, reason: "it ends within a page")
    }
    let isBigEndianMachine = 1.bigEndian == 1
    guard size > 1, layout.file.isBigEndian != isBigEndianMachine else { return samples }
    for start in stride(from: 0, to: samples.count, by: size) {
      for index in 0..<size / 2 { samples.swapAt(start + index, start + size - 1 - index) }
    }
    return samples
  }

  private func color(of directory: TIFFDirectory) throws(ImagingError) -> RawPicture.Color {
    if directory.isColor { return .rgb }
    // The index counts, so that colours of more than 8 bits are not needed.
    guard directory.photometric == TIFFDirectory.Photometric.palette, directory.bits <= 8 else {
      return .grey
    }
    guard let palette = try directory.palette(in: layout.file) else {
      throw .damaged(file: name, reason: "its palette is missing")
    }
    return .palette(palette.entries)
  }
}
