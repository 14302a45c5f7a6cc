public import Basics
import Files
import Foundation
import Imaging
public import Logging
public import Project
public import Recipes
import Synchronization
import Training

/// Trains on the accepted masks of a project in the background, then proposes masks for all other images.
///
/// One thread goes through a session from reading the images to the last proposal; the run itself has
/// its own. Both stand back behind a screen.
public final class TrainingService: Sendable {
  /// What it tells, on its own threads.
  public enum Report: Sendable {
    /// What a run would do.
    case planned(RunForecast)
    /// There is nothing to plan, and why.
    case refused(String)
    /// A run that was asked for cannot be, and why.
    case notStarted(String)
    /// The run reports.
    case run(RunEvent)
    /// A line for the user.
    case notice(String)
    /// What became of proposals.
    case proposals(Proposals)
    /// What runs take on disk, where that has changed.
    case runs(RunsOnDisk)
  }

  private struct State {
    var run: Run?
    /// A run is being read, trained or stopped; proposals are not counted.
    var isTraining = false
    /// What was asked before the run existed.
    var stop: RunStop?
    var isPaused = false
    var isLeaving = false
    var probedSpeed: MachineSpeed?
    /// What plans were asked for and not made yet.
    var plans: [Recipe?] = []
    /// The size of the last plan that nobody had edited.
    var offeredSize: Int?
    /// Counts sessions, so that the proposals of one end when the next begins.
    var session = 0
  }

  let store: ProjectStore
  let threads: Int
  let usual: WeightsSource
  /// Between which percentiles new runs spread the contrast, where it was told.
  private let percentiles: Percentiles?
  let logger: Logger
  let report: @Sendable (Report) -> Void
  private let worker = Worker(name: "training service", niceness: 10)
  private let state = Mutex(State())

  /// Serves a project, before whose first run the `usual` weights count, with so many threads of the
  /// engine; `report` is told what happens, on the service's threads.
  ///
  /// Runs spread the contrast between `percentiles`, unless their plan says otherwise.
  public init(
    store: ProjectStore, usual: WeightsSource, percentiles: Percentiles? = nil, logger: Logger,
    threads: Int, report: @escaping @Sendable (Report) -> Void
  ) {
    self.store = store
    self.usual = usual
    self.percentiles = percentiles
    self.logger = logger
    self.threads = threads
    self.report = report
  }

  /// Says what a run would do, of settings that somebody edited or of the usual ones; told at once, or
  /// after the machine's speed was taken.
  public func plan(_ recipe: Recipe?) {
    state.withLock { $0.plans.append(recipe) }
    worker.perform { [self] in answerPlans() }
  }

  /// Begins a session with a new run.
  ///
  /// - Returns: why it cannot, if it cannot.
  /// - Throws: `ProjectError` where the run's folder cannot be made.
  public func start(_ recipe: Recipe) throws(ProjectError) -> String? {
    guard let session = beginSession() else { return Self.isBusy }
    // What the run begins with is decided before its own folder is the newest.
    let labels = LabelSource(store)
    let beginning = Beginning(.edited(recipe), labels: labels, usual: usual)
    keepSize(of: recipe)
    do throws(ProjectError) {
      let folder = try store.newRun()
      worker.perform { [self] in train(beginning, labels, in: folder, session) }
      return nil
    } catch {
      state.withLock { $0.isTraining = false }
      throw error
    }
  }

  /// Keeps a size that somebody chose in place of the one that was offered: it counts from now on.
  func keepSize(of recipe: Recipe) {
    guard let offered = state.withLock(\.offeredSize), offered != recipe.size else { return }
    do throws(ProjectError) {
      try store.update { $0.workingSize = recipe.size }
    } catch {
      logger.warning("size not kept", metadata: ["error": "\(error)"])
    }
  }

  /// Begins a session with the run that was stopped last, which goes on in its folder.
  ///
  /// - Returns: why it cannot, if that is known at once.
  public func goOn() -> String? {
    guard let session = beginSession() else { return Self.isBusy }
    do {
      guard let run = store.stoppedRun else { throw WorkflowError.noStoppedRun }
      let beginning = try Beginning(resuming: run)
      worker.perform { [self] in train(beginning, LabelSource(store), in: run, session) }
      return nil
    } catch {
      state.withLock { $0.isTraining = false }
      return WorkflowError.text(of: error)
    }
  }

