import Autograd
import Basics
import Foundation
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

  /// Bytes of a run.
  ///
  /// Passes of fewer images and those that validate run in the same memory as the largest step.
  static func bytes(_ recipe: CheckedRecipe) -> Double {
    let drawn = TrainingGraph(
      of: recipe.architecture, loss: recipe.loss,
      count: recipe.recipe.imagesPerStep(labels: recipe.labels),
      side: recipe.size, mode: Graph.Mode(recipe.optimisation.batchNorm))
    let step = drawn.graph.executionBytes(threads: ThreadPool.defaultThreads, loss: drawn.loss)
    // A crop's picture and mask.
    let crops = 8.0 * Double(recipe.labels) * Double(recipe.size * recipe.size)
    let averages = recipe.keep == .average || recipe.optimisation.ema > 0
    let perParameter = bytesPerParameter + (averages ? bytesPerAveragedParameter : 0)
    return programBytes + Double(step) + Double(drawn.graph.parameterCount) * perParameter + crops
  }

  /// Refuses a run that this machine's memory cannot hold.
  ///
  /// - Throws: `TrainingError.memory`.
  static func check(_ recipe: CheckedRecipe) throws(TrainingError) {
    let (need, memory) = (bytes(recipe), Double(ProcessInfo.processInfo.physicalMemory))
    guard need > memory else { return }
    throw .memory(
      "\(recipe.recipe.imagesPerStep(labels: recipe.labels)) images of "
        + "\(recipe.size)x\(recipe.size) a step need about \(NumberText.bytes(need)) of memory, "
        + "this machine has \(NumberText.bytes(memory)); take a smaller size or batch")
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
        self, labels: labels, multiple: network is Architecture ? nil : network.multiple)
    }.mapError(TrainingError.settings).get()
    if network is Architecture { try MemoryNeed.check(checked) }
    return checked
  }
}

extension PretrainingSettings {
  /// The settings, where a network can be trained with them on this machine.
  ///
  /// - Throws: `TrainingError` as of `Recipe.checked`.
  func checked(for network: some SegmentationNetwork) throws(TrainingError) -> CheckedPretraining {
    let checked = try Result { () throws(RecipeError) in
      try CheckedPretraining(self, multiple: network is Architecture ? nil : network.multiple)
    }.mapError(TrainingError.settings).get()
    if network is Architecture { for recipe in checked.recipes { try MemoryNeed.check(recipe) } }
    return checked
  }
}
