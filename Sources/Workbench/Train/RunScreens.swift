import Project
import Recipes
import Screen

/// What the one screen of a run shares: the run.
struct WatchContext: RunContext {
  /// Where the run is.
  let name: String
  var window: Window
  var tab = Tab.train
  var appears = false
  var run = RunState(isWatched: true)
  var runs = RunsOnDisk()
}

/// A run that is watched without a project: the train screen alone.
struct RunScreens: ScreenSet {
  typealias Shared = WatchContext

  static let tabs: [Tab] = []

  var train = TrainScreen<WatchContext>()

  func screen(_ tab: Tab) -> any ScreenPart<WatchContext> { train }

  mutating func hand(_ input: ScreenInput, _ watched: inout WatchContext) -> [Effect]? {
    train.take(input, &watched)
  }

  static let table = joined(
    helpBindings, [Binding<Self>("q", .back, "stop and leave").hint("stop and leave", 99)],
    terminalBindings(leaving: "save and leave at once"))

  func back(_ watched: inout WatchContext) -> [Effect] {
    guard watched.run.isActive else { return [.quit] }
    watched.ask(
      "\(watched.run.summary): the run stops with a checkpoint, from which --resume goes on. "
        + "Leave now?", .leave)
    return []
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
    case .tick(let now): watched.run.now = now
    case .training(let event): watched.take(event)
    case .failed(_, let text): watched.fail(text)
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
