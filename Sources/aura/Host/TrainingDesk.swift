import Files
import Foundation
import Imaging
import Logging
import Project
import Recipes
import Synchronization
import Training
import Weights
import Workbench

/// Trains on the accepted masks in the background, then proposes masks for all other images.
///
/// One thread goes through a session from reading the images to the last proposal; the run itself has
/// its own. Both stand back behind the screen.
final class TrainingDesk: Sendable {
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
    /// Counts sessions, so that the proposals of one end when the next begins.
    var session = 0
  }

  let store: ProjectStore
  let threads: Int
  /// Weights that count before the project's first run.
  private let base: WeightsSource
  private let mailbox: Mailbox
  private let logger: Logger
  private let worker = Worker(name: "training desk", niceness: 10)
  private let state = Mutex(State())

  init(
    store: ProjectStore, mailbox: Mailbox, logger: Logger, weights: WeightsSource = .nothing,
    threads: Int
  ) {
    self.store = store
    base = weights
    self.mailbox = mailbox
    self.logger = logger
    self.threads = threads
  }

  /// Says what a run would do; answered at once, or after the machine's speed was taken.
  func plan(_ recipe: Recipe?) {
    state.withLock { $0.plans.append(recipe) }
    worker.perform { [self] in answerPlans() }
  }

  /// Makes the plans that were asked for.
  private func answerPlans() {
    let waiting = state.withLock { state in
      defer { state.plans = [] }
      return state.plans
    }
    for recipe in waiting { answer(recipe) }
  }

  private func answer(_ recipe: Recipe?) {
    let keys = store.labelledKeys
    guard !keys.isEmpty else {
      return mailbox.post(
        .failed(Trouble(.plan, "no mask is accepted yet; draw one and press a, then g")))
    }
    let previous = store.newestRunWithWeights
    var recipe =
      recipe ?? store.settings.recipe
      ?? suggestion(for: keys, from: previous)
    let past = past(of: previous, for: recipe)
    recipe.weights = startName(previous, for: recipe)
    mailbox.post(
      .planned(
        RunPlanner.forecast(
          recipe, labels: keys.count,
          heldOut: RunPlanner.heldOut(recipe, of: keys, past: past),
          proposals: store.keys.count - keys.count, speed: speed(of: recipe))))
  }

  /// Where a run would begin: at the newest run of its network, else at the weights from before any.
  private func startName(_ run: RunFolder?, for recipe: Recipe) -> StartingWeights {
    if let run, (try? run.recipe())?.architecture == recipe.architecture {
      return Self.name(of: run)
    }
    return base.suits(recipe.architecture) ? base.name : .random
  }

  private func suggestion(for keys: [ImageKey], from previous: RunFolder?) -> Recipe {
    let start = startName(previous, for: Recipe())
    let sides = keys.compactMap { key -> Int? in
      guard let source = try? store.source(of: key),
        let header = try? ImageFile.header(source.file, page: source.page)
      else { return nil }
      return min(header.width, header.height)
    }
    // Behind an encoder alone all is drawn at random, and wants as many steps.
    let isNetwork = start != base.name || !base.isEncoderAlone
    return RunPlanner.recipe(smallestSides: sides, start: isNetwork ? start : .random)
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

  /// Begins a session.
  func start(_ recipe: Recipe) -> [Event] {
    let session = state.withLock { state -> Int? in
      guard !state.isTraining, !state.isLeaving else { return nil }
      state.isTraining = true
      state.stop = nil
      state.isPaused = false
      state.session += 1
      return state.session
    }
    guard let session else { return [.failed(Trouble(.run, "a run is going on; X stops it"))] }
    do {
      let previous = store.newestRunWithWeights
      let folder = try store.newRun()
      let keys = store.labelledKeys
      worker.perform { [self] in train(recipe, keys, from: previous, in: folder, session) }
      return []
    } catch {
      state.withLock { $0.isTraining = false }
      return [.training(.failed("\(error)"))]
    }
  }

  func pause() {
    ask {
      $0.isPaused = true
    } then: {
      $0.pause()
    }
  }

  func resume() {
    ask {
      $0.isPaused = false
    } then: {
      $0.resume()
    }
  }

  func stop(_ point: RunStop) {
    ask {
      $0.stop = point
      // A session that only proposes any more ends before the next image.
      if point == .now, !$0.isTraining { $0.session += 1 }
    } then: {
      $0.stop(after: point)
    }
  }

  /// Stops everything, with the weights and a checkpoint written.
  ///
  /// - Returns: whether that was done within two minutes.
  func finish() -> Bool {
    ask {
      $0.isLeaving = true
      $0.stop = .now
    } then: {
      $0.stop(after: .now)
    }
    return worker.close(waiting: 120)
  }

  private func ask(_ change: (inout State) -> Void, then tell: (Run) -> Void) {
    let run = state.withLock { state in
      change(&state)
      return state.run
    }
    if let run { tell(run) }
  }

  private func train(
    _ recipe: Recipe, _ keys: [ImageKey], from previous: RunFolder?,
    in folder: RunFolder, _ session: Int
  ) {
    var outcome: RunOutcome?
    do {
      var recipe = recipe
      let start = try start(from: previous, for: recipe)
      recipe.weights = start.name
      let run = Run.start(
        recipe: recipe, crops: try crops(keys, recipe), start: start.weights,
        past: start.past, folder: folder.url, threads: threads
      ) { [self] in take($0, folder) }
      adopt(run)
      // A run that broke off has told why.
      outcome = try? run.outcome()
    } catch {
      take(.failed(Failure(error).text), folder)
    }
    ResultFolder(folder.url, isNew: true).removeIfEmpty()
    state.withLock {
      $0.run = nil
      $0.isTraining = false
    }
    guard let weights = outcome?.weights, isCurrent(session) else { return }
    let unlabelled = store.entries.filter { !$0.state.hasMask }.map(\.key)
    propose(unlabelled, by: folder.id, weights.path, session)
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

  /// Reads the labels one by one and keeps what is trained on of each; one that cannot be used is left
  /// out and named.
  private func crops(_ keys: [ImageKey], _ recipe: Recipe) throws -> [CroppedSample] {
    var crops: [CroppedSample] = []
    var troubles = LabelTroubles()
    for key in keys {
      do {
        guard let sample = try sample(key) else { continue }
        crops.append(try CroppedSample(sample, size: recipe.size))
      } catch {
        try troubles.add(error, at: key)
        logger.warning("label left out", metadata: ["image": "\(key)", "error": "\(error)"])
      }
    }
    if let notice = troubles.notice {
      guard !crops.isEmpty else { throw Failure(.badInput, notice) }
      mailbox.post(.notice(notice))
    }
    return crops
  }

  private func sample(_ key: ImageKey) throws -> Sample? {
    let source = try store.source(of: key)
    let image = try ImageFile.read(source.file, page: source.page)
    guard let mask = try store.acceptedMask(of: key, expecting: (image.width, image.height)) else {
      return nil
    }
    return Sample(key: key, image: image, mask: mask)
  }

  /// What a run begins with: the newest weights of the project, with the images that they have seen,
  /// else those from before any run.
  private func start(
    from previous: RunFolder?, for recipe: Recipe
  ) throws -> (weights: StateDict?, name: StartingWeights, past: Split?) {
    if let previous, let weights = weights(of: previous, for: recipe) {
      return (weights, Self.name(of: previous), try? previous.split())
    }
    guard base.suits(recipe.architecture) else { return (nil, .random, nil) }
    return (try base.start(of: recipe.architecture), base.name, nil)
  }

  /// How a recipe names the weights of a run of the same project.
  private static func name(of run: RunFolder) -> StartingWeights {
    .file("runs/\(run.id)/\(run.weightsFile.lastPathComponent)")
  }

  /// The newest weights of the project, where they are of the same network.
  private func weights(of run: RunFolder?, for recipe: Recipe) -> StateDict? {
    guard let run, let file = try? NetworkFile(run.weightsFile.path),
      file.note?.architecture == recipe.architecture
    else { return nil }
    return file.weights
  }

  /// What the weights that a run would go on from have seen.
  private func past(of run: RunFolder?, for recipe: Recipe) -> Split? {
    guard let run, (try? run.recipe())?.architecture == recipe.architecture else { return nil }
    return try? run.split()
  }

  private func take(_ event: RunEvent, _ folder: RunFolder) {
    switch event {
    case .finished(let end):
      logger.info("run done", metadata: ["run": "\(folder.id)", "epochs": "\(end.epochs)"])
    case .failed(let text):
      logger.error("run failed", metadata: ["run": "\(folder.id)", "error": "\(text)"])
    default: break
    }
    mailbox.post(.training(event))
  }

  private func isCurrent(_ session: Int) -> Bool {
    state.withLock { $0.session == session && !$0.isLeaving }
  }

  /// Proposes masks in a project without a run by the weights that are there before it, where they
  /// have not done so yet.
  func proposeBeforeAnyRun() {
    guard !base.isEncoderAlone, let path = base.path, store.newestRunWithWeights == nil
    else { return }
    let source = base.name.text
    let keys = store.entries
      .filter { ($0.state == .new || $0.state == .proposed) && $0.proposedBy != source }
      .map(\.key)
    guard !keys.isEmpty else { return }
    let session = state.withLock(\.session)
    worker.perform { [self] in propose(keys, by: source, path, session) }
  }

  /// Proposes masks as long as the session is not over; whoever asks for a plan meanwhile gets it.
  private func propose(
    _ keys: [ImageKey], by source: String, _ weights: String, _ session: Int
  ) {
    let pass = ProposalPass(
      store: store, mailbox: mailbox, logger: logger, source: source, weights: weights,
      threads: threads)
    pass.run(keys) {
      answerPlans()
      return isCurrent(session)
    }
  }
}
