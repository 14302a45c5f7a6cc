import Project
import Recipes

/// What a run learns by, which must be the same where it is gone on with.
enum RunSettings: Equatable, Sendable {
  /// A training's recipe, and a digest of the crops that it trains and validates on.
  case training(Recipe, samples: String)
  /// A pretraining's settings.
  case pretraining(PretrainingSettings)

  /// The settings as a recipe.
  var recipe: Recipe {
    switch self {
    case .training(let recipe, _): recipe
    case .pretraining(let settings): settings.summary
    }
  }

  /// What tells the checkpoints of one kind of run from those of others.
  var format: String {
    switch self {
    case .training: "aura-checkpoint-1"
    case .pretraining: "aura-pretraining-1"
    }
  }

  /// Why a run by these settings cannot go on from a checkpoint of others, if it cannot.
  func mismatch(with other: RunSettings) -> CheckpointFault? {
    switch (self, other) {
    case (.training(let recipe, let samples), .training(let otherRecipe, let otherSamples)):
      recipe != otherRecipe ? .otherRecipe : samples != otherSamples ? .otherImages : nil
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
