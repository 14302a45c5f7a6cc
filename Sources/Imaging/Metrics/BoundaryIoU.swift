/// How well two masks agree along their boundaries, 0...1, whatever their size.
///
/// Boundary IoU by Cheng, Girshick, Dollar, Berg and Kirillov (2021).
///
/// Both masks are first reduced to the band of their pixels that lie within some steps (by edge or corner) of
/// background; outside of the image all is background. Both masks empty: 1; one empty: 0.
enum BoundaryIoU {
  /// The band's width as a share of the image's diagonal, as the authors have it; at least a pixel.
  private static let share = 0.02

  /// Pixels in the bands of both masks, which have the same size, over pixels in either's.
  ///
  /// The masks go on where it is unknown whether they do, so that no band runs along there.
  static func score(_ first: Mask, _ second: Mask, unknown: Mask? = nil) -> Double {
    let diagonal = Double(first.width * first.width + first.height * first.height).squareRoot()
    let width = max(1, Int((share * diagonal).rounded(.toNearestOrEven)))
    let bands = [first, second].map { mask in
      guard let unknown else { return mask.band(width) }
      let reaching = Mask(
        width: mask.width, height: mask.height,
        pixels: zip(mask.pixels, unknown.pixels).map { $0 | $1 })
      return zip(reaching.band(width), unknown.pixels).map { $0 & ~$1 & 1 }
    }
    var common = 0
    var either = 0
    for index in bands[0].indices {
      common += Int(bands[0][index] & bands[1][index])
      either += Int(bands[0][index] | bands[1][index])
    }
    return either == 0 ? 1 : Double(common) / Double(either)
  }
}

extension Mask {
  /// The mask minus its erosion by a square of `2 * reach + 1` pixels, 1 inside the band.
  fileprivate func band(_ reach: Int) -> [UInt8] {
    var rows = [UInt8](repeating: 0, count: pixels.count)
    for y in 0..<height {
      Self.erode(pixels, from: y * width, step: 1, count: width, reach: reach, into: &rows)
    }
    var eroded = [UInt8](repeating: 0, count: pixels.count)
    for x in 0..<width {
      Self.erode(rows, from: x, step: width, count: height, reach: reach, into: &eroded)
    }
    return zip(pixels, eroded).map { $0 & ~$1 & 1 }
  }

  /// Keeps the pixels of a line that have `reach` pixels of the mask on either side.
  private static func erode(
    _ source: [UInt8], from first: Int, step: Int, count: Int, reach: Int,
    into result: inout [UInt8]
  ) {
    var length = 0
    for place in 0..<count {
      length = source[first + place * step] == 0 ? 0 : length + 1
      if length > 2 * reach { result[first + (place - reach) * step] = 1 }
    }
  }
}
