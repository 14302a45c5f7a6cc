public import Imaging

extension TestFolder {
  /// Writes a small grey image.
  public func image(_ name: String, width: Int = 6, height: Int = 4) throws {
    let values = (0..<width * height).map { Float($0 % 256) }
    let image = Image(width: width, height: height, bitDepth: 8, values: values)
    try write(
      name.hasSuffix(".png") ? PNG.encode(image) : TIFF.encode(image, bitDepth: 8), to: name)
  }

  /// Writes a mask with the first `area` pixels cell.
  public func mask(_ name: String, area: Int = 5, width: Int = 6, height: Int = 4) throws {
    try write(MaskFile.encode(.leading(area, width: width, height: height)), to: name)
  }
}

extension Mask {
  /// A mask whose first pixels are cell.
  public static func leading(_ area: Int, width: Int = 6, height: Int = 4) -> Mask {
    var mask = Mask(width: width, height: height)
    mask.fill(0..<area, with: true)
    return mask
  }
}
