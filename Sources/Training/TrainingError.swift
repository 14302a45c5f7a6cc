public import Project
public import Recipes
public import Weights

/// Why a network could not be trained or used.
public enum TrainingError: Error, Equatable, CustomStringConvertible {
  /// Settings cannot be trained with.
  case settings(RecipeError)
  /// Images cannot be looked at with so many pixels of the smallest side.
  case workingSize(Int, least: Int, most: Int)
  /// This machine has too little memory: how much it takes.
  case memory(String)
  /// Numbers are not finite any more: where, and whether good weights of before are on disk.
  case notFinite(step: Int, place: String, isKept: Bool = false)
  /// A run cannot be gone on with: what is wrong with its checkpoint.
  case checkpoint(CheckpointFault)
  /// The weights do not fit the network.
  case weights(WeightsError)
  /// A file of the run cannot be read or written.
  case file(ProjectError)
  /// A folder for a new run holds one already.
  case holdsRun(String)

  /// One line: what, where, and what to try.
  public var description: String {
    switch self {
    case .settings(let error):
      error.description
    case .workingSize(let size, let least, let most):
      "a working size of \(size) is out of range; take \(least) to \(most)"
    case .memory(let what):
      what
    case .notFinite(let step, let place, let isKept):
      "the loss is no number any more at step \(step) (\(place)); "
        + (isKept ? "the last good weights are kept" : "there are no good weights to keep")
        + ", try a lower learning rate"
    case .checkpoint(.damaged(let file, let fault, let weights)):
      "the run cannot be resumed: \(CheckpointFault.damaged(file, fault, weights: weights))"
    case .checkpoint(.newer(let format)):
      "the run cannot be resumed: \(CheckpointFault.newer(format)); go on with that version, or start a "
        + "new run"
    case .checkpoint(.noBestWeights(let epoch, let file)):
      "the run cannot be resumed: \(CheckpointFault.noBestWeights(epoch: epoch, file: file)); put them "
        + "back, or start a new run"
    case .checkpoint(let fault):
      "the run cannot be resumed: \(fault); start a new run instead"
    case .weights(let error):
      error.description
    case .file(let error):
      error.description
    case .holdsRun(let path):
      "'\(path)' holds a run already; give another folder"
    }
  }

  /// Does what meets only a run's files; their errors become this one.
  static func filing<Value>(
    _ body: @autoclosure () throws(ProjectError) -> Value
  ) throws(TrainingError) -> Value {
    do throws(ProjectError) {
      return try body()
    } catch {
      throw .file(error)
    }
  }
}

/// The sizes at which networks look at images.
enum WorkingSize {
  /// The largest one of a training image, which is seen whole.
  static let most = 4096
  /// The largest one of an image to predict, which is seen in tiles: the side of the largest square
  /// that is read from a file.
  static let mostInPrediction = 16384
  /// The least that a message speaks of, with which every network of the catalogue has a pixel left.
  private static let leastTold = 64

  /// What a size for images with one smallest side is for those with another, scaled alike: 1 to the largest one.
  static func scaled(_ size: Int, from side: Int, to other: Int) -> Int {
    let scaled = Double(size) * Double(other) / Double(max(side, 1))
    return Int(min(max(scaled.rounded(), 1), Double(mostInPrediction)))
  }

  /// Refuses sizes that no network can look at images with.
  ///
  /// - Throws: `TrainingError.workingSize`.
  static func check(_ size: Int, least: Int = 1, most: Int = most) throws(TrainingError) {
    guard (least...most).contains(size) else {
      throw .workingSize(size, least: max(least, leastTold), most: most)
    }
  }
}
