import Basics
import Imaging
import Objects

/// What a network is trained on of an image, and its mask: a square, or what squares are cut out of.
struct Crop: Equatable, Sendable {
  /// Pixels in a row.
  let width: Int
  /// Rows.
  let height: Int
  /// `width * height` values of 0...1.
  var image: [Float]
  /// `width * height` values, 1 inside a cell and 0 outside.
  var mask: [Float]
  /// `width * height` values, 1 where a pixel was annotated and 0 elsewhere, where the mask is 0 too; nil where
  /// all of them were.
  var known: [Float]?
  /// What the core channel is held to; nil where cells are not told apart.
  var cores: CorePlanes?
  /// The cells, where they are told apart and kept to be compared with those of a network.
  var cells: LabelImage?

  /// Takes planes; whatever the mask says where nobody annotated it is left out, as losses want it.
  ///
  /// - Precondition: all have `width * height` values.
  init(
    width: Int, height: Int, image: [Float], mask: [Float], known: [Float]? = nil,
    cores: CorePlanes? = nil
  ) {
    precondition(
      [image, mask, known ?? mask].allSatisfy { $0.count == width * height },
      "\(image.count) and \(mask.count) values for \(width)x\(height)")
    let kept = known.map { zip(mask, $0).map { $1 > 0.5 ? $0 : 0 } }
    (self.width, self.height, self.image, self.mask) = (width, height, image, kept ?? mask)
    (self.known, self.cores) = (known, cores)
  }

  /// Takes planes of a square.
  ///
  /// - Precondition: all have `side * side` values.
  init(
    side: Int, image: [Float], mask: [Float], known: [Float]? = nil, cores: CorePlanes? = nil
  ) {
    self.init(width: side, height: side, image: image, mask: mask, known: known, cores: cores)
  }

  /// Pixels in a row, and rows.
  ///
  /// - Precondition: it is a square.
  var side: Int {
    precondition(width == height, "a side of \(width)x\(height)")
    return width
  }

  /// The mask as one of whole pixels.
  var truth: Mask {
    Mask(width: width, height: height, pixels: mask.map { $0 > 0.5 ? 1 : 0 })
  }

  /// The pixels that nobody annotated, if there are any.
  var unknown: Mask? {
    known.map { Mask(width: width, height: height, pixels: $0.map { $0 > 0.5 ? 0 : 1 }) }
  }

  /// The image as one of grey values from 0 to 1.
  var picture: Image { Image(width: width, height: height, bitDepth: 32, values: image) }
}

extension Crop {
  /// The square of a labelled image.
  init(
    of sample: Sample, side: Int, percentiles: Percentiles = .usual, keepsCells: Bool = false
  ) {
    self.init(
      of: sample.image, mask: sample.mask, unknown: sample.unknown, cells: sample.cells, side: side,
      percentiles: percentiles, keepsCells: keepsCells)
  }

  /// The square in the middle of an image, to whose side the smallest side is scaled.
  init(
    of image: Image, mask: Mask?, unknown: Mask? = nil, cells: LabelImage? = nil, side: Int,
    percentiles: Percentiles = .usual, keepsCells: Bool = false
  ) {
    self.init(
      of: image, mask: mask, unknown: unknown, cells: cells,
      frame: CropFrame(width: image.width, height: image.height, square: side),
      percentiles: percentiles, keepsCells: keepsCells)
  }

  /// Stretches an image's contrast and scales a part of it.
  ///
  /// Without a mask everything counts as outside. Cells teach cores, and are kept themselves where that is asked for.
  init(
    of image: Image, mask: Mask?, unknown: Mask? = nil, cells: LabelImage? = nil, frame: CropFrame,
    percentiles: Percentiles = .usual, keepsCells: Bool = false
  ) {
    let (part, side) = ((frame.partWidth, frame.partHeight), frame.smallestSide)
    let (width, height) = (frame.width, frame.height)
    let plane = image.stretched(percentiles).cropped(width: part.0, height: part.1)
      .resized(smallestSide: side).cropped(width: width, height: height).values
    func scaled(_ mask: Mask) -> Mask {
      mask.cropped(width: part.0, height: part.1)
        .resized(smallestSide: side).cropped(width: width, height: height)
    }
    let hidden = unknown.map(scaled)
    let known = hidden?.pixels.map { Float(1 - $0) }
    let cells = cells.map {
      $0.cropped(width: part.0, height: part.1)
        .resized(smallestSide: side).cropped(width: width, height: height)
    }
    self.init(
      width: width, height: height, image: plane,
      mask: mask.map { scaled($0).pixels.map(Float.init) }
        ?? Array(repeating: 0, count: width * height),
      known: known?.contains(0) == true ? known : nil,
      cores: cells.map { CorePlanes(of: $0, unknown: hidden) })
    if keepsCells { self.cells = cells }
  }
}
