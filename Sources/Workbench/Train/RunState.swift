import Project
import Recipes

/// The run in the background.
struct RunState: Equatable, Sendable {
  enum Phase: Equatable, Sendable {
    case none, starting, running, pausing, paused, resuming
    case stopping(RunStop)
    case proposing(done: Int, of: Int)
    /// Before the first proposals.
    case findingSize(done: Int, of: Int)
    /// To say which images to label next: before the first proposals, or after those of a run.
    case comparing(done: Int, of: Int)
    /// It is done, and measured by labels that it is trained again without.
    case checking(CheckProgress)
    case finished
    case failed(String)
    /// It ran in an earlier session.
    case past
  }

  var phase = Phase.none
  var plan: RunPlan?
  var losses: [Double] = []
  var epochs: [EpochRecord] = []
  /// The epoch with the lowest validation loss.
  var bestEpoch: Int?
  /// How much of what was learnt it has kept, where that was a question.
  var kept: KeptShare?
  /// What it reaches on labels that it has not learnt from.
  var crossValidation: CrossValidation?
  /// The newest line of other figures.
  var figures: String?
  /// The size that was found for the images, before any run.
  var foundSize: FoundSize?
  /// Whether it is a pretraining, watched without a project, which a checkpoint lets go on later.
  let isWatched: Bool
  /// Seconds since 1970 at the start; of the newest epoch's end; now.
  private var startedAt: Double?
  /// What the phase was before proposals without a run, and is again after them.
  private var phaseBefore: Phase?
  private var epochEndedAt: Double?
  var now = 0.0
  private var pausedAt: Double?

  init(isWatched: Bool = false) {
    self.isWatched = isWatched
    if isWatched { phase = .starting }
  }

  /// Whether a run is going on, or its proposals.
  var isActive: Bool {
    switch phase {
    case .none, .finished, .failed, .past: false
    default: true
    }
  }

  /// Whether steps are being made, so that it can be paused and stopped.
  var isTraining: Bool {
    switch phase {
    case .running, .pausing, .paused, .resuming, .stopping: true
    default: false
    }
  }

  /// Whether steps wait, or will before the next batch.
  var isPaused: Bool { phase == .paused || phase == .pausing }

  /// Whether masks are being proposed, or what they need is being found.
  var isProposing: Bool {
    switch phase {
    case .proposing, .findingSize, .comparing: true
    default: false
    }
  }

  /// Whether a run that is done is being cross-validated.
  var isChecking: Bool { if case .checking = phase { true } else { false } }

  /// Whether what goes on is of a run that is done, so that a new one can be begun.
  var givesWay: Bool { isProposing || isChecking }

  /// Whether the masks that are being proposed are from before any run.
  var isBeforeAnyRun: Bool { phaseBefore != nil }

  var epochsDone: Int { epochs.last?.epoch ?? 0 }

  /// Steps done over steps to do, 0...1.
  var fraction: Double {
    switch phase {
    case .proposing(let done, let of) where isBeforeAnyRun,
      .findingSize(let done, let of) where isBeforeAnyRun,
      .comparing(let done, let of) where isBeforeAnyRun:
      return Double(done) / Double(max(1, of))
    case .checking(let progress): return progress.fraction
    default: break
    }
    guard let plan else { return 0 }
    return min(1, Double(plan.stepsDone + losses.count) / Double(plan.length.steps))
  }

  /// Training images a second, as the newest epoch had it or as it goes now.
  var imagesPerSecond: Double? {
    if let newest = epochs.last { return newest.imagesPerSecond }
    guard let plan, !plan.training.isEmpty, let startedAt, now - startedAt > 1, !losses.isEmpty
    else { return nil }
    return Double(losses.count * plan.recipe.batch) / (now - startedAt)
  }

  /// Seconds until the last epoch is done.
  var remaining: Double? {
    guard let plan, isTraining, phase != .paused else { return nil }
    if let epochEndedAt {
      let newest = self.epochs.suffix(5).map(\.seconds)
      let each = newest.reduce(0, +) / Double(max(1, newest.count))
      let left = Double(plan.length.steps) / Double(plan.length.stepsPerEpoch) - Double(epochsDone)
      return max(0, left * each - (now - epochEndedAt))
    }
    guard let startedAt, !losses.isEmpty, now > startedAt else { return nil }
    return (now - startedAt) / Double(losses.count)
      * Double(max(0, plan.length.steps - plan.stepsDone - losses.count))
  }

