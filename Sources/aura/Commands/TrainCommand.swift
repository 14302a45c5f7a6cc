public import ArgumentParser
import Console
import Files
import Foundation
import Project
import Recipes
import Training
public import Workflows

/// `aura train`: a run without the screen.
struct TrainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "train",
    abstract: "Train a network on images and their masks.",
    discussion: """
      Examples:
        aura train my-cells/          on the masks accepted in the workbench
        aura train images/ --masks masks/ --output run1/
        aura train images/ --masks masks/ --split split.csv --size 128 --epochs 40
        aura train my-cells/ --weights weights.safetensors --learning-rate 1e-4
        aura train my-cells/ --weights none    from random weights, as in the paper
        aura train my-cells/ --recipe unet+ac  as a recipe says: aura recipes
        aura train images/ --masks masks/ --output run1/ --resume

      A split is a CSV of image,split with train, validation or test in each line; the images for \
      testing are scored at the end. The output folder receives recipe.json, history.csv, \
      weights.safetensors and scores.csv.

      In a project, without --masks, it begins as g in the workbench does: with the project's own recipe \
      if it has one, and at the weights of its newest run of the same network. The one difference: from \
      random weights this takes the paper's epochs, the workbench a shorter run of minutes.

      A default marked * is the paper's: it holds from random weights (--weights none) and from those \
      of an encoder alone. Where a run begins with the weights of its whole network, as aura-net does \
      unless told otherwise, these hold in its place, by the number of labels (a --recipe counts \
      before both):

        option           1 to 10 labels      11 to 40  41 and more
        --steps          100                 400       10 a label, at most 1000
        --batch          the labels, 2 to 4  4         4
        --learning-rate  1e-3                1e-3      1e-3
        --augmentation   standard            strong    strong
        --validation     0                   0         0.2
        --keep           last                last      best
        --warmup         10                  10        10
        --schedule       cosine              cosine    cosine
        --batch-norm     frozen              train     train

      Ctrl-C stops after writing last.checkpoint; --resume goes on from there to the same bits as \
      a run that was never stopped.
      """)

  @Argument(help: "Folder of PNG and TIFF images, or of a project.", completion: .directory)
  var path: String

  @OptionGroup var masks: MaskOptions
  @OptionGroup var project: ProjectOptions

  @Option(
    help: ArgumentHelp("CSV of image,split (train, validation, test).", valueName: "csv"),
    completion: .file(extensions: ["csv"]))
  var split: String?

  @Option(
    name: .customLong("recipe"),
    help: ArgumentHelp(
      """
      Settings of a name (aura recipes), a YAML file or an earlier run's recipe.json, taken as they are; \
      other options change them.
      """, valueName: "name|file"),
    completion: .file(extensions: ["yaml", "yml", "json"]))
  var source: RecipeSource?

  @OptionGroup var recipe: RecipeOptions

  @Option(
    help: ArgumentHelp(
      """
      Start from a file's weights, from those of a name (aura weights list), from those learnt from simulated images (the default for aura-net \
      and, its encoder alone, for unet-resnet), or from random ones as in the paper (none).
      """, valueName: "none|simulated|name|file"),
    completion: .file(extensions: ["safetensors", "pth"]))
  var weights: StartingWeights?

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp(
      "Run folder (default: a new one in the project, PATH/.aura/runs).", valueName: "folder"),
    completion: .directory)
  var output: String?

  @Flag(help: "Go on with the run in --output where its checkpoint stands.")
  var resume = false

  @OptionGroup var scoring: ScoringOptions
  @OptionGroup var flips: FlipOptions
  @OptionGroup var machine: MachineOptions

  @Flag(help: "One JSON object a line on standard output: started, epoch, finished, scored.")
  var json = false

  func validate() throws {
    if resume, output == nil {
      throw ValidationError("--resume needs --output, the folder of the run to go on with")
    }
    if resume, source != nil {
      throw ValidationError("--resume goes on with the run's own recipe; leave out --recipe")
    }
  }

  func run() throws {
    let folder = try project.folder(path)
    let labels = try LabelSource(
      folder, masks: try masks.find(for: folder), split: split.map { URL(filePath: $0) })
    StandardStream.error.notes(labels.notes)
    let beginning = try beginning(labels)
    try RunPlanner.check(beginning.recipe, labels: labels.training.count)
    let target = try runFolder()
    defer { target.removeIfEmpty() }
    let report = RunReport(isJSON: json)
    let run = try beginning.start(
      try labels.crops(size: beginning.recipe.size), of: labels, in: target.url,
      threads: machine.threadCount, onEvent: report.take)
    let stop = StopRequest()
    stop.train(run)
    let signals = Signals(
      stopping: stop, training: "the checkpoint is being written",
      scoring: "the weights are written, their scores are not (aura evaluate makes them)")
    defer { withExtendedLifetime(signals) {} }
    let outcome = try report.outcome(of: run)
    stop.train(nil)
    if stop.number == nil, outcome.weights != nil {
      let scores = try score(labels, run.folder, isStopped: { stop.number != nil })
      if let scores { try report.tell(scores.table, isOfTests: scores.isOfTests) }
    }
    if let number = stop.number { throw ExitCode(128 + number) }
  }

  /// What is asked of the run.
  ///
  /// - Throws: what is wrong with the recipe that is named.
  func wish() throws -> Beginning.Wish {
    Beginning.Wish(
      settings: try source.map { .named(try $0.recipe()) } ?? .usual, weights: weights,
      pace: .paper, asksForWarmup: recipe.gives(\.optimisation.warmup),
      change: recipe.recipe(over:))
  }

  private func beginning(_ labels: LabelSource) throws -> Beginning {
    if resume, let output {
      return try Beginning(
        resuming: RunFolder(id: output, url: URL(filePath: output)), try wish())
    }
    let beginning = try Beginning(try wish(), labels: labels, usual: try WeightsSource(nil))
    if let note = beginning.note { StandardStream.error.notes([note]) }
    return beginning
  }

  private func runFolder() throws -> ResultFolder {
    guard let output else {
      let store = try ProjectStore.open(
        images: URL(filePath: path, directoryHint: .isDirectory), project: project.url)
      defer { store.close() }
      return ResultFolder(made: try store.newRun().url)
    }
    return try resume
      ? Output.resultFolder(output)
      : Output.runFolder(output, isBegun: false, place: "--output")
  }

  /// The scores, which are written; nil where told to stop before they are there.
  private func score(
    _ labels: LabelSource, _ run: RunFolder, isStopped: () -> Bool
  ) throws -> (table: ScoreTable, isOfTests: Bool)? {
    let predictor = try NetworkFile(run.weightsFile.path).predictor(
      flips: flips.flips, threads: machine.threadCount)
    var line = ProgressLine.standardError()
    let scores = try labels.scores(
      of: run, by: { predictor.score($0, by: scoring.protocol).scores }, isStopped: isStopped
    ) { done, total, key in
      line.show(
        done: Double(done), of: Double(total), note: "scoring \(done + 1)/\(total) \(key)")
    }
    line.clear()
    return scores
  }
}

extension RecipeSource: ExpressibleByArgument {
  /// Reads a name or a path.
  public init?(argument: String) {
    guard !argument.isEmpty else { return nil }
    self.init(argument)
  }
}
