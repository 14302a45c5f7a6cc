public import Imaging
public import Recipes

/// A labelled image: what a network learns from.
public struct Sample: Equatable, Sendable {
  /// Its name in the project.
  public let key: ImageKey
  /// The image at its own size and scale of values.
  public let image: Image
  /// The accepted mask, of the image's size.
  public let mask: Mask

  /// Joins an image and its mask.
  ///
  /// - Precondition: both have the same size.
  public init(key: ImageKey, image: Image, mask: Mask) {
    precondition(
      image.width == mask.width && image.height == mask.height,
      "\(key): \(image.width)x\(image.height) with a mask of \(mask.width)x\(mask.height)")
    (self.key, self.image, self.mask) = (key, image, mask)
  }
}

/// A labelled image as a run holds it: the square that is trained on, a fraction of the whole.
public struct CroppedSample: Equatable, Sendable {
  /// Its name in the project.
  public let key: ImageKey
  let crop: Crop
}

extension CroppedSample {
  /// Cuts the square of the recipe's size out of a labelled image, which is not needed afterwards.
  ///
  /// - Throws: `TrainingError.workingSize` for a side that no network is trained at.
  public init(_ sample: Sample, size: Int) throws(TrainingError) {
    try WorkingSize.check(size)
    key = sample.key
    crop = Crop(of: sample.image, mask: sample.mask, side: size)
  }
}

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
    (self.side, self.image, self.mask) = (side, image, mask)
  }

  /// The mask as one of whole pixels.
  var truth: Mask {
    Mask(width: side, height: side, pixels: mask.map { $0 > 0.5 ? 1 : 0 })
  }

  /// The image as one of grey values from 0 to 1.
  var picture: Image { Image(width: side, height: side, bitDepth: 32, values: image) }

  /// Stretches an image's contrast, scales its smallest side to `side` and cuts out the middle.
  ///
  /// Without a mask everything counts as outside.
  ///
  /// Of a strip longer than four squares only the two in the middle are scaled, so that memory is bounded
  /// by the side.
  init(of image: Image, mask: Mask?, side: Int) {
    let short = min(image.width, image.height)
    func length(_ whole: Int) -> Int {
      // As even or odd as the whole, so that both have the same middle.
      whole <= 4 * short ? whole : 2 * short + (whole & 1)
    }
    let (width, height) = (length(image.width), length(image.height))
    let plane = image.stretched().cropped(width: width, height: height)
      .resized(smallestSide: side).cropped(width: side, height: side).values
    let target = mask?.cropped(width: width, height: height)
      .resized(smallestSide: side).cropped(width: side, height: side).pixels
    self.init(
      side: side, image: plane,
      mask: target?.map(Float.init) ?? Array(repeating: 0, count: side * side))
  }
}
