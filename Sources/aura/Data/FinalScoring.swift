import Imaging
import Project
import Recipes
import Training

/// The scores at the end of a run: of the images for testing; without any, of all that have masks.
struct FinalScoring {
  /// The images to score.
  let samples: [Sample]
  /// Whether these are the images for testing.
  let isOfTests: Bool
  private let trained: Set<ImageKey>

  /// Takes the images, and from the run's split which of them it learned from.
  init(_ labels: Labels, run: RunFolder) throws(ProjectError) {
    isOfTests = !labels.testing.isEmpty
    samples = labels.testing.isEmpty ? labels.training : labels.testing
    trained = Set(try run.split().parts.filter { $0.value == .train }.keys)
  }

  /// Scores the images in order; nil when told to stop between two of them.
  func scores(
    by score: (Sample) -> Scores, isStopped: () -> Bool,
    progress: (_ done: Int, _ key: ImageKey) -> Void
  ) -> (table: ScoreTable, lines: [ImageScore])? {
    var table = ScoreTable()
    var lines: [ImageScore] = []
    for (index, sample) in samples.enumerated() {
      progress(index, sample.key)
      if isStopped() { return nil }
      let scores = score(sample)
      let isTrainedOn = trained.contains(sample.key)
      table.add(
        sample.key, scores, part: isTrainedOn ? .trainedOn : isOfTests ? .test : .heldOut)
      lines.append(ImageScore(image: sample.key, trainedOn: isTrainedOn, scores: scores))
    }
    return isStopped() ? nil : (table, lines)
  }
}
