import Foundation
import Recipes
import Testing

@testable import Console

struct RunWordsTests {
  @Test func `the end of a run says how much of what was learnt its weights keep`() {
    let kept = KeptShare(share: 0.25, agreement: 0.49, images: 12)
    let outcome = RunOutcome(
      epochs: 20, bestEpoch: nil, wasStopped: false, weights: URL(filePath: "/run/w"), kept: kept)
    #expect(
      TrainingWords().finished(outcome).lines == ["done: 20 epochs", kept.text, "weights: /run/w"])
  }

  @Test func `a cross-validation is a line and an object`() throws {
    var measured = CrossValidation(folds: 1, steps: 9, basis: "")
    measured.scores = [.init(image: ImageKey("a"), fold: 1, iou: 0.5)]
    let told = Told(measured)
    #expect(told.lines == [measured.text])
    #expect(told.json != nil)
  }
}
