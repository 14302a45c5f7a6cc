public import Imaging

/// What a report shows side by side of one test image.
public struct ReportPictures: Equatable, Sendable {
  /// The image as it was scored.
  public var image: Image
  /// Its mask, of the same size.
  public var truth: Mask
  /// What each recipe's network made of it, by the recipe's name; some may be missing.
  public var predictions: [String: Mask]

  /// Joins them.
  public init(image: Image, truth: Mask, predictions: [String: Mask]) {
    self.image = image
    self.truth = truth
    self.predictions = predictions
  }
}
