import Recipes
import Screen

/// What the one screen of a run shares: the run.
struct WatchContext: RunContext {
  var window: Window
  var tab = Tab.train
  var appears = false
  /// Where the run is.
  let name: String
  var run = RunState(isWatched: true)

  init(name: String, window: Window) {
    self.name = name
    self.window = window
  }
}

/// A run that is watched without a project: the train screen alone.
struct RunScreens: ScreenSet {
  enum Command: Sendable {
    case common(CommonCommand)
    case back
  }

  static let tabs: [Tab] = []

  var train = TrainScreen<WatchContext>()

  func screen(_ tab: Tab) -> any ScreenPart<WatchContext> { train }

  mutating func hand(_ input: ScreenInput, _ watched: inout WatchContext) -> [Effect]? {
    train.take(input, &watched)
  }

  var bindings: [Binding<Self>] { Self.table }

  private static let table = joined(
    helpBindings(Command.common),
    [
      Binding<Self>("q", .back, "stop and leave").hint("stop and leave", 99)
    ], terminalBindings(Command.common, leaving: "save and leave at once"))

  mutating func perform(_ command: Command, _ watched: inout WatchContext) -> [Effect] {
    switch command {
    case .common(let command): return perform(common: command, &watched)
    case .back:
      guard watched.run.isActive else { return [.quit] }
      let consequence =
        watched.run.isProposing
        ? "no more are made, those there are kept."
        : "the run stops with a checkpoint, from which --resume goes on."
      watched.ask("\(watched.run.summary): \(consequence) Leave now?", .leave)
      return []
    }
  }

  mutating func carryOut(_ answer: BoxAnswer, _ watched: inout WatchContext) -> [Effect] {
    switch answer {
    case .stopNow: watched.run.isTraining ? watched.run.stopNow() : []
    case .leave: [.quit]
    default: []
    }
  }

  mutating func take(_ event: Event, _ watched: inout WatchContext) -> [Effect] {
    switch event {
    case .tick(let now): watched.run.tick(now)
    case .training(let event):
      if let ended = watched.run.endText(event) { watched.tell(ended) }
      watched.run.take(event)
      if case .failed(let text) = event { watched.fail(text) }
    case .failed(let trouble): watched.fail(trouble.text)
    case .notice(let text): watched.tell(text)
    default: break
    }
    return []
  }

  func title(_ watched: WatchContext) -> String { "\(watched.name) " }

  func status(_ watched: WatchContext) -> StatusText {
    var status = StatusText(run: watched.run.progress)
    if case .failed(let text) = watched.run.phase {
      status.text = "The run failed: \(text)"
    } else if !watched.run.isActive {
      status.text = "the run is over; q leaves"
    }
    return status
  }
}
