import Recipes
import Testing

struct RunLengthTests {
  private func length(_ images: Int, batch: Int = 4, epochs: Int = 10, steps: Int?) -> RunLength {
    var recipe = Recipe()
    recipe.batch = batch
    recipe.epochs = epochs
    recipe.steps = steps
    return RunLength(recipe, trainingImages: images)
  }

  @Test func `without a number of steps an epoch is a pass over the images`() {
    #expect(length(9, steps: nil) == RunLength(steps: 30, stepsPerEpoch: 3))
    #expect(length(9, steps: nil).epochs == 10)
  }

  @Test(arguments: [1, 3, 5, 17, 400], [1, 2, 19, 20, 21, 100, 640])
  func `a number of steps is done to the last in at most twenty epochs of whole passes`(
    images: Int, steps: Int
  ) {
    let length = length(images, steps: steps)
    let pass = (images + 3) / 4
    #expect(length.steps == steps)
    #expect(length.stepsPerEpoch.isMultiple(of: pass))
    #expect((1...20).contains(length.epochs))
    #expect(length.steps(in: length.epochs) == steps)
    #expect(length.steps(in: length.epochs - 1) < steps)
    // No more passes are joined than need be.
    if length.stepsPerEpoch > pass {
      #expect((steps - 1) / (length.stepsPerEpoch - pass) + 1 > 20)
    }
  }

  @Test(arguments: [1, 9, 400], [1, 4, Int.max])
  func `no number is too large to count with`(images: Int, batch: Int) {
    let pass = (images - 1) / batch + 1
    #expect(length(images, batch: batch, epochs: .max, steps: nil).steps == .max)
    let length = length(images, batch: batch, steps: .max)
    #expect((length.steps, length.stepsPerEpoch % pass) == (.max, 0))
    #expect(length.steps(in: .max) == .max)
  }

  @Test func `the last epoch has the steps that are left`() {
    let length = length(3, steps: 50)
    #expect(length == RunLength(steps: 50, stepsPerEpoch: 3))
    #expect(length.epochs == 17)
    #expect([1, 16, 17, 18].map { length.steps(in: $0) } == [3, 48, 50, 50])
  }
}
