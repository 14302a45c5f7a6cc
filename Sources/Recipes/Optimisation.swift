/// How fast the weights of a run move and when: what holds a network that knows something already.
///
/// `fineTuning` in JSON and YAML.
public struct Optimisation: Settable {
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

  /// How a run is trained again without some of its labels, which tell then how good its masks are.
  public enum CrossValidation: String, Codable, CaseIterable, Sendable {
    /// Where nothing is held out, in as many steps as the run itself has, all trainings together.
    case auto
    /// Never.
    case none
    /// Each time in as many steps as the run itself: without one label of up to eight, else without a fourth of
    /// them.
    case full
  }

  /// Whether the weights that come with Aura look at images too wherever a run's weights are used.
  public enum SecondOpinion: String, Codable, CaseIterable, Sendable {
    /// Where the run began with them and has learnt from up to 10 labels.
    case auto
    /// With up to 10 labels, whatever the run began with.
    case simulated
    /// Never.
    case none
  }

  /// Steps in which the learning rate rises evenly to its full height.
  public var warmup = 0
  /// How the learning rate goes on then.
  public var schedule = Schedule.constant
  /// What batch norm does while the network learns.
  public var batchNorm = BatchNorm.train
  /// Share of the learning rate at which the encoder's deepest stage learns; 0 leaves the encoder as
  /// it is.
  public var encoderRate = 1.0
  /// How much slower each stage of the encoder learns than the deeper one behind it, above 0 and at most
  /// 1, as general features change less than special ones (Howard & Ruder 2018).
  public var layerDecay = 1.0
  /// Share of itself that the mean of the weights keeps at each step, 0..<1; 0 for no such mean.
  ///
  /// Where there is one, it is what is validated and kept, unless the recipe keeps the last weights.
  public var ema = 0.0
  /// Share of a step's images that are simulated, 0..<1: what the network has learnt before it sees on.
  var simulatedShare = 0.0
  /// How much of what was learnt is kept where a run begins with the weights of its whole network.
  public var learntShare = LearntShare.auto
  /// Whether what was known before the run is asked beside what it has learnt.
  public var secondOpinion = SecondOpinion.auto
  /// How the run is measured afterwards, by labels that it is trained again without.
  public var crossValidation = CrossValidation.auto

  /// Every weight by the same learning rate from the first step to the last.
  public init() {}

  /// Every setting of it.
  public static let settings: [Setting<Optimisation>] = [
    Setting(
      "warmup", \.warmup, .whole(0...1_000_000, name: "steps"),
      "Steps in which the learning rate rises to its full height."),
    Setting("schedule", \.schedule, .word, "The learning rate after the warm-up."),
    Setting(
      "batchNorm", \.batchNorm, .word,
      "Normalise by each batch, or by the statistics that are there."),
    Setting(
      "encoderRate", \.encoderRate, .rate,
      "Share of the learning rate for the encoder; 0 leaves it as it is."),
    Setting(
      "layerDecay", \.layerDecay, .decay,
      "The same from each stage of the encoder to the one before it."),
    Setting(
      "ema", \.ema, .share,
      "Share that a mean of the weights keeps of itself at each step, 0.99; it is validated and kept."
    ),
    Setting(
      "simulatedShare", \.simulatedShare, .share,
      "Share of each step's images that are simulated rather than labelled."),
    Setting(
      "learntShare", \.learntShare, .learntShare,
      "Share of what was learnt that is kept over the weights before the first step; auto: all with a "
        + "second opinion or from 11 labels on, else as unlabelled images advise."),
    Setting(
      "secondOpinion", \.secondOpinion, .word,
      "Weights that look at images beside the run's wherever these are used: simulated, those that come with "
        + "aura, with up to 10 labels; auto: they, where the run begins with them or with a run's that ask them."
    ),
    Setting(
      "crossValidation", \.crossValidation, .word,
      "Measure the run by training it again without some labels: auto where none is held out, in as "
        + "many steps in all; full in as many each time."),
  ]
}
