import Project
import Recipes

/// Where a run stands, apart from its tensors.
struct LoopState: Equatable, Sendable {
  /// Steps done.
  var step = 0
  /// Images seen in all.
  var seen = 0
  /// The loss of the images seen in the epoch in hand, summed.
  var lossSum = 0.0
  /// Images seen in the epoch in hand.
  var imagesSeen = 0
  /// Seconds that the epoch in hand has taken.
  var seconds = 0.0
  /// The epochs done.
  var history: [EpochRecord] = []
  /// All figures of each validation, where a run keeps a table of them.
  var validations: [ValidationRecord] = []
  /// The epoch with the lowest validation loss.
  var bestEpoch: Int?
  /// The lowest validation loss.
  var bestLoss: Double?

  /// Epochs done.
  var epoch: Int { history.count }
}

extension LoopState: Codable {
  private enum CodingKeys: CodingKey {
    case step, seen, lossSum, imagesSeen, seconds, history, validations, bestEpoch, bestLoss
  }

  /// Reads what this version wrote, or the one before: it counted the images of pretrainings alone, and
  /// had a table of theirs alone.
  init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    step = try values.decode(Int.self, forKey: .step)
    seen = try values.decodeIfPresent(Int.self, forKey: .seen) ?? 0
    lossSum = try values.decode(Double.self, forKey: .lossSum)
    imagesSeen = try values.decode(Int.self, forKey: .imagesSeen)
    seconds = try values.decode(Double.self, forKey: .seconds)
    history = try values.decode([EpochRecord].self, forKey: .history)
    validations =
      try values.decodeIfPresent([ValidationRecord].self, forKey: .validations) ?? []
    bestEpoch = try values.decodeIfPresent(Int.self, forKey: .bestEpoch)
    bestLoss = try values.decodeIfPresent(Double.self, forKey: .bestLoss)
  }
}
