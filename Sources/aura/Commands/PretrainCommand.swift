public import ArgumentParser
import Console
import Files
import Foundation
import Host
import Project
import Recipes
import Screen
import Training
public import Workflows

/// `aura pretrain`: weights from simulated images alone.
struct PretrainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "pretrain",
    abstract: "Train a network on simulated images, without any label.",
    discussion: """
      Examples:
        aura pretrain pre1/ --steps 20000
        aura pretrain pre1/ --resume --watch
        aura pretrain pre2/ --sizes 128,256 --learning-rate 5e-4 --ema 0.9995
        aura pretrain pre3/ --real cells/images:cells/masks --real more/:truth/:split.csv

      Each step sees new images that the simulator makes meanwhile; none comes twice. What is \
      exported and measured is the running mean of the weights (EMA). \
      Real images given with --real are only measured on, at 256x256; those that a split keeps for \
      testing are left out. With --objects core the average precision of cells at IoU 0.5 is measured \
      too, on simulated images and on real ones whose masks tell cells apart.

      The output folder receives weights.safetensors and a line of validation.csv at each validation, \
      and pretraining.json, recipe.json and history.csv. Start a training from the weights with \
      aura train --weights OUTPUT/weights.safetensors.

      A checkpoint is written every few minutes and at Ctrl-C; --resume goes on from it to the same \
      bits as a run that was never stopped, and begins again where none was written yet.
      """)

  @Argument(help: "Folder of the run; a new one without --resume.", completion: .directory)
  var output: String

  @OptionGroup var options: PretrainOptions

  @Option(
    help: ArgumentHelp(
      "Real images and masks to measure on, with a CSV of image,split if there is one; repeatable.",
      valueName: "images:masks[:csv]"))
  var real: [RealSet] = []

  @OptionGroup var masks: MaskValuesOptions
  @OptionGroup var links: LinkOptions
  @OptionGroup var channel: ChannelOption

  @Option(
    help: ArgumentHelp("Start from these weights.", valueName: "file"),
    completion: .file(extensions: ["safetensors"]))
  var weights: String?

  @Option(help: ArgumentHelp("Seconds between two checkpoints.", valueName: "seconds"))
  var checkpointEvery = 300.0

  @Flag(help: "Go on with the run in OUTPUT, wherever it broke off.")
  var resume = false

  @Flag(
    help: "Watch it on the workbench's training screen: pause, stop, look at the curve.")
  var watch = false

  @OptionGroup var screen: ScreenOptions
  @OptionGroup var machine: MachineOptions

  @Flag(help: "One JSON object a line on standard output: started, validated, finished.")
  var json = false

  func validate() throws {
    try check(
      "checkpoint-every", checkpointEvery, in: 1..<Double.infinity, "1 second or more")
    guard !(watch && json) else {
      throw ValidationError("--watch takes the screen; leave out --json")
    }
    let names = real.map(\.name)
    guard Set(names).count == names.count else {
      throw ValidationError("two folders of --real are called the same: \(names)")
    }
  }

  /// Starts the run, with what takes its reports.
  private typealias Begin = @Sendable (@escaping @Sendable (RunEvent) -> Void) -> Run

  func run() throws {
    let start = try weights.map { try NetworkFile($0) }
    let target = try Output.runFolder(output, isBegun: resume, place: "folder")
    defer { target.removeIfEmpty() }
    let folder = RunFolder(id: target.url.lastPathComponent, url: target.url)
    let settings = try options.settings(
      over: resume && folder.isBegun ? try folder.pretrainingSettings() : nil)
    let real = try real.map {
      try $0.read(
        values: masks.values, links: links.choice, channel: channel.choice,
        tell: StandardStream.error.notes)
    }
    let threads = try machine.threadCount
    let begin: Begin = { [weights = start?.weights, resume, checkpointEvery] onEvent in
      Run.pretrain(
        settings, real: real.map(\.set), start: weights, folder: folder.url, resume: resume,
        checkpointInterval: checkpointEvery, threads: threads, onEvent: onEvent)
    }
    if watch { try show(folder, begin) } else { try report(settings, begin) }
    let unread = real.flatMap(\.unread)
    if !unread.isEmpty { throw WorkflowError.leftOut(unread) }
  }

  /// Shows the run on the workbench's screen.
  private func show(_ folder: RunFolder, _ begin: @escaping Begin) throws {
    let themes = ThemeFolders(environment: ProcessInfo.processInfo.environment)
    let session = WatchSession(
      theme: try screen.theme.map(themes.theme(named:)) ?? .dark, depth: screen.color.depth)
    let (outcome, code) = try session.show(folder.url.path, begin)
    if let weights = outcome.weights { StandardStream.error.line("weights: \(weights.path)") }
    if code != 0 { throw ExitCode(code) }
  }

  /// Tells how the run goes, line by line.
  private func report(_ settings: PretrainingSettings, _ begin: Begin) throws {
    let stop = StopRequest()
    let report = RunReport(settings, isJSON: json, stop: stop)
    let run = begin(report.take)
    stop.train(run)
    let signals = Signals(stopping: stop) { _ in "the checkpoint is being written" }
    defer { withExtendedLifetime(signals) {} }
    _ = try report.outcome(of: run)
    if let number = stop.number { throw ExitCode(128 + number) }
  }
}

extension RealSet: ExpressibleByArgument {
  /// Reads `IMAGES:MASKS` or `IMAGES:MASKS:SPLIT`.
  public init?(argument: String) { self.init(argument) }
}
