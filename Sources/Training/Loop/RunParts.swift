import Autograd
import Basics
import Foundation
import Recipes

/// A kind of run as a value: what training on labels and pretraining differ in.
struct RunParts<Source: BatchSource>: Sendable {
  let settings: RunSettings
  /// Its steps, and after how many of them it is measured.
  let length: RunLength
  let rate: LearningRateSchedule
  /// The share of that rate at which a parameter learns.
  var share: @Sendable (Path) -> Double = { _ in 1 }
  let validation: Validation
  let keep: KeepRule
  /// How far from the weights before the first step the run ends.
  var startAverage = StartAverage.none
  /// How batch norm learns.
  var mode = Graph.Mode.training
  /// Where its batches come from, and what else is drawn comes after the weights.
  let source: @Sendable (SeededGenerator) -> Source
}

extension RunParts where Source == LabelledBatches {
  /// A training on crops, measured on others.
  ///
  /// - Precondition: the recipe is checked for this network and as many crops.
  init(
    _ checked: CheckedRecipe, of network: some SegmentationNetwork, training: [Crop],
    validation: [Crop]
  ) {
    precondition(checked.labels == training.count, "checked for \(checked.labels) crops")
    let (recipe, length) = (checked.recipe, checked.length)
    let samples = PixelDigest(of: training).text + PixelDigest(of: validation).text
    let cores = recipe.objects == .core ? SureCores(of: training) : nil
    func taught(_ crops: [Crop]) -> [Crop] {
      cores.map { cores in crops.map { cores.taught(to: $0) } } ?? crops
    }
    let taughtCrops = taught(training)
    let keep = KeepRule(recipe, validates: !validation.isEmpty, steps: length.steps)
    self.init(
      settings: .training(recipe, samples: samples), length: length,
      rate: LearningRateSchedule(
        peak: recipe.learningRate, warmup: recipe.optimisation.warmup, steps: length.steps,
        shape: recipe.optimisation.schedule),
      share: { path in
        guard let depth = network.encoderDepth(of: path) else { return 1 }
        return recipe.optimisation.encoderRate * pow(recipe.optimisation.layerDecay, Double(depth))
      },
      validation: Validation(
        crops: taught(validation).flatMap { crop in
          Patch.grid(side: recipe.stepSide, in: crop).map { crop.square($0) }
        }
      ) { _ in recipe.batch },
      keep: keep,
      startAverage: StartAverage(
        recipe.optimisation.learntShare, labels: checked.labels, keeps: keep.choice,
        hasSecondOpinion: SecondOpinion.isFor(recipe, labels: checked.labels)),
      mode: Graph.Mode(recipe.optimisation.batchNorm)
    ) { LabelledBatches(recipe, training: taughtCrops, using: $0) }
  }
}

extension RunParts where Source == SimulatedBatches {
  /// A pretraining on simulated images, measured on others and on sets of real ones.
  ///
  /// - Precondition: the settings are checked for this network.
  init(
    _ checked: CheckedPretraining, of network: some SegmentationNetwork, real: [ValidationSet]
  ) {
    let settings = checked.settings
    self.init(
      settings: .pretraining(settings),
      length: RunLength(steps: settings.steps, stepsPerEpoch: settings.validationInterval),
      rate: LearningRateSchedule(
        peak: settings.recipe.learningRate, warmup: settings.warmup, steps: settings.steps,
        shape: .cosine),
      validation: Validation(
        crops: ValidationSet.simulated(settings).crops, real: real, isTabled: true,
        count: settings.count(at:)),
      keep: KeepRule(choice: .every, mean: .ramped(settings.averaging))
    ) { _ in SimulatedBatches(settings) }
  }
}

/// What a run learns by, which must be the same where it is gone on with.
enum RunSettings: Equatable, Sendable {
  /// A training's recipe, and a digest of the crops that it trains and validates on.
  case training(Recipe, samples: String)
  case pretraining(PretrainingSettings)

  var recipe: Recipe {
    switch self {
    case .training(let recipe, _): recipe
    case .pretraining(let settings): settings.summary
    }
  }

  private static let (training, pretraining) = ("aura-checkpoint-", "aura-pretraining-")
  private static let version = 2

  private var formatName: String {
    switch self {
    case .training: Self.training
    case .pretraining: Self.pretraining
    }
  }

  /// What tells the checkpoints of one kind of run from those of others.
  var format: String { "\(formatName)\(Self.version)" }

  /// The same in files of before, which have no checksum.
  var olderFormat: String { "\(formatName)\(Self.version - 1)" }

  /// Whether a checkpoint's format is a later one than this version writes.
  static func isNewer(_ format: String) -> Bool {
    [training, pretraining].contains { name in
      format.hasPrefix(name) && Int(format.dropFirst(name.count)) ?? 0 > version
    }
  }

  /// Why a run by these settings cannot go on from a checkpoint of others, if it cannot.
  func mismatch(with other: RunSettings) -> CheckpointFault? {
    switch (self, other) {
    case (.training(let recipe, let samples), .training(let otherRecipe, let otherSamples)):
      recipe.training != otherRecipe.training
        ? .otherRecipe : samples != otherSamples ? .otherImages : nil
    case (.pretraining(let settings), .pretraining(let others)):
      settings == others ? nil : .otherSettings
    case (.training, .pretraining), (.pretraining, .training): .otherKind
    }
  }
}

extension RunSettings: Codable {
  private enum CodingKeys: CodingKey {
    case recipe, samples, settings
  }

  init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    if let settings = try values.decodeIfPresent(PretrainingSettings.self, forKey: .settings) {
      self = .pretraining(settings)
    } else {
      self = .training(
        try values.decode(Recipe.self, forKey: .recipe),
        samples: try values.decode(String.self, forKey: .samples))
    }
  }

  func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: CodingKeys.self)
    switch self {
    case .training(let recipe, let samples):
      try values.encode(recipe, forKey: .recipe)
      try values.encode(samples, forKey: .samples)
    case .pretraining(let settings):
      try values.encode(settings, forKey: .settings)
    }
  }
}

/// The learning rate of every step of a run: an even rise, then constant or half a cosine down to 0.
///
/// Loshchilov & Hutter 2017, eq. 5, without restarts.
struct LearningRateSchedule: Equatable, Sendable {
  /// The full learning rate.
  let peak: Double
  /// Steps of the rise, of which the last reaches the peak.
  let warmup: Int
  /// Steps of the whole run, the rise included.
  let steps: Int
  let shape: Optimisation.Schedule

  /// The rate of a step, the first being 0.
  func rate(at step: Int) -> Double {
    if step < warmup { return peak * Double(step + 1) / Double(warmup) }
    guard shape == .cosine else { return peak }
    let progress = Double(step - warmup) / Double(max(1, steps - warmup))
    return peak * (1 + cos(.pi * min(1, progress))) / 2
  }
}

extension Graph.Mode {
  /// The mode in which a network learns.
  init(_ batchNorm: Optimisation.BatchNorm) {
    self = batchNorm == .frozen ? .evaluation : .training
  }
}
