import Autograd
import Basics
import Kernels
import Recipes

/// How much memory a run takes: what a step is planned to run in, and what is counted besides.
///
/// `aura train` on 8 images with AURA-net held 1342 MB at most at 64 pixels, 1955 MB at 256; steps alone 770
/// and 1406 MB. With a running mean of the weights it held 1676 MB at 64.
enum MemoryNeed {
  /// Bytes for each parameter: four numbers in a step (its value, its gradient, Adam's two means), three
  /// more while a checkpoint is copied, and half a one for the tensor of it that is being written.
  static let bytesPerParameter = 30.0

  /// Bytes more for each parameter where a mean of the weights is kept: it, and its copy in a checkpoint.
  static let bytesPerAveragedParameter = 8.0

  static let programBytes = 50e6

  /// Bytes of a whole image: as it is read, as numbers and as the answer.
  static func imageBytes(width: Int, height: Int) -> Double { 12 * Double(width) * Double(height) }

  /// Bytes of a run.
  ///
  /// Passes of fewer images and those that validate run in the same memory as the largest step.
  static func bytes(_ checked: CheckedRecipe) -> Double {
    bytes(checked.recipe, labels: checked.labels)
  }

  private static func bytes(_ recipe: Recipe, labels: Int) -> Double {
    let drawn = TrainingGraph(
      of: CellNetwork(recipe), loss: recipe.loss, count: recipe.imagesPerStep(labels: labels),
      side: recipe.stepSide, mode: Graph.Mode(recipe.optimisation.batchNorm))
    let step = drawn.graph.executionBytes(threads: ThreadPool.defaultThreads, loss: drawn.loss)
    // A crop's picture and mask, and what is known of its cores; one that is not square is longer by a third.
    let shape = recipe.usesPatches ? 4.0 / 3 : 1
    let crops =
      (recipe.objects == .core ? 16.0 : 8) * Double(labels) * Double(recipe.size * recipe.size)
      * shape
    let averages = recipe.keep == .average || recipe.optimisation.ema > 0
    let perParameter = bytesPerParameter + (averages ? bytesPerAveragedParameter : 0)
    return programBytes + Double(step) + Double(drawn.graph.parameterCount) * perParameter + crops
  }

  /// Refuses a run that this process may not take the memory for.
  ///
  /// - Throws: `TrainingError.memory` with figures and the largest batch and size that fit; of a run at
  ///   several sizes, whose batches differ, the size alone.
  static func check(
    _ checked: CheckedRecipe, isOneOfSizes: Bool = false, limit: MemoryLimit = .now()
  ) throws(TrainingError) {
    let need = need(checked.recipe, labels: checked.labels)
    guard !limit.holds(need) else { return }
    let side = checked.recipe.stepSide
    throw .memory(
      "\(checked.recipe.imagesPerStep(labels: checked.labels)) images of \(side)x\(side) a step need "
        + "about \(NumberText.bytes(need.total)) of memory, \(limit.text(against: need)); "
        + advice(checked, withBatch: !isOneOfSizes, limit: limit))
  }

  private static func need(_ recipe: Recipe, labels: Int) -> MemoryLimit.Need {
    let total = bytes(recipe, labels: labels)
    return MemoryLimit.Need(total: total, fresh: total - programBytes)
  }

  /// What to take instead.
  private static func advice(
    _ checked: CheckedRecipe, withBatch: Bool, limit: MemoryLimit
  ) -> String {
    /// The largest of some values, growing, that the settings may have and that fits.
    func largest(_ values: [Int], _ setting: WritableKeyPath<Recipe, Int>) -> Int? {
      func recipe(_ value: Int) -> Recipe {
        var recipe = checked.recipe
        recipe[keyPath: setting] = value
        return recipe
      }
      let values = values.filter {
        (try? CheckedRecipe(recipe($0), labels: checked.labels)) != nil
      }
      let count = values.prefixCount { limit.holds(need(recipe($0), labels: checked.labels)) }
      return count > 0 ? values[count - 1] : nil
    }
    let network = checked.architecture
    let batches = withBatch ? Array(1..<max(1, checked.batch)) : []
    let sizes = Array(
      stride(from: network.leastSide, to: checked.size, by: network.multiple))
    let fitting = [
      largest(batches, \.batch).map { "a batch of at most \($0)" },
      largest(sizes, \.size).map { "a size of at most \($0)" },
    ].compactMap(\.self)
    return fitting.isEmpty
      ? "no smaller one fits, take another network"
      : "take \(fitting.joined(separator: " or ")), which fits"
  }
}

extension [Int] {
  /// How many of the first of these, growing, are held to be small enough.
  fileprivate func prefixCount(where fits: (Int) -> Bool) -> Int {
    var range = 0..<count
    while !range.isEmpty {
      let middle = (range.lowerBound + range.upperBound) / 2
      range = fits(self[middle]) ? middle + 1..<range.upperBound : range.lowerBound..<middle
    }
    return range.lowerBound
  }
}

extension Recipe {
  /// The settings, where a network can be trained with them on so many images on this machine.
  ///
  /// The memory of networks that are none of the catalogue, those of tests, is not counted.
  ///
  /// - Throws: `TrainingError.settings` naming the first thing that cannot be, `.memory` for what this
  ///   machine cannot hold.
  func checked(
    for network: some SegmentationNetwork, labels: Int
  ) throws(TrainingError) -> CheckedRecipe {
    let checked = try Result { () throws(RecipeError) in
      try CheckedRecipe(
        self, labels: labels, multiple: network is CellNetwork ? nil : network.multiple)
    }.mapError(TrainingError.settings).get()
    if network is CellNetwork { try MemoryNeed.check(checked) }
    return checked
  }
}

extension PretrainingSettings {
  /// The settings, where a network can be trained with them on this machine.
  ///
  /// - Throws: `TrainingError` as of `Recipe.checked`.
  func checked(for network: some SegmentationNetwork) throws(TrainingError) -> CheckedPretraining {
    let checked = try Result { () throws(RecipeError) in
      try CheckedPretraining(self, multiple: network is CellNetwork ? nil : network.multiple)
    }.mapError(TrainingError.settings).get()
    if network is CellNetwork {
      for recipe in checked.recipes {
        try MemoryNeed.check(recipe, isOneOfSizes: checked.recipes.count > 1)
      }
    }
    return checked
  }
}
