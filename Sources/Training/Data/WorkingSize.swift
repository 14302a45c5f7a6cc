/// The sizes at which networks look at images.
enum WorkingSize {
  /// The smallest one: the deepest layer of every network has a pixel left.
  static let least = 64
  /// The largest one.
  static let most = 4096

  /// Refuses sizes that no network can look at images with.
  ///
  /// - Throws: `TrainingError.workingSize`.
  static func check(_ size: Int, least: Int = least) throws(TrainingError) {
    guard (least...most).contains(size) else { throw .workingSize(size) }
  }
}
