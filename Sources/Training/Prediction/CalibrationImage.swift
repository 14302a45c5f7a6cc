/// The part of an unlabelled image that a network's statistics are fitted to.
public struct CalibrationImage: Equatable, Sendable {
  let crop: Crop
}
