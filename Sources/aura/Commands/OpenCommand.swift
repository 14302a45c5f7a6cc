import ArgumentParser
import Basics
import Comparison
import Console
import Foundation
import Host
import Imaging
import Project
import Recipes
import Screen
import Workflows

/// `aura [PATH]`: the workbench.
struct OpenCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "open",
    abstract: "Open a folder of images in the workbench (the default command).",
    discussion: """
      Examples:
        aura my-cells/                   the project is kept in my-cells/.aura/
        aura my-cells/ --project work/   ... or in a folder of its own
        aura . --mask-values black       masks among the images have the cell in black
        aura . --theme light --color 256
        aura ./train                     a folder named like a command
        aura results/                    what aura compare wrote: its report

      In the workbench: ? shows the keys, g trains, q goes back and at the top saves and leaves. \
      g begins as aura train does in the same folder, but for a run from random weights, which takes \
      minutes here and the paper's epochs there. \
      Where a folder cannot be written, its project is kept in the XDG data folder; one that can be \
      read and not written is opened to look at, and W copies its labels into one of your own.
      """)

  @Argument(
    help: "Folder of PNG and TIFF images, in any depth of folders.", completion: .directory)
  var path = "."

  @OptionGroup var project: ProjectOptions
  @OptionGroup var masks: MaskValuesOptions
  @Option(
    help: ArgumentHelp(
      """
      What proposes masks and where training starts before the project's first run: the weights \
      learnt from simulated images (the default), a file's, or none; of an encoder alone \
      (simulated-encoder, or a name of aura weights list) training starts and nothing is proposed.
      """, valueName: "none|simulated|name|file"),
    completion: .file(extensions: ["safetensors"]))
  var weights: StartingWeights?

  @Option(
    help: ArgumentHelp(
      """
      Percentiles of an image's grey values that are black and white, on the screen at first and in new runs \
      (default: 0.1,99.9).
      """, valueName: "low,high"))
  var percentiles: Percentiles?

  @OptionGroup var screen: ScreenOptions
  @OptionGroup var machine: MachineOptions

  @Option(
    help: ArgumentHelp(
      "Log file (default: aura/aura.log in the XDG state folder).", valueName: "file"))
  var log: String?

  @Flag(help: .hidden)
  var logFrames = false

  func run() throws {
    let environment = ProcessInfo.processInfo.environment
    let themes = ThemeFolders(environment: environment)
    let theme = try screen.theme.map(themes.theme(named:)) ?? .dark
    let comparison = ComparisonFolder(URL(filePath: path, directoryHint: .isDirectory))
    if comparison.isBegun {
      let code = try WatchSession(theme: theme, depth: screen.color.depth).show(comparison)
      if code != 0 { throw ExitCode(code) }
      return
    }
    let source = try WeightsSource(weights)
    var session = try WorkbenchSession(
      images: URL(filePath: path, directoryHint: .isDirectory), weights: source, theme: theme,
      threads: machine.threadCount
    ) { [path] masks in
      "masks lie in '\(masks.path)'; aura train \(path) --masks \(masks.path) uses them"
    }
    session.project = project.url
    session.links = project.links.choice
    session.channel = project.channel.choice
    session.maskValues = masks.values
    session.percentiles = percentiles
    session.remedy = Failure.remedy(for:)
    session.whyNoProposals = source.whyNoProposals(asked: weights)
    session.depth = screen.color.depth
    session.log = log.map { URL(filePath: $0) }
    session.logsFrames = logFrames
    let (code, troubles) = try session.run()
    StandardStream.error.notes(troubles)
    if code != 0 { throw ExitCode(code) }
  }
}
