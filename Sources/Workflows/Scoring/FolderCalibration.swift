import Imaging
public import Project
public import Training

/// Fits a network to the images of a folder before it predicts them.
public enum FolderCalibration {
  /// How many images are looked at, at most: more hardly change the statistics.
  static let mostImages = 64

  /// Fits the network to images spread evenly over the folder; those that cannot be read are passed over.
  public static func run(_ predictor: Predictor, on images: [ImageSource], share: Double?)
    throws(WeightsTrouble)
  {
    guard let share, share > 0 else { return }
    let count = min(images.count, mostImages)
    let found = (0..<count).compactMap { index in
      let source = images[index * images.count / count]
      return (try? ImageFile.read(source.file, page: source.page))
        .map { predictor.calibrationImage(of: $0) }
    }
    do {
      try predictor.calibrate(on: found, share: share)
    } catch {
      throw .calibration(error)
    }
  }
}
