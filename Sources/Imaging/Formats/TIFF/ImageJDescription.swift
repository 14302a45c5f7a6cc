/// What ImageJ writes into the description of a TIFF: `name=value`, one a line.
struct ImageJDescription {
  /// Planes of the whole stack; nil where it does not say, as of a single image.
  let planes: Int?
  let (channels, slices, frames): (Int, Int, Int)
  private let units: [String]

  /// Reads a description; nil where it is none of ImageJ's.
  init?(_ text: [UInt8]) {
    guard text.starts(with: "ImageJ=".utf8) else { return nil }
    var values: [String: String] = [:]
    for line in text.split(separator: 0x0a) {
      guard let sign = line.firstIndex(of: UInt8(ascii: "=")) else { continue }
      let value = line[(sign + 1)...].filter { $0 != 0x0d && $0 != 0 }
      values[String(decoding: line[..<sign], as: UTF8.self)] = Self.letters(value)
    }
    func count(_ name: String) -> Int? {
      values[name].flatMap { Int($0) }
        .flatMap { (1...TIFFStructure.largestPageCount).contains($0) ? $0 : nil }
    }
    planes = count("images")
    channels = count("channels") ?? 1
    slices = count("slices") ?? 1
    frames = count("frames") ?? 1
    let across = values["unit"] ?? ""
    units = [across, values["yunit"] ?? across]
  }

  /// The size of pixels of which so many make a unit across and down; nil where the unit is no length.
  func pixelSize(across: Double, down: Double) -> ImageContents.PixelSize? {
    guard let first = LengthUnit(units[0]), let second = LengthUnit(units[1]) else { return nil }
    let (x, y) = (first.micrometres / across, second.micrometres / down)
    // ImageJ takes these two over from the tags of scanners and cameras.
    let isPrinted = first.micrometres == 25400 || first.micrometres == 10000
    return isPrinted ? .printed(x: x, y: y) : .stated(x: x, y: y)
  }

  /// Letters as UTF-8 has them, else as Latin-1 has.
  private static func letters(_ bytes: [UInt8]) -> String {
    String(validating: bytes, as: UTF8.self)
      ?? String(String.UnicodeScalarView(bytes.map { Unicode.Scalar($0) }))
  }
}
