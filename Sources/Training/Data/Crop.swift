import Imaging

/// The square of an image that a network is trained on, and its mask.
struct Crop: Equatable, Sendable {
  /// Pixels in a row, and rows.
  let side: Int
  /// `side * side` values of 0...1.
  var image: [Float]
  /// `side * side` values, 1 inside a cell and 0 outside.
  var mask: [Float]

  /// Takes two planes.
  ///
  /// - Precondition: both have `side * side` values.
  init(side: Int, image: [Float], mask: [Float]) {
    precondition(
      image.count == side * side && mask.count == side * side,
      "\(image.count) and \(mask.count) values for a side of \(side)")
    self.side = side
    self.image = image
    self.mask = mask
  }

  /// Stretches an image's contrast, scales its smallest side to `side` and cuts out the middle.
  ///
  /// Without a mask everything counts as outside.
  init(of image: Image, mask: Mask?, side: Int) {
    let plane = image.stretched().resized(smallestSide: side)
      .centreCropped(width: side, height: side).values
    let target = mask?.resized(smallestSide: side).centreCropped(width: side, height: side).pixels
    self.init(
      side: side, image: plane,
      mask: target?.map(Float.init) ?? Array(repeating: 0, count: side * side))
  }
}
