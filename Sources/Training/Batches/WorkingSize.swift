/// The sizes at which networks look at images.
enum WorkingSize {
  /// The smallest one: the deepest layer of every network has a pixel left.
  static let least = 64
  /// The largest one of a training image, which is seen whole.
  static let most = 4096
  /// The largest one of an image to predict, which is seen in tiles: the side of the largest square
  /// that is read from a file.
  static let mostInPrediction = 16384

  /// Refuses sizes that no network can look at images with.
  ///
  /// - Throws: `TrainingError.workingSize`.
  static func check(_ size: Int, least: Int = least, most: Int = most) throws(TrainingError) {
    guard (least...most).contains(size) else {
      throw .workingSize(size, least: max(least, Self.least), most: most)
    }
  }
}
