import Dispatch
import Files
public import Foundation
public import Project
public import Recipes
import Synchronization
public import Weights

/// A training run in the background, on a thread of its own.
///
/// Only values cross: samples, settings and weights go in, events come out, on the run's thread. The run
/// looks at `pause`, `resume` and `stop` between two batches.
public final class Run: Sendable {
  /// The run's files.
  public let folder: RunFolder
  private let control: RunControl
  private let ending = Mutex<Result<RunOutcome, TrainingError>?>(nil)
  private let isOver = DispatchSemaphore(value: 0)

  private init(folder: RunFolder, control: RunControl) {
    (self.folder, self.control) = (folder, control)
  }

  /// Starts a run.
  ///
  /// - Parameters:
  ///   - recipe: The settings, kept as `recipe.json`.
  ///   - crops: All labelled images, cropped to the recipe's size.
  ///   - split: Which of them are validated on; without, that follows from the seed and their names.
  ///   - start: Weights of the same architecture to go on from, or of its encoder alone, or none to
  ///     begin afresh.
  ///   - unlabelled: Images without labels: where the labels are few, these decide how much of what was
  ///     learnt is kept.
  ///   - past: The `split.csv` of the run that those weights are of: what it knows is never validated
  ///     on, and it becomes part of the new run's.
  ///   - folder: `runs/<id>`, made if it is not there; a new run is refused where it has weights or a
  ///     checkpoint once the run holds it.
  ///   - resume: Whether to go on from the folder's `last.checkpoint`.
  ///   - threads: Threads that the engine computes on.
  ///   - onEvent: Takes what the run reports, on the run's thread, to `finished` or `failed`.
  /// - Returns: The run.
  public static func start(
    recipe: Recipe, crops: [CroppedSample], split: Split? = nil, start: StateDict?,
    unlabelled: UnlabelledImages = UnlabelledImages(), past: Split? = nil, folder: URL,
    resume: Bool = false, threads: Int, onEvent: @escaping @Sendable (RunEvent) -> Void
  ) -> Run {
    Self.start(
      LabelledRun(
        recipe: recipe, samples: crops, split: split, past: past, start: start,
        unlabelled: unlabelled, resumes: resume, threads: threads),
      network: CellNetwork(recipe), folder: folder, onEvent: onEvent)
  }

  /// Starts to pretrain a network on simulated images, by settings that are kept as `pretraining.json`.
  ///
  /// It is measured on `real` images besides, and never learns from them; at least `checkpointInterval`
  /// seconds lie between two checkpoints. All else is as for `start`.
  public static func pretrain(
    _ settings: PretrainingSettings, real: [ValidationSet] = [], start: StateDict? = nil,
    folder: URL, resume: Bool = false, checkpointInterval: Double = 300, threads: Int,
    onEvent: @escaping @Sendable (RunEvent) -> Void
  ) -> Run {
    Self.start(
      SimulatedRun(
        settings: settings, real: real, start: start, resumes: resume,
        checkpointInterval: checkpointInterval, threads: threads),
      network: CellNetwork(settings.recipe), folder: folder, onEvent: onEvent)
  }

  /// Starts a run of any network, which others may pause and stop before they have it.
  static func start(
    _ order: some RunOrder, network: some SegmentationNetwork, folder: URL,
    control: RunControl = RunControl(), onEvent: @escaping @Sendable (RunEvent) -> Void
  ) -> Run {
    launch(folder: folder, control: control) { files in
      do throws(TrainingError) {
        return .success(
          try holding(files) { () throws(TrainingError) in
            try outcome(of: order, network, in: files, control: control, report: onEvent)
          })
      } catch {
        onEvent(.failed(error.description))
        return .failure(error)
      }
    }
  }

  /// Does what a run does on a thread of its own.
  static func launch(
    folder: URL, control: RunControl,
    _ work: @escaping @Sendable (RunFolder) -> Result<RunOutcome, TrainingError>
  ) -> Run {
    let files = RunFolder(id: folder.lastPathComponent, url: folder)
    let run = Run(folder: files, control: control)
    let thread = Thread { run.end(work(files)) }
    thread.name = "training"
    thread.stackSize = 8 << 20
    thread.start()
    return run
  }

