import Imaging
import Project
import Recipes
import Training

/// The scores at the end of a run: of the images for testing; without any, of all that have masks.
struct FinalScoring {
  /// The images to score.
  let keys: [ImageKey]
  /// Whether these are the images for testing.
  let isOfTests: Bool
  private let labels: LabelSource
  private let trained: Set<ImageKey>

  /// Takes the images, and from the run's split which of them it learned from.
  init(_ labels: LabelSource, run: RunFolder) throws(ProjectError) {
    self.labels = labels
    isOfTests = !labels.testing.isEmpty
    keys = labels.testing.isEmpty ? labels.training : labels.testing
    trained = Set(try run.split().parts.filter { $0.value == .train }.keys)
  }

  /// Scores the images in order, reading each when it comes; nil when told to stop between two of them.
  func scores(
    by score: (Sample) throws -> Scores, isStopped: () -> Bool,
    progress: (_ done: Int, _ total: Int, _ key: ImageKey) -> Void
  ) throws -> FinalScores? {
    var table = ScoreTable()
    var lines: [ImageScore] = []
    for (index, key) in keys.enumerated() {
      progress(index, keys.count, key)
      if isStopped() { return nil }
      guard let sample = try labels.sample(key) else { continue }
      let scores = try score(sample)
      let isTrainedOn = trained.contains(key)
      table.add(key, scores, part: isTrainedOn ? .trainedOn : isOfTests ? .test : .heldOut)
      lines.append(ImageScore(image: key, trainedOn: isTrainedOn, scores: scores))
    }
    return isStopped() ? nil : FinalScores(table: table, isOfTests: isOfTests, lines: lines)
  }
}

/// What a run's weights reach on its own labels.
public struct FinalScores {
  /// The scores with their means.
  public let table: ScoreTable
  /// Whether they are of images that a split puts aside for testing.
  public let isOfTests: Bool
  /// The same as lines of `scores.csv`.
  let lines: [ImageScore]
}