  /// Removes the checkpoints of all runs that are not going on, and tells what that freed.
  public func clearCheckpoints() {
    do {
      let cleared = try store.clearCheckpoints()
      report(.notice(cleared.text ?? "no checkpoint to remove"))
    } catch {
      report(.notice("\(error)"))
    }
    report(.runs(store.runsOnDisk))
  }

  private static let isBusy = "a run is going on; X stops it"

  /// Counts a new session, unless a run is going on; what measures the last one ends.
  private func beginSession() -> Int? {
    state.withLock { state in
      guard !state.isTraining, !state.isLeaving else { return nil }
      state.run?.stop(after: .now)
      state.isTraining = true
      state.stop = nil
      state.isPaused = false
      state.session += 1
      return state.session
    }
  }

  /// Asks the run to wait before its next batch.
  public func pause() { ask({ $0.isPaused = true }, then: { $0.pause() }) }

  /// Asks it to go on.
  public func resume() { ask({ $0.isPaused = false }, then: { $0.resume() }) }

  /// Asks it to end, or proposals to end before the next image.
  public func stop(after point: RunStop) {
    ask {
      $0.stop = point
      // A session that only proposes any more ends before the next image; what measures its run ends alone.
      if point == .now, !$0.isTraining, $0.run == nil { $0.session += 1 }
    } then: {
      $0.stop(after: point)
    }
  }

  /// Stops everything, with the weights and a checkpoint written.
  ///
  /// - Returns: whether that was done within some seconds.
  public func finish(within seconds: Double = 120) -> Bool {
    state.withLock { $0.isLeaving = true }
    stop(after: .now)
    return worker.close(waiting: seconds)
  }

  /// Proposes masks in a project without a run by the weights that are there before it, where they
  /// have not done so yet.
  public func proposeBeforeAnyRun() {
    guard !store.place.isReadOnly, !usual.isEncoderAlone, let path = usual.path,
      store.newestRunWithWeights == nil
    else { return }
    let source = usual.name.text
    let keys = store.entries
      .filter { ($0.state == .new || $0.state == .proposed) && $0.proposedBy != source }
      .map(\.key)
    guard !keys.isEmpty else { return }
    let session = state.withLock(\.session)
    let findsSize = usual.name == .simulated
    worker.perform { [self] in
      propose(keys, by: source, path, session, findsSize: findsSize, order: .first)
    }
  }

  /// Makes the plans that were asked for.
  func answerPlans() {
    let waiting = state.withLock { state in
      defer { state.plans = [] }
      return state.plans
    }
    for recipe in waiting {
      answer(recipe)
      if recipe == nil, fitSizeToLabels() { answer(nil) }
    }
  }

  private func answer(_ edited: Recipe?) {
    let labels = LabelSource(store)
    guard !labels.training.isEmpty else {
      return report(.refused("no mask is accepted yet; draw one and press a, then g"))
    }
    let beginning = Beginning(
      edited.map(Beginning.Settings.edited) ?? .usual, labels: labels, usual: usual)
    var recipe = beginning.recipe
    if edited == nil {
      if let percentiles { recipe.percentiles = percentiles }
      state.withLock { [size = recipe.size] in $0.offeredSize = size }
    }
    let forecast = RunPlanner.forecast(
      recipe, labels: labels.training.count,
      heldOut: RunPlanner.heldOut(beginning.recipe, of: labels.training, past: beginning.past),
      proposals: store.keys.count - labels.training.count, speed: speed(of: beginning.recipe))
    report(.planned(forecast))
  }

  /// What the newest run of the same network reached, else what a probe reaches.
  private func speed(of recipe: Recipe) -> MachineSpeed {
    for run in store.runs.reversed() {
      guard let old = try? run.recipe(), old.architecture == recipe.architecture,
        let history = try? run.history(), let speed = MachineSpeed(recipe: old, history: history)
      else { continue }
      return speed
    }
    if let probed = state.withLock({ $0.probedSpeed }) { return probed }
    let probed = MachineSpeed.probed(threads: threads)
    state.withLock { $0.probedSpeed = probed }
    return probed
  }

  private func ask(_ change: (inout State) -> Void, then tell: (Run) -> Void) {
    let run = state.withLock { state in
      change(&state)
      return state.run
    }
    if let run { tell(run) }
  }

