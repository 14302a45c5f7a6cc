import Project
import Screen

extension Model {
  /// `g`: shows what a run would do; while one trains, shows it.
  ///
  /// Proposals in progress give way to a new run.
  mutating func planTraining() -> [Effect] {
    guard !run.isActive || run.isProposing else { return show(.train) }
    guard labelCount > 0 else {
      say("Training needs at least one accepted mask: draw one and accept it with a.")
      return []
    }
    dialog = .plan(PlanDialog())
    return [.planTraining(nil)]
  }

  /// The host's answer to a plan.
  mutating func take(_ estimate: RunEstimate) {
    guard case .plan(var plan) = dialog else { return }
    plan.estimate = estimate
    dialog = .plan(plan)
  }

  /// Carries out a command of the train screen.
  mutating func performInRun(_ command: Command) -> [Effect] {
    switch command {
    case .pauseOrResume: return pauseOrResume()
    case .stopAfterEpoch:
      guard run.isTraining else { return sayNoRun() }
      let wasPaused = run.phase == .paused || run.phase == .pausing
      run.phase = .stopping(.epoch)
      return [.stopTraining(.epoch)] + (wasPaused ? [.resumeTraining] : [])
    case .stopNow where run.isProposing:
      // Nothing is lost by it, so nothing is asked.
      run.phase = .stopping(.now)
      return [.stopTraining(.now)]
    case .stopNow:
      guard run.isTraining else { return sayNoRun() }
      dialog = .confirm(
        Confirmation(
          question: isWatching
            ? "Stop the run now? A checkpoint is written, from which --resume goes on."
            : "Stop the run now? The epoch in hand is dropped, the best weights are kept.",
          action: .stopNow))
    case .toggleLog: run.isLogarithmic.toggle()
    case .smoothLess: run.smoothing = max(0, run.smoothing - 1)
    case .smoothMore: run.smoothing = min(RunBoard.weights.count - 1, run.smoothing + 1)
    default: break
    }
    return []
  }

  private mutating func sayNoRun() -> [Effect] {
    guard !isWatching else {
      say("The run is over; q leaves.")
      return []
    }
    say(
      run.isProposing
        ? "The run is over; X ends its proposals, g starts a new run."
        : "No run is going on; g starts one.")
    return []
  }

  private mutating func pauseOrResume() -> [Effect] {
    switch run.phase {
    case .running, .resuming:
      run.phase = .pausing
      return [.pauseTraining]
    case .paused, .pausing:
      run.phase = .resuming
      return [.resumeTraining]
    default: return sayNoRun()
    }
  }

  /// A report of the run.
  mutating func take(_ event: TrainingEvent) -> [Effect] {
    let wasBefore = run.isBeforeAnyRun
    let wasStopping = if case .stopping = run.phase { true } else { false }
    run.take(event)
    switch event {
    case .started: run.startedAt = now
    case .finished(let epochs, let best):
      let kept = best.map { "the weights of epoch \($0) are kept" } ?? "its last weights are kept"
      tell("The run \(wasStopping ? "stopped" : "ended") after \(epochs) epochs: \(kept).")
      cases.isStale = true
    case .proposalsDone:
      queue.startsOver = true
      arrangeQueue()
      // Weights that cannot be used propose nothing, which was said.
      if run.phase != .starting, entries.contains(where: { $0.state == .proposed }) {
        tell(
          "\(wasBefore ? "First proposals" : "Proposals") are there: the least certain come first "
            + "(F2).")
      }
    case .failed(let text): fail(text)
    default: break
    }
    return []
  }

  /// Keys while a box is open.
  mutating func takeInDialog(_ key: Key) -> [Effect] {
    switch dialog {
    case .plan(let plan): return take(key, in: plan)
    case .confirm(let confirmation): return take(key, in: confirmation)
    case nil: return []
    }
  }

  private mutating func take(_ key: Key, in plan: PlanDialog) -> [Effect] {
    var plan = plan
    let fields = PlanDialog.Field.allCases
    switch key {
    case .escape, .character("q"):
      dialog = nil
      return []
    case .enter, .character("g"):
      guard let recipe = plan.settings else { return [] }
      dialog = nil
      run.phase = .starting
      run.plan = nil
      return [.startTraining(recipe)]
    case .up, .character("k"), .backTab:
      plan.field = fields[(plan.field.rawValue + fields.count - 1) % fields.count]
    case .down, .character("j"), .tab:
      plan.field = fields[(plan.field.rawValue + 1) % fields.count]
    case .left, .right, .character("h"), .character("l"), .character("-"), .character("+"):
      let isLess = [.left(shift: false), .left(shift: true), .character("h"), .character("-")]
        .contains(key)
      plan.adjust(by: isLess ? -1 : 1)
      dialog = .plan(plan)
      return plan.settings.map { [.planTraining($0)] } ?? []
    default: return takeAlways(key)
    }
    dialog = .plan(plan)
    return []
  }

  private mutating func take(_ key: Key, in confirmation: Confirmation) -> [Effect] {
    switch key {
    case .character("y"), .character("Y"), .enter:
      dialog = nil
      switch confirmation.action {
      case .acceptEmpty(let key):
        return images[key].map { decide(key, accepting: $0.working) } ?? []
      case .dropAccepted(let key): return decideRejected(key)
      case .stopNow:
        guard run.isTraining else { return [] }
        run.phase = .stopping(.now)
        return [.stopTraining(.now)]
      case .leave: return leave()
      }
    case .character("n"), .character("N"), .character("q"), .escape:
      dialog = nil
      return []
    default: return takeAlways(key)
    }
  }

  /// Keys that work whatever is open.
  private func takeAlways(_ key: Key) -> [Effect] {
    key == .control("z") ? [.suspend] : key == .control("l") ? [.redraw] : []
  }
}
