import Foundation
import Imaging
import Logging
import Project
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
    /// Counts sessions, so that the proposals of one end when the next begins.
    var session = 0
  }

  let store: ProjectStore
  let threads: Int
  private let mailbox: Mailbox
  private let logger: Logger
  private let worker = Worker(name: "training desk", niceness: 10)
  private let state = Mutex(State())

  init(store: ProjectStore, mailbox: Mailbox, logger: Logger, threads: Int) {
    self.store = store
    self.mailbox = mailbox
    self.logger = logger
    self.threads = threads
  }

  /// Says what a run would do; answered at once, or after the machine's speed was taken.
  func plan(_ recipe: Recipe?) {
    worker.perform { [self] in
      let keys = store.labelledKeys
      guard !keys.isEmpty else {
        return mailbox.post(.failed("no mask is accepted yet; draw one and press a, then g"))
      }
      let recipe = recipe ?? store.settings.recipe ?? suggestion(for: keys)
      let past = past(of: store.newestRunWithWeights, for: recipe)
      let forecast = RunPlanner.forecast(
        recipe, labels: keys.count, heldOut: RunPlanner.heldOut(recipe, of: keys, past: past),
        proposals: store.keys.count - keys.count, speed: speed(of: recipe))
      mailbox.post(
        .planned(
          RunEstimate(
            recipe: recipe, trainingImages: forecast.trainingImages,
            validationImages: forecast.validationImages, seconds: forecast.seconds,
            note: forecast.refusal ?? forecast.note)))
    }
  }

  private func suggestion(for keys: [ImageKey]) -> Recipe {
    let sides = keys.compactMap { key -> Int? in
      guard let source = try? store.source(of: key),
        let header = try? ImageFile.header(source.file, page: source.page)
      else { return nil }
      return min(header.width, header.height)
    }
    return RunPlanner.recipe(smallestSides: sides)
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
    guard let session else { return [.failed("a run is going on; X stops it")] }
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

  func stop(_ point: StopPoint) {
    let point: RunStop = point == .now ? .now : .epoch
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
      let start = weights(of: previous, for: recipe)
      let run = Run.start(
        recipe: recipe, crops: try crops(keys, recipe), start: start,
        past: start == nil ? nil : try? previous?.split(), folder: folder.url, threads: threads)
      adopt(run)
      for event in Arrivals(of: run.progress) {
        if case .finished(let end) = event { outcome = end }
        report(event, folder)
      }
    } catch {
      logger.error("run", metadata: ["run": "\(folder.id)", "error": "\(error)"])
      mailbox.post(.training(.failed(Failure(error).text)))
    }
    state.withLock {
      $0.run = nil
      $0.isTraining = false
    }
    guard let weights = outcome?.weights, isCurrent(session) else { return }
    propose(weights, folder, session)
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

  private func report(_ event: Training.Progress, _ folder: RunFolder) {
    switch event {
    case .started(let summary):
      mailbox.post(
        .training(
          .started(
            RunPlan(
              name: folder.id, recipe: summary.recipe, trainingImages: summary.training.count,
              validationImages: summary.validation.count,
              stepsPerEpoch: summary.stepsPerEpoch))))
    case .step(let step): mailbox.post(.training(.step(step)))
    case .epoch(let epoch, let isBest): mailbox.post(.training(.epoch(epoch, isBest: isBest)))
    case .validated: break
    case .paused: mailbox.post(.training(.paused))
    case .resumed: mailbox.post(.training(.resumed))
    case .finished(let end):
      logger.info("run done", metadata: ["run": "\(folder.id)", "epochs": "\(end.epochs)"])
      mailbox.post(.training(.finished(epochs: end.epochs, bestEpoch: end.bestEpoch)))
    case .failed(let error):
      logger.error("run failed", metadata: ["run": "\(folder.id)", "error": "\(error)"])
      mailbox.post(.training(.failed("\(error)")))
    }
  }

  private func isCurrent(_ session: Int) -> Bool {
    state.withLock { $0.session == session && !$0.isLeaving }
  }

  /// Proposes a mask for every image without an accepted one.
  private func propose(_ weights: URL, _ folder: RunFolder, _ session: Int) {
    do {
      let predictor = try NetworkFile(weights.path).predictor(size: nil, threads: threads)
      let keys = store.entries.filter { !$0.state.hasMask }.map(\.key)
      for (index, key) in keys.enumerated() {
        guard isCurrent(session) else { break }
        mailbox.post(.training(.proposing(done: index, of: keys.count)))
        do {
          try propose(key, predictor, folder)
        } catch let error as ImagingError {
          logger.warning("no proposal", metadata: ["image": "\(key)", "error": "\(error)"])
        }
      }
      mailbox.post(.training(.proposalsDone))
    } catch {
      logger.error("proposals", metadata: ["run": "\(folder.id)", "error": "\(error)"])
      mailbox.post(.failed("proposals stopped: \(Failure(error).text)"))
      mailbox.post(.training(.proposalsDone))
    }
  }

  private func propose(
    _ key: ImageKey, _ predictor: Predictor, _ folder: RunFolder
  ) throws {
    let source = try store.source(of: key)
    let prediction = predictor.predict(try ImageFile.read(source.file, page: source.page))
    // Whoever accepted a mask meanwhile knows better.
    guard !store.entry(of: key).state.hasMask else { return }
    try store.propose(
      prediction.mask,
      Proposal(
        image: key, uncertainty: prediction.uncertainty, run: folder.id,
        time: Date().timeIntervalSince1970))
    mailbox.post(.proposed(key, prediction.mask, uncertainty: prediction.uncertainty))
  }
}