  /// So many masks are proposed before a run is measured, which takes as long as the run itself.
  private static let firstProposals = 16

  private func train(
    _ beginning: Beginning, _ labels: LabelSource, in folder: RunFolder, _ session: Int
  ) {
    var outcome: RunOutcome?
    var crops: [CroppedSample] = []
    do {
      crops = try readCrops(beginning, labels)
      let run = try beginning.start(crops, of: labels, in: folder.url, threads: threads) {
        [self] in
        // Why it broke off is told when it is over, with what it threw.
        if case .failed = $0 { return }
        take($0, folder)
      }
      adopt(run)
      outcome = try run.outcome()
    } catch TrainingError.checkpoint(let fault) {
      report(.notStarted("\(folder.id) cannot be gone on with: \(fault); g trains anew"))
    } catch {
      take(.failed(WorkflowError.text(of: error)), folder)
    }
    ResultFolder(made: folder.url).removeIfEmpty()
    state.withLock {
      $0.run = nil
      $0.isTraining = false
    }
    report(.runs(store.runsOnDisk))
    guard let weights = outcome?.weights, isCurrent(session) else { return }
    let unlabelled = store.entries.filter { !$0.state.hasMask }.map(\.key)
    let rest = unlabelled.dropFirst(Self.firstProposals)
    propose(
      Array(unlabelled.prefix(Self.firstProposals)), by: folder.id, weights.path, session,
      order: rest.isEmpty ? .later : nil)
    if outcome?.wasStopped == false {
      crossValidate(beginning, crops, of: labels, in: folder, session)
    }
    crops = []
    if !rest.isEmpty, isCurrent(session) {
      propose(Array(rest), by: folder.id, weights.path, session, order: .later)
    }
  }

  /// Measures a run that is done, as long as the session is not over.
  private func crossValidate(
    _ beginning: Beginning, _ crops: [CroppedSample], of labels: LabelSource,
    in folder: RunFolder, _ session: Int
  ) {
    guard isCurrent(session) else { return }
    do {
      let checking = try beginning.crossValidate(
        folder, crops, of: labels, in: store, threads: threads
      ) { [self] in
        // Whoever wants another run need not wait for this.
        answerPlans()
        take($0, folder)
      }
      guard let checking else { return }
      let goesOn = state.withLock { state in
        state.run = checking
        return state.session == session && !state.isLeaving
      }
      if !goesOn { checking.stop(after: .now) }
      _ = try checking.outcome()
    } catch {
      report(.notice("\(folder.id) is not cross-validated: \(WorkflowError.text(of: error))"))
    }
    state.withLock { $0.run = nil }
  }

  /// The labels without those that cannot be used, which are named.
  private func readCrops(
    _ beginning: Beginning, _ labels: LabelSource
  ) throws -> [CroppedSample] {
    let (crops, notice) = try labels.usableCrops(for: beginning.recipe) { key, error in
      logger.warning("label left out", metadata: ["image": "\(key)", "error": "\(error)"])
    }
    if let notice { report(.notice(notice)) }
    return crops
  }

  /// Makes the run known, with what was asked before it existed.
  private func adopt(_ run: Run) {
    let (stop, isPaused) = state.withLock { state in
      state.run = run
      return (state.stop, state.isPaused)
    }
    if let stop { run.stop(after: stop) }
    if isPaused { run.pause() }
  }

  private func take(_ event: RunEvent, _ folder: RunFolder) {
    let cleared = store.clearCheckpoints(before: folder.url, at: event)
    if let cleared {
      logger.info("\(cleared)")
      report(.notice(cleared))
    }
    if event.isStart || cleared != nil { report(.runs(store.runsOnDisk)) }
    switch event {
    case .finished(let end):
      logger.info("run done", metadata: ["run": "\(folder.id)", "epochs": "\(end.epochs)"])
    case .failed(let error):
      logger.error("run failed", metadata: ["run": "\(folder.id)", "error": "\(error)"])
    default: break
    }
    report(.run(event))
  }

  /// Whether a run is to begin, or all is to end.
  var isAwaited: Bool { state.withLock { $0.isTraining || $0.isLeaving } }

  func isCurrent(_ session: Int) -> Bool {
    state.withLock { $0.session == session && !$0.isLeaving }
  }
}

extension RunEvent {
  /// Whether the run has begun.
  fileprivate var isStart: Bool {
    if case .started = self { true } else { false }
  }
}
