public import Imaging

extension Predictor {
  /// What is needed of an image to fit the network to it: the square in its middle, at the working size
  /// as nearly as the network takes it.
  public func calibrationImage(of image: Image) -> CalibrationImage {
    let multiple = network.multiple
    let side = max(network.smallest, (size + multiple / 2) / multiple * multiple)
    return CalibrationImage(crop: Crop(of: image, mask: nil, side: side))
  }

  /// Fits batch norm's running statistics to unlabelled images of what will be predicted; no weight
  /// moves.
  ///
  /// - Parameters:
  ///   - images: What `calibrationImage` gave of each; without any nothing changes.
  ///   - share: How far, 0...1; 1 forgets the statistics of the training images.
  /// - Throws: `TrainingError.tooSmall` for a single image at the smallest size.
  public func calibrate(
    on images: [CalibrationImage], share: Double
  ) throws(TrainingError) {
    precondition((0...1).contains(share), "a share of \(share)")
    guard !images.isEmpty, share > 0 else { return }
    endPass()
    try Calibration(network: network, parameters: parameters, pool: pool)
      .run(on: images.map(\.crop), share: share)
  }
}
