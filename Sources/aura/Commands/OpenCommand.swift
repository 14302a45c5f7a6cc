import ArgumentParser
import Comparison
import Foundation
import Project
import Recipes
import Screen

/// `aura [PATH]`: the workbench.
struct OpenCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "open",
    abstract: "Open a folder of images in the workbench (the default command).",
    discussion: """
      Examples:
        aura my-cells/                   the project is kept in my-cells/.aura/
        aura my-cells/ --project work/   ... or in a folder of its own
        aura . --mask-polarity black     masks among the images have the cell in black
        aura . --theme light --color 256
        aura ./train                     a folder named like a command
        aura results/                    what aura compare wrote: its report

      In the workbench: ? shows the keys, g trains, q goes back and at the top saves and leaves. \
      Where a folder cannot be written, its project is kept in the XDG data folder.
      """)

  @Argument(
    help: "Folder of PNG and TIFF images, in any depth of folders.", completion: .directory)
  var path = "."

  @OptionGroup var project: ProjectOptions
  @OptionGroup var polarity: PolarityOptions
  @Option(
    help: ArgumentHelp(
      """
      What proposes masks and where training starts before the project's first run: the weights \
      learnt from simulated images (the default), a file's, or none; of an encoder alone \
      (simulated-encoder, or a name of aura weights list) training starts and nothing is proposed.
      """, valueName: "none|simulated|name|file"),
    completion: .file(extensions: ["safetensors"]))
  var weights: StartingWeights?

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
      let report = ReportSession(folder: comparison, theme: theme, depth: screen.color.depth)
      let code = try report.run()
      if code != 0 { throw ExitCode(code) }
      return
    }
    let source = try WeightsSource(weights)
    let session = WorkbenchSession(
      images: URL(filePath: path, directoryHint: .isDirectory),
      project: project.url,
      maskPolarity: polarity.maskPolarity,
      weights: source,
      whyNoProposals: source.whyNoProposals(asked: weights),
      theme: theme,
      depth: screen.color.depth,
      threads: machine.threadCount,
      log: log.map { URL(filePath: $0) },
      logsFrames: logFrames)
    let code = try session.run()
    if code != 0 { throw ExitCode(code) }
  }
}
