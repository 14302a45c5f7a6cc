public import Basics
import Dispatch
public import Foundation
public import Imaging
import Logging
public import Project
import Recipes
public import Screen
import Terminal
import Workbench
public import Workflows

/// A folder of images in the workbench, from the first check to the last line.
public struct WorkbenchSession {
  let images: URL
  /// The project's folder, where it is not among the images.
  public var project: URL?
  /// Whether links that lead out of the folder are followed, if told; kept in the project.
  public var links = LinkChoice()
  /// Which channel of the images is looked at, if told; kept in the project.
  public var channel = ChannelChoice()
  /// Between which percentiles contrast is spread, on the screen at first and in new runs, if told.
  public var percentiles: Percentiles?
  /// Which numbers of masks that others made are cell, if told; kept in the project.
  public var maskValues: MaskValues?
  /// What the user is told of masks that are not taken without asking.
  public var remedy: @Sendable (MaskTrouble) -> String = { _ in "" }
  /// Weights that are there before the project's first run.
  let weights: WeightsSource
  /// Why those propose nothing, where the user is to be told; where there is a run that is no matter.
  public var whyNoProposals: String?
  let theme: Theme
  /// Colours, or as many as the terminal has.
  public var depth: ColorDepth?
  let threads: Int
  /// Where to log: as told, or nil for the usual place, where a failure does not matter.
  public var log: URL?
  /// Whether the log gets a line for each screen, with the time from its event.
  public var logsFrames = false
  /// What the user is told of masks beside the images that are not taken.
  let advice: (_ masks: URL) -> String

  /// Opens a folder of images, with so many threads to compute on.
  public init(
    images: URL, weights: WeightsSource, theme: Theme, threads: Int,
    advice: @escaping (_ masks: URL) -> String
  ) {
    self.images = images
    self.weights = weights
    self.theme = theme
    self.threads = threads
    self.advice = advice
  }

  /// Opens, works, saves.
  ///
  /// - Returns: what the program ends with, and what could not be saved, a line each.
  public func run() throws -> (code: Int32, troubles: [String]) {
    guard isatty(STDIN_FILENO) == 1, isatty(STDOUT_FILENO) == 1 else {
      throw TerminalError.notATerminal
    }
    _ = try TerminalKind.find(depth: depth)
    let store = try ProjectStore.open(
      images: images, project: project, links: links, channel: channel)
    let (logger, logPath) = openLog()
    logger.info(
      "opened", metadata: ["images": "\(images.path)", "project": "\(store.folder.path)"])
    var notices = store.report.notices
    if logPath == nil, let log {
      notices.append("the log '\(log.path)' cannot be written, so nothing is logged")
    }
    notices += maskAdvice(on: store)
    if let whyNoProposals, store.newestRunWithWeights == nil, !store.place.isReadOnly {
      notices.append(whyNoProposals)
    }
    let screen = try TerminalScreen(depth: depth, log: logPath)
    let mailbox = Mailbox(wake: screen.waker.wake)
    let effects = ProjectEffects(
      store: store, mailbox: mailbox, logger: logger, weights: weights, percentiles: percentiles,
      threads: threads)
    let stop = StopRequest()
    let masks = takeMasks(into: store, mailbox, stop: stop) { effects.begin() }
    let loop = EventLoop(
      model: model(store, screen), display: screen, effects: effects, mailbox: mailbox,
      onFrame: { logger.debug("frame", metadata: ["ms": "\(($0 * 10_000).rounded() / 10)"]) })
    let scan = Worker(name: "drafts", niceness: 10)
    scan.perform { mailbox.post(.runs(store.runsOnDisk)) }
    scan.perform { mailbox.post(.drafts(store.changedKeys)) }
    scan.perform { OpeningCount.run(store, stop: stop) { mailbox.post(.counted($0)) } }
    let check = Worker(name: "check", niceness: 19)
    check.perform {
      OpeningCheck.run(store, stop: stop) { mailbox.post(.findings($0)) }
    }
    let suggested = store.suggestedImages
    let known = [
      store.pastRun, store.settings.foundSize.map { .foundSize($0) },
      suggested.isEmpty ? nil : .suggested(suggested),
    ]
    let code = loop.run(first: notices.map { .notice($0) } + known.compactMap(\.self))
    stop.giveUp()
    masks.close(waiting: 5)
    check.close(waiting: 1)
    scan.close(waiting: 1)
    let troubles = effects.finish()
    screen.close()
    logger.info("closed", metadata: ["code": "\(code)"])
    return (code, troubles)
  }

