import Project
public import Recipes

/// A labelled image as a run holds it: the square that is trained on, a fraction of the whole.
public struct CroppedSample: Equatable, Sendable {
  /// Its name in the project.
  public let key: ImageKey
  let crop: Crop

  init(key: ImageKey, crop: Crop) {
    self.key = key
    self.crop = crop
  }

  /// Cuts the square of a labelled image.
  ///
  /// - Parameters:
  ///   - sample: The whole image and its mask, not needed afterwards.
  ///   - size: The side of the square, as the recipe has it.
  /// - Throws: `TrainingError.workingSize` for a side that no network is trained at.
  public init(_ sample: Sample, size: Int) throws(TrainingError) {
    try WorkingSize.check(size, least: 1)
    key = sample.key
    crop = Crop(of: sample.image, mask: sample.mask, side: size)
  }
}