  var summary: String {
    let epoch = plan.map { "epoch \(min(epochsDone + 1, $0.length.epochs))/\($0.length.epochs)" }
    switch phase {
    case .none: return "No run"
    case .starting: return "Run starting"
    case .running, .resuming: return "Training \(epoch ?? "")"
    case .pausing, .paused: return "Paused at \(epoch ?? "")"
    case .stopping(.epoch): return "Stopping after \(epoch ?? "")"
    case .stopping(.now): return "Stopping"
    case .proposing(let done, let of): return "Proposing \(done)/\(of)"
    case .findingSize(let done, let of): return "Finding the size \(done)/\(of)"
    case .comparing(let done, let of): return "Comparing images \(done)/\(of)"
    case .checking(let progress): return "Checking: \(progress.text)"
    case .finished: return stoppedAt.map { "Run \($0)" } ?? "Run finished"
    case .failed: return "Run failed"
    case .past: return stoppedAt ?? "ended"
    }
  }

  /// Where it ended before its last epoch, if it did.
  private var stoppedAt: String? {
    guard let epochs = plan?.length.epochs, epochsDone < epochs else { return nil }
    return "stopped at \(epochsDone)/\(epochs)"
  }

  /// How far it is, while it goes on, for the status line.
  var progress: StatusText.Progress? {
    isActive ? (fraction: fraction, label: summary) : nil
  }

  /// Ends the run, or the proposals, before the next batch.
  mutating func stopNow() -> [Effect] {
    phase = .stopping(.now)
    return [.stopTraining(.now)]
  }

  /// A run is asked for, or the last one is to go on.
  mutating func begin(goingOn: Bool = false) {
    phase = .starting
    if !goingOn { plan = nil }
  }

  /// What was asked for cannot be.
  mutating func cannotBegin() {
    if phase == .starting { phase = plan == nil ? .none : .past }
  }

  /// Takes in a run of an earlier session.
  mutating func take(
    _ plan: RunPlan, bestEpoch: Int?, kept: KeptShare?, crossValidation: CrossValidation?
  ) {
    guard phase == .none else { return }
    self.crossValidation = crossValidation
    self.plan = plan
    epochs = plan.history
    (self.bestEpoch, self.kept) = (bestEpoch, kept)
    phase = .past
  }

  /// Takes a report in.
  mutating func take(_ event: RunEvent) {
    switch event {
    case .started(let plan):
      let (clock, found) = (now, foundSize)
      self = RunState(isWatched: isWatched)
      (now, foundSize) = (clock, found)
      startedAt = clock
      self.plan = plan
      epochs = plan.history
      if !epochs.isEmpty { epochEndedAt = clock }
      phase = .running
    case .step(let record):
      losses.append(record.loss)
      if phase == .starting { phase = .running }
    case .epoch(let record, let isBest):
      epochs.append(record)
      if isBest { bestEpoch = record.epoch }
      epochEndedAt = now
    case .validated(let record): figures = record.scores
    case .notice: break
    case .paused:
      phase = .paused
      pausedAt = now
    case .resumed:
      phase = .running
      // A pause does not count as time at work.
      if let pausedAt {
        startedAt = startedAt.map { $0 + now - pausedAt }
        epochEndedAt = epochEndedAt.map { $0 + now - pausedAt }
      }
      pausedAt = nil
    case .finished(let outcome):
      bestEpoch = outcome.bestEpoch ?? bestEpoch
      kept = outcome.kept
      phase = .finished
    case .failed(let text): phase = .failed(text)
    case .checking(let progress): goOn(to: .checking(progress))
    case .checked(let result):
      crossValidation = result ?? crossValidation
      switch phase {
      case .checking, .stopping: phase = .finished
      default: break
      }
    }
  }

  /// Masks are being proposed.
  mutating func propose(done: Int, of count: Int) {
    goOn(to: .proposing(done: done, of: count))
  }

  /// The size to look at the images with is being found.
  mutating func findSize(done: Int, of count: Int) {
    goOn(to: .findingSize(done: done, of: count))
  }

  /// Images are being compared.
  mutating func compare(done: Int, of count: Int) {
    goOn(to: .comparing(done: done, of: count))
  }

  private mutating func goOn(to next: Phase) {
    // What was told to stop, or gives way to a new run, may still report.
    if phase == .starting { return }
    if case .stopping = phase { return }
    if phase == .none || phase == .past { phaseBefore = phase }
    phase = next
  }

  /// Proposals are complete.
  mutating func proposalsDone() {
    if phase != .starting { phase = phaseBefore ?? .finished }
    phaseBefore = nil
  }
}
