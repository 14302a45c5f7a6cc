extension Recipe {
  /// How fast the weights of a run move and when: what holds a network that knows something already.
  public struct FineTuning: Codable, Equatable, Sendable {
    /// How the learning rate goes on after the warm-up.
    public enum Schedule: String, Codable, CaseIterable, Sendable {
      /// It stays as it is.
      case constant
      /// It falls to 0 at the run's end along half a cosine.
      case cosine
    }

    /// What batch norm does while the network learns.
    public enum BatchNorm: String, Codable, CaseIterable, Sendable {
      /// The batch's statistics normalise and move the running ones.
      case train
      /// The running statistics normalise and stay; weight and bias still learn.
      case frozen
    }

    /// Steps in which the learning rate rises evenly to its full height.
    public var warmup = 0
    /// How the learning rate goes on then.
    public var schedule = Schedule.constant
    /// What batch norm does while the network learns.
    public var batchNorm = BatchNorm.train

    /// Every weight by the same learning rate from the first step to the last.
    public init() {}

    private enum CodingKeys: String, CodingKey {
      case warmup, schedule, batchNorm
    }

    /// Reads the settings; what is missing has its default.
    public init(from decoder: any Decoder) throws {
      let container = try decoder.container(keyedBy: CodingKeys.self)
      warmup = try container.decodeIfPresent(Int.self, forKey: .warmup) ?? warmup
      schedule = try container.decodeIfPresent(Schedule.self, forKey: .schedule) ?? schedule
      batchNorm = try container.decodeIfPresent(BatchNorm.self, forKey: .batchNorm) ?? batchNorm
    }
  }
}
