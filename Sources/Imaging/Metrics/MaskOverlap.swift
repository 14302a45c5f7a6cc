/// What the metrics are worked out from: the areas of two masks and, where asked for, their boundaries.
struct MaskOverlap {
  /// Pixels in both masks.
  let common: Int
  /// Pixels in the prediction.
  let predicted: Int
  /// Pixels in the truth.
  let actual: Int
  /// How far the boundaries lie apart, where it was asked for.
  let hausdorff: Hausdorff?
  /// How well the bands along the boundaries agree, where it was asked for.
  let boundaryIoU: Double?

  /// Compares two masks; their boundaries cost two distance transforms.
  ///
  /// Pixels that nobody annotated, `unknown`, are in neither, and no boundary runs beside them.
  ///
  /// - Precondition: all have the same size.
  init(prediction: Mask, truth: Mask, unknown: Mask? = nil, withBoundaries: Bool) {
    precondition(
      prediction.width == truth.width && prediction.height == truth.height,
      "\(prediction.width)x\(prediction.height) against \(truth.width)x\(truth.height)")
    let prediction = prediction.without(unknown)
    let truth = truth.without(unknown)
    var common = 0
    for index in prediction.pixels.indices {
      common += Int(prediction.pixels[index] & truth.pixels[index])
    }
    self.common = common
    predicted = prediction.area
    actual = truth.area
    hausdorff = withBoundaries ? Hausdorff(prediction, truth, unknown: unknown) : nil
    boundaryIoU = withBoundaries ? BoundaryIoU.score(prediction, truth, unknown: unknown) : nil
  }

  /// Pixels in either mask.
  var either: Int { predicted + actual - common }

  /// Whether there is no cell in either mask, which says nothing about how well they agree.
  var isEmpty: Bool { predicted == 0 && actual == 0 }

  /// Whether just one of the masks is empty.
  var isOneEmpty: Bool { (predicted == 0) != (actual == 0) }

  /// A part over a whole; of nothing, 1 where both masks are empty and 0 where one is.
  func share(_ part: Int, of whole: Int) -> Double {
    whole == 0 ? (isOneEmpty ? 0 : 1) : Double(part) / Double(whole)
  }
}

extension Mask {
  /// The mask with the pixels of another, if there is one, taken out.
  public func without(_ other: Mask?) -> Mask {
    guard let other else { return self }
    return Mask(
      width: width, height: height, pixels: zip(pixels, other.pixels).map { $0 & ~$1 & 1 })
  }
}
