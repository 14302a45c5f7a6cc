public import Basics
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
  public var remedy: (MaskTrouble) -> String = { _ in "" }
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
    notices += try takeMasks(into: store)
    if let whyNoProposals, store.newestRunWithWeights == nil, !store.place.isReadOnly {
      notices.append(whyNoProposals)
    }
    let screen = try TerminalScreen(depth: depth, log: logPath)
    let mailbox = Mailbox(wake: screen.waker.wake)
    let effects = ProjectEffects(
      store: store, mailbox: mailbox, logger: logger, weights: weights, percentiles: percentiles,
      threads: threads)
    let loop = EventLoop(
      model: model(store, screen), display: screen, effects: effects, mailbox: mailbox,
      onFrame: { logger.debug("frame", metadata: ["ms": "\(($0 * 10_000).rounded() / 10)"]) })
    let scan = Worker(name: "drafts", niceness: 10)
    scan.perform { mailbox.post(.runs(store.runsOnDisk)) }
    scan.perform { mailbox.post(.drafts(store.changedKeys)) }
    let looking = StopRequest()
    let check = Worker(name: "check", niceness: 19)
    check.perform {
      OpeningCheck.run(store, stop: looking) { mailbox.post(.findings($0)) }
    }
    effects.begin()
    let code = loop.run(first: notices.map { .notice($0) } + [store.pastRun].compactMap(\.self))
    looking.giveUp()
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

  /// Masks that lie with the images count as accepted from the first opening on.
  private func takeMasks(into store: ProjectStore) throws -> [String] {
    guard !store.place.isReadOnly else { return [] }
    let taken = try store.takeFoundMasks(
      values: maskValues, time: Date().timeIntervalSince1970)
    if let taken {
      let refused = taken.trouble.map { "masks are not taken over: \($0)\(remedy($0))" }
      return (taken.summary.isEmpty ? [] : [taken.summary]) + [refused].compactMap(\.self)
    }
    guard store.labelledKeys.isEmpty, let masks = MaskMatching.folders(beside: images).first
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
      return .pastRun(plan, bestEpoch: best?.epoch)
    }
    return nil
  }
}