  /// Works in a folder that nobody else writes to meanwhile; where it is refused nothing is left of it.
  static func holding<Value>(
    _ files: RunFolder, _ work: () throws(TrainingError) -> Value
  ) throws(TrainingError) -> Value {
    let folder = try filing(ResultFolder(making: files.url))
    defer { folder.removeIfEmpty() }
    let lock = try filing(FolderLock(of: files.url))
    defer { withExtendedLifetime(lock) {} }
    return try work()
  }

  /// Trains to the end, in a folder that is held.
  private static func outcome(
    of order: some RunOrder, _ network: some SegmentationNetwork, in files: RunFolder,
    control: RunControl, report: @escaping (RunEvent) -> Void
  ) throws(TrainingError) -> RunOutcome {
    // Who looked before he held the folder may have seen it before another run ended.
    if order.resumes, try order.isTrained(in: files) { return trained(files, report: report) }
    if !order.resumes, files.hasWeights || files.hasCheckpoint { throw .holdsRun(files.url.path) }
    return try RunSession(order, network: network, folder: files, control: control, report: report)
      .run()
  }

  /// Tells that nothing is left to train.
  private static func trained(
    _ files: RunFolder, report: (RunEvent) -> Void
  ) -> RunOutcome {
    let outcome = RunOutcome(
      epochs: (try? files.history().count) ?? 0, bestEpoch: nil, wasStopped: false,
      weights: files.weightsFile, kept: files.keptShare)
    report(.notice(files.trainedNote))
    report(.finished(outcome))
    return outcome
  }

  private static func filing<Value>(
    _ body: @autoclosure () throws(FileError) -> Value
  ) throws(TrainingError) -> Value {
    do throws(FileError) {
      return try body()
    } catch {
      throw .file(.file(error))
    }
  }

  /// Asks the run to wait before its next batch.
  public func pause() { control.setPaused(true) }

  /// Asks the run to go on after a pause.
  public func resume() { control.setPaused(false) }

  /// Asks the run to end, with its weights and a checkpoint written.
  public func stop(after point: RunStop) { control.stop(after: point) }

  /// Waits for the end of the run.
  ///
  /// - Returns: what it ended with.
  /// - Throws: `TrainingError` where it broke off.
  public func outcome() throws(TrainingError) -> RunOutcome {
    isOver.wait()
    isOver.signal()
    guard let ending = ending.withLock(\.self) else { preconditionFailure("over without an end") }
    return try ending.get()
  }

  /// Waits for the end of the run, but no longer than some seconds.
  ///
  /// - Returns: what it ended with; nil where it goes on.
  /// - Throws: `TrainingError` where it broke off.
  public func outcome(within seconds: Double) throws(TrainingError) -> RunOutcome? {
    guard isOver.wait(timeout: .now() + seconds) == .success else { return nil }
    isOver.signal()
    return try outcome()
  }

  private func end(_ result: Result<RunOutcome, TrainingError>) {
    ending.withLock { $0 = result }
    isOver.signal()
  }
}

/// What other threads tell a run, which looks at it between two batches.
final class RunControl: Sendable {
  private struct State {
    var isPaused = false
    var stop: RunStop?
  }

  private let state = Mutex(State())
  private let wakeUp = DispatchSemaphore(value: 0)

  func setPaused(_ isPaused: Bool) {
    state.withLock { $0.isPaused = isPaused }
    wakeUp.signal()
  }

  /// Asks the run to end; what was asked first can be made sooner but not later.
  func stop(after point: RunStop) {
    state.withLock { if $0.stop != .now { $0.stop = point } }
    wakeUp.signal()
  }

  var stop: RunStop? { state.withLock { $0.stop } }

  /// Whether the run shall wait; a run that is told to stop does not.
  var isHeld: Bool { state.withLock { $0.isPaused && $0.stop != .now } }

  func waitWhileHeld() {
    while isHeld { wakeUp.wait() }
  }
}