  private func openLog() -> (Logger, path: String?) {
    let file = log ?? FileLog.defaultFile(environment: ProcessInfo.processInfo.environment)
    var fileLog = FileLog(file)
    fileLog.logLevel = logsFrames ? .debug : .info
    return (Logger(label: "aura") { [fileLog] _ in fileLog }, fileLog.isOpen ? file.path : nil)
  }

  private func model(_ store: ProjectStore, _ screen: TerminalScreen) -> Model {
    Model(
      projectName: store.settings.name, entries: store.entries,
      isReadOnly: store.place.isReadOnly, copyFolder: store.ownFolder.path, theme: theme,
      colorDepth: screen.depth, size: screen.size)
  }

  /// Before so many seconds the screen waits for masks that are being taken over.
  private static let patience = 0.15

  /// Masks that lie with the images count as accepted from the first opening on.
  ///
  /// Few are taken over before the screen shows the list, many beside the work; `done` is called then, on
  /// another thread.
  ///
  /// - Returns: the thread that does it, until `stop` is asked.
  private func takeMasks(
    into store: ProjectStore, _ mailbox: Mailbox, stop: StopRequest,
    then done: @escaping @Sendable () -> Void
  ) -> Worker {
    let worker = Worker(name: "masks", niceness: 10)
    let isDone = DispatchSemaphore(value: 0)
    worker.perform { [maskValues, remedy] in
      if !store.place.isReadOnly {
        Self.takeMasks(of: store, values: maskValues, stop: stop, remedy: remedy, mailbox.post)
      }
      isDone.signal()
      if !stop.isAsked { done() }
    }
    _ = isDone.wait(timeout: .now() + Self.patience)
    return worker
  }

  private static func takeMasks(
    of store: ProjectStore, values: MaskValues?, stop: StopRequest,
    remedy: (MaskTrouble) -> String, _ post: (Event) -> Void
  ) {
    var waiting: [ImageKey] = []
    var told = Date()
    do throws(ProjectError) {
      let taken = try store.takeFoundMasks(
        values: values, time: Date().timeIntervalSince1970, isStopped: { stop.isAsked }
      ) { key, done, total in
        if let key { waiting.append(key) }
        guard done == total || Date().timeIntervalSince(told) > 0.2 else { return }
        post(.takingMasks(waiting.map(store.entry), done: done, of: total))
        (waiting, told) = ([], Date())
      }
      guard let taken, !stop.isAsked else { return }
      if !taken.summary.isEmpty { post(.notice(taken.summary)) }
      if let trouble = taken.trouble {
        post(.notice("masks are not taken over: \(trouble)\(remedy(trouble))"))
      }
    } catch {
      post(.takingMasks(waiting.map(store.entry), done: 0, of: 0))
      post(.notice("masks are not taken over: \(error)"))
    }
  }

  /// A line on masks beside the folder of images, which are not taken over, where there are no others.
  private func maskAdvice(on store: ProjectStore) -> [String] {
    guard !store.place.isReadOnly, store.report.foundMasks.isEmpty, store.labelledKeys.isEmpty,
      let masks = MaskMatching.folders(beside: images).first
    else { return [] }
    return [advice(masks)]
  }
}

extension ProjectStore {
  /// The newest run with settings, as the train screen shows it; none where there was no run.
  var pastRun: Event? {
    for run in runs.reversed() {
      guard let recipe = try? run.recipe() else { continue }
      let epochs = (try? run.history()) ?? []
      let parts = (try? run.split())?.parts ?? [:]
      func keys(_ part: Split.Part) -> [ImageKey] {
        parts.filter { $0.value == part }.map(\.key).sorted()
      }
      let training = keys(.train)
      let best = epochs.filter { $0.validationLoss?.isFinite == true }
        .min { ($0.validationLoss ?? 0, $0.epoch) < ($1.validationLoss ?? 0, $1.epoch) }
      let plan = RunPlan(
        folder: run.url, recipe: recipe, training: training, validation: keys(.validation),
        length: RunLength(recipe, trainingImages: training.count), history: epochs)
      let checked = run.crossValidation.flatMap { $0.isComplete ? $0 : nil }
      return .pastRun(
        plan, bestEpoch: best?.epoch, kept: run.keptShare, crossValidation: checked)
    }
    return nil
  }
}
