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
  ///
  /// Of a strip only the part around the middle is scaled, so that memory is bounded by the side.
  init(of image: Image, mask: Mask?, side: Int) {
    let (width, height) = Self.middle(of: image.width, image.height)
    let plane = image.stretched().centreCropped(width: width, height: height)
      .resized(smallestSide: side).centreCropped(width: side, height: side).values
    let target = mask?.centreCropped(width: width, height: height)
      .resized(smallestSide: side).centreCropped(width: side, height: side).pixels
    self.init(
      side: side, image: plane,
      mask: target?.map(Float.init) ?? Array(repeating: 0, count: side * side))
  }

  /// The part of an image that can matter: all of it, but for strips longer than four squares the two
  /// squares in the middle.
  private static func middle(of width: Int, _ height: Int) -> (width: Int, height: Int) {
    let short = min(width, height)
    func length(_ side: Int) -> Int {
      // As even or odd as the side, so that both have the same middle.
      side <= 4 * short ? side : 2 * short + (side & 1)
    }
    return (length(width), length(height))
  }
}
