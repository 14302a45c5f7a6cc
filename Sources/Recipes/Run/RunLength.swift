/// How many steps a run has, and after how many of them an epoch ends: there it validates and reports.
///
/// An epoch is one pass over the training images. A few labels are passed in one or two steps; so a run
/// whose recipe gives a number of steps joins as many passes to an epoch as make it at most twenty.
public struct RunLength: Equatable, Sendable {
  /// Epochs of a run whose recipe gives a number of steps, at most.
  static let mostEpochs = 20

  /// Steps of the whole run.
  public let steps: Int
  /// Steps of an epoch; the last may have fewer.
  public let stepsPerEpoch: Int

  /// Takes known numbers, both at least 1.
  public init(steps: Int, stepsPerEpoch: Int) {
    self.steps = max(1, steps)
    self.stepsPerEpoch = max(1, stepsPerEpoch)
  }

  /// Follows the settings of a run on so many images.
  public init(_ recipe: Recipe, trainingImages: Int) {
    let batch = max(1, recipe.labelledPerStep)
    let pass = max(1, (trainingImages - 1) / batch + 1)
    if let steps = recipe.steps {
      let passes = (steps - 1) / (Self.mostEpochs * pass) + 1
      self.init(steps: steps, stepsPerEpoch: passes * pass)
    } else {
      self.init(steps: Self.product(recipe.epochs, pass), stepsPerEpoch: pass)
    }
  }

  /// Epochs of the whole run.
  public var epochs: Int { (steps - 1) / stepsPerEpoch + 1 }

  /// Steps that are done when so many epochs are.
  public func steps(in epochs: Int) -> Int { min(Self.product(epochs, stepsPerEpoch), steps) }

  /// Settings are looked at before they are checked, so no number in them may be too large to count with.
  private static func product(_ first: Int, _ second: Int) -> Int {
    let (product, overflows) = first.multipliedReportingOverflow(by: second)
    return overflows ? .max : product
  }
}
