public import Basics
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
  /// The pixels that nobody annotated, if there are any: from them nothing is learnt, and they are not
  /// scored.
  public let unknown: Mask?

  /// The cells of the mask, where they are told apart.
  public let cells: LabelImage?

  /// Joins an image and what is annotated of it.
  ///
  /// - Precondition: both have the same size.
  public init(key: ImageKey, image: Image, annotation: Annotation) {
    self.init(
      key: key, image: image, mask: annotation.mask, unknown: annotation.unknown,
      cells: annotation.cells)
  }

  /// Joins an image and its mask.
  ///
  /// - Precondition: all have the same size.
  public init(
    key: ImageKey, image: Image, mask: Mask, unknown: Mask? = nil, cells: LabelImage? = nil
  ) {
    precondition(
      image.width == mask.width && image.height == mask.height,
      "\(key): \(image.width)x\(image.height) with a mask of \(mask.width)x\(mask.height)")
    (self.key, self.image, self.mask) = (key, image, mask)
    (self.unknown, self.cells) = (unknown, cells)
  }
}

/// A labelled image as a run holds it: the square that is trained on, a fraction of the whole.
public struct CroppedSample: Equatable, Sendable {
  /// Its name in the project.
  public let key: ImageKey
  let crop: Crop
}

extension CroppedSample {
  /// Cuts the square of the recipe's size out of a labelled image, which is not needed afterwards, its contrast
  /// spread between the recipe's percentiles.
  ///
  /// - Throws: `TrainingError.workingSize` for a side that no network is trained at.
  public init(
    _ sample: Sample, size: Int, percentiles: Percentiles = .usual
  ) throws(TrainingError) {
    try WorkingSize.check(size)
    key = sample.key
    crop = Crop(of: sample, side: size, percentiles: percentiles)
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
  /// `side * side` values, 1 where a pixel was annotated and 0 elsewhere, where the mask is 0 too; nil where
  /// all of them were.
  var known: [Float]?
  /// What the core channel is held to; nil where cells are not told apart.
  var cores: CorePlanes?
  /// The cells, where they are told apart and kept to be compared with those of a network.
  var cells: LabelImage?

  /// Takes two planes; whatever the mask says where nobody annotated it is left out, as losses want it.
  ///
  /// - Precondition: all have `side * side` values.
  init(
    side: Int, image: [Float], mask: [Float], known: [Float]? = nil, cores: CorePlanes? = nil
  ) {
    precondition(
      [image, mask, known ?? mask].allSatisfy { $0.count == side * side },
      "\(image.count) and \(mask.count) values for a side of \(side)")
    let kept = known.map { zip(mask, $0).map { $1 > 0.5 ? $0 : 0 } }
    (self.side, self.image, self.mask) = (side, image, kept ?? mask)
    (self.known, self.cores) = (known, cores)
  }

  /// The mask as one of whole pixels.
  var truth: Mask {
    Mask(width: side, height: side, pixels: mask.map { $0 > 0.5 ? 1 : 0 })
  }

  /// The pixels that nobody annotated, if there are any.
  var unknown: Mask? {
    known.map { Mask(width: side, height: side, pixels: $0.map { $0 > 0.5 ? 0 : 1 }) }
  }

  /// The square of a labelled image.
  init(
    of sample: Sample, side: Int, percentiles: Percentiles = .usual, keepsCells: Bool = false
  ) {
    self.init(
      of: sample.image, mask: sample.mask, unknown: sample.unknown, cells: sample.cells, side: side,
      percentiles: percentiles, keepsCells: keepsCells)
  }

  /// The image as one of grey values from 0 to 1.
  var picture: Image { Image(width: side, height: side, bitDepth: 32, values: image) }

  /// Stretches an image's contrast, scales its smallest side to `side` and cuts out the middle.
  ///
  /// Without a mask everything counts as outside. Cells teach cores, and are kept themselves where that is asked for.
  ///
  /// Of a strip longer than four squares only the two in the middle are scaled, so that memory is bounded
  /// by the side.
  init(
    of image: Image, mask: Mask?, unknown: Mask? = nil, cells: LabelImage? = nil, side: Int,
    percentiles: Percentiles = .usual, keepsCells: Bool = false
  ) {
    let short = min(image.width, image.height)
    func length(_ whole: Int) -> Int {
      // As even or odd as the whole, so that both have the same middle.
      whole <= 4 * short ? whole : 2 * short + (whole & 1)
    }
    let (width, height) = (length(image.width), length(image.height))
    let plane = image.stretched(percentiles).cropped(width: width, height: height)
      .resized(smallestSide: side).cropped(width: side, height: side).values
    func square(_ mask: Mask) -> Mask {
      mask.cropped(width: width, height: height)
        .resized(smallestSide: side).cropped(width: side, height: side)
    }
    let hidden = unknown.map(square)
    let known = hidden?.pixels.map { Float(1 - $0) }
    let cells = cells.map {
      $0.cropped(width: width, height: height)
        .resized(smallestSide: side).cropped(width: side, height: side)
    }
    self.init(
      side: side, image: plane,
      mask: mask.map { square($0).pixels.map(Float.init) }
        ?? Array(repeating: 0, count: side * side),
      known: known?.contains(0) == true ? known : nil,
      cores: cells.map { CorePlanes(of: $0, unknown: hidden) })
    if keepsCells { self.cells = cells }
  }
}
