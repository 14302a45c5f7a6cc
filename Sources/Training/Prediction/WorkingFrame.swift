import Imaging

/// How a whole image becomes a network's input and the answer the image's size again.
///
/// The smallest side is scaled to the working size (by area down, bilinear up) with the aspect kept;
/// then both sides are padded by reflection, evenly on both ends, to the network's multiple.
struct WorkingFrame: Equatable, Sendable {
  /// The image's own width.
  let width: Int
  /// The image's own height.
  let height: Int
  /// The width at working size.
  let scaledWidth: Int
  /// The height at working size.
  let scaledHeight: Int
  /// The padded width.
  let paddedWidth: Int
  /// The padded height.
  let paddedHeight: Int
  /// Padding in front of a row.
  var left: Int { (paddedWidth - scaledWidth) / 2 }
  /// Padding above.
  var top: Int { (paddedHeight - scaledHeight) / 2 }

  /// Plans for an image of the given size.
  ///
  /// - Precondition: everything is at least 1.
  init(width: Int, height: Int, size: Int, multiple: Int) {
    precondition(
      min(width, height, size, multiple) > 0,
      "a \(width)x\(height) image at size \(size) in multiples of \(multiple)")
    self.width = width
    self.height = height
    let factor = Double(size) / Double(min(width, height))
    scaledWidth = max(size, Int((Double(width) * factor).rounded(.toNearestOrEven)))
    scaledHeight = max(size, Int((Double(height) * factor).rounded(.toNearestOrEven)))
    paddedWidth = (scaledWidth + multiple - 1) / multiple * multiple
    paddedHeight = (scaledHeight + multiple - 1) / multiple * multiple
  }

  /// The image, whose contrast is stretched to 0...1, at the padded size.
  func input(from image: Image) -> [Float] {
    image.resized(width: scaledWidth, height: scaledHeight)
      .padded(
        left: left, top: top, right: paddedWidth - scaledWidth - left,
        bottom: paddedHeight - scaledHeight - top
      ).values
  }

  /// The answer at the padded size, cut back and at the image's own size.
  func output(from padded: [Float]) -> [Float] {
    precondition(
      padded.count == paddedWidth * paddedHeight,
      "\(padded.count) values for \(paddedWidth)x\(paddedHeight)")
    return Image(width: paddedWidth, height: paddedHeight, bitDepth: 32, values: padded)
      .cropped(x: left, y: top, width: scaledWidth, height: scaledHeight)
      .resized(width: width, height: height).values
  }
}
