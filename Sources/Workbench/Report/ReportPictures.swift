public import Imaging

/// What a report shows side by side of one test image.
public struct ReportPictures: ShowsImage {
  /// The image as it was scored.
  var shown: ShownImage
  /// Its pixels.
  public var image: Image { shown.image }
  /// Its mask, of the same size.
  public let truth: TiledMask
  /// What each recipe's network made of it, by the recipe's name; some may be missing.
  public let predictions: [String: TiledMask]

  /// Joins them, ready to be drawn.
  public init(image: Image, truth: Mask, predictions: [String: Mask]) {
    shown = ShownImage(image)
    self.truth = TiledMask(truth)
    self.predictions = predictions.mapValues { TiledMask($0) }
  }
}
