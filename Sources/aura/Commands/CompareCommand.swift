import ArgumentParser
import Comparison
import Console
import Files
import Foundation
import Project
import Workflows

/// `aura compare`: trains and scores recipes against each other.
struct CompareCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare",
    abstract: "Train and score recipes against each other, over seeds and folds.",
    discussion: """
      Examples:
        aura compare plan.yaml results/
        aura compare --paper table4 --data BU-BIL/ results/
        aura compare --paper table1 --data BU-BIL/ --size 256 --seeds 0,1,2 results/
        aura compare --paper table2 --data crops/ --split split.csv --only aura-net,unet results/
        aura compare plan.yaml results/ --search lambda,beta,gamma
        aura compare --report results/         make results/report.md again, without training
        aura compare --open results/           look at it in the workbench

      A plan names the images, how they are divided, and recipes (aura recipes lists those that come \
      with it):
        data: {images: images, masks: masks, split: {test: 0.3, seed: 1}}
        seeds: [0, 1]
        defaults: {epochs: 40, size: 128, weights: none}
        recipes: [unet, aura-net, {name: mine, base: aura-net, gamma: 0.5}]
      A split is that, a CSV of image,split, or {folds: 5}; images of a group stay together: \
      groups: '^(.*)_t[0-9]+' or a CSV of image,group. protocol: own scores at the images' own size, \
      paper on the resized centre crop.

      A line search tries values of the loss's weights one after the other, keeps those of the highest \
      IoU on the validation images, and trains what it found like the others. --search takes the usual \
      values; a plan names others: search: {recipe: aura-net, lambda: [0, 5, 10], beta: [0.5, 0.75]}.

      Ctrl-C stops after writing a checkpoint. The same command goes on from there, also after the \
      machine went down, and leaves out what is done. A plan with more recipes or seeds goes on as well.
      """)

  @Argument(
    help: ArgumentHelp(
      "The plan and the folder for results; with --paper the folder alone.", valueName: "paths"))
  var paths: [String]

  @OptionGroup(title: "The paper's tables") var table: PaperOptions
  @OptionGroup var links: LinkOptions
  @OptionGroup var channel: ChannelOption
  @OptionGroup var machine: MachineOptions

  @Option(
    help: ArgumentHelp(
      "Search these weights of the loss on validation images, one after the other.",
      valueName: "lambda,beta,gamma"),
    transform: {
      try Self.list("search", $0, of: "some of lambda, beta, gamma, each once") {
        SearchParameter(rawValue: $0)
      }
    })
  var search: [SearchParameter]?

  @Flag(
    help: "One JSON object a line on standard output: started, epoch, scored, failed, finished.")
  var json = false

  @Flag(help: "Only make report.md, its tables and its figures again from a folder of results.")
  var report = false

  @Flag(name: .customLong("open"), help: "Open a folder of results in the workbench.")
  var opensReport = false

  func validate() throws {
    guard !report && !opensReport else { return try validateReport() }
    let wanted = table.paper == nil ? 2 : 1
    guard paths.count == wanted else {
      throw ValidationError(
        wanted == 2
          ? "give a plan and a folder for results: aura compare plan.yaml results/"
          : "give one folder for results: aura compare --paper table4 --data BU-BIL/ results/")
    }
  }

  private func validateReport() throws {
    guard paths.count == 1, table.paper == nil, search == nil, report != opensReport else {
      throw ValidationError(
        "give one folder of results: aura compare \(report ? "--report" : "--open") results/")
    }
  }

  func run() throws {
    let output = paths[paths.count - 1]
    if report { return try writeReport(output) }
    if opensReport {
      // A folder that is no comparison would be opened as images.
      _ = try ComparisonFolder(URL(filePath: output, directoryHint: .isDirectory)).plan()
      return try OpenCommand.parse(["--", output]).run()
    }
    let plan = try plan()
    let stop = StopRequest()
    let progress = ComparisonProgress(isJSON: json, stop: stop)
    var runner = try ComparisonRunner(
      plan, in: ComparisonFolder(URL(filePath: output, directoryHint: .isDirectory)),
      links: links.choice, channel: channel.choice, threads: machine.threadCount, stop: stop,
      report: progress.take)
    StandardStream.error.notes(runner.notes)
    let folder = ComparisonFolder(try Output.resultFolder(output).url)
    let signals = Signals(stopping: stop) { _ in "the same command goes on from here" }
    defer { withExtendedLifetime(signals) {} }
    defer { progress.clear() }
    try runner.run()
    if let number = stop.number { throw ExitCode(128 + number) }
    try progress.end()
    let report = try ComparisonReport(folder)
    try ComparisonProgress.tell(report, at: folder, isJSON: json)
    try ComparisonRunner.check(report.results, in: folder)
    try runner.checkWhole()
  }

  private func writeReport(_ path: String) throws {
    let folder = ComparisonFolder(URL(filePath: path, directoryHint: .isDirectory))
    let report = try ComparisonReport(folder)
    try report.write()
    try ComparisonProgress.tell(report, at: folder, isJSON: json)
    let broken = report.brokenPredictions
    StandardStream.error.notes(broken)
    guard broken.isEmpty else {
      throw Failure(
        .badInput,
        "the report is made, but \(broken.count == 1 ? "a prediction" : "\(broken.count) predictions") "
          + "could not be shown in it, see above")
    }
  }

  private func plan() throws -> ComparisonPlan {
    let plan =
      if let paper = table.paper {
        try table.plan(paper)
      } else {
        try ComparisonPlan(contentsOf: URL(filePath: paths[0]))
      }
    guard let search else { return plan }
    guard plan.search == nil else {
      throw Failure(.badInput, "--search: the plan has a `search:` of its own; leave one out")
    }
    return try plan.searching(LineSearch(over: search, among: plan.recipes))
  }
}
