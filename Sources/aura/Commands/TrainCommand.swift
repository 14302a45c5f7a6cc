import Files
import ArgumentParser
import Foundation
import Imaging
import Project
import Recipes
import Training
import Weights

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

  @Flag(help: "One JSON object a line on standard output: started, epoch, finished.")
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
    let folder = try ImageFolder(path, project: project.url)
    let labels = try Labels(
      folder, masks: try masks.find(for: folder), split: split.map { URL(filePath: $0) })
    for note in labels.notes { StandardStream.error.line("aura: \(note)") }
    let (recipe, start) = try beginning(labels: labels.training.count)
    try RunPlanner.check(recipe, labels: labels.training.count)
    let target = try runFolder()
    defer { target.removeIfEmpty() }
    let report = RunReport(TrainingWords(), isJSON: json)
    let run = Run.start(
      recipe: recipe, samples: labels.training, split: labels.split, start: start,
      folder: target.url, resume: resume, threads: machine.threadCount, onEvent: report.take)
    let ending = RunEnding()
    let signals = ending.signals(stopping: run)
    defer { withExtendedLifetime(signals) {} }
    let outcome = try report.outcome(of: run)
    ending.trainingIsDone()
    if ending.number == nil, let weights = outcome.weights {
      let scoring = try FinalScoring(labels, run: run.folder)
      try score(scoring, weights, into: run.folder, isStopped: { ending.number != nil })
    }
    if let number = ending.number { throw ExitCode(128 + number) }
  }

  /// The recipe and the weights before the first step: those of the run to go on with, those that
  /// `--recipe` names, or the paper's recipe, or where a whole network's weights are there that for going
  /// on from them; all changed by the options.
  private func beginning(labels: Int) throws -> (recipe: Recipe, start: StateDict?) {
    if resume, let output {
      let begun = try RunFolder(id: output, url: URL(filePath: output)).recipe()
      var recipe = try recipe.recipe(over: begun)
      recipe.weights = weights ?? begun.weights
      return (recipe, nil)
    }
    if let source {
      var recipe = try recipe.recipe(over: source.recipe())
      let weights = try WeightsSource(weights ?? recipe.weights)
      recipe.weights = weights.name
      return (recipe, try weights.start(of: recipe.architecture))
    }
    var base = Recipe()
    if case .file(let path) = weights, let note = try NetworkFile(path).note {
      base.architecture = note.architecture
    }
    let architecture = try recipe.recipe(over: base).architecture
    var source = try WeightsSource(weights)
    if weights == nil, !source.suits(architecture) { source = .nothing }
    if try source.isWhole(for: architecture) { base.adapt(toFewLabels: labels) }
    if weights == nil, source == .nothing, architecture == SimulatedWeights.architecture {
      StandardStream.error.line(
        "aura: training starts from random weights, the simulated ones are not there: "
          + SimulatedWeights.place)
    }
    var recipe = try self.recipe.recipe(over: base)
    let steps = RunLength(recipe, trainingImages: labels).steps
    // A warm-up that nobody asked for fits itself to a short run.
    if !self.recipe.gives(\.optimisation.warmup) {
      recipe.optimisation.warmup = min(recipe.optimisation.warmup, steps / 10)
    }
    recipe.weights = source.name
    return (recipe, try source.start(of: architecture))
  }

  private func runFolder() throws -> ResultFolder {
    guard let output else {
      let store = try ProjectStore.open(
        images: URL(filePath: path, directoryHint: .isDirectory), project: project.url)
      defer { store.close() }
      return ResultFolder(try store.newRun().url, isNew: true)
    }
    let target = try Output.resultFolder(output)
    let files = RunFolder(id: target.url.lastPathComponent, url: target.url)
    let isBegun = FileManager.default.fileExists(atPath: files.checkpointFile.path)
    if !resume, isBegun || files.hasWeights {
      throw Failure(
        .cannotCreate,
        "'\(output)' holds a run already; give another --output, or --resume to go on with it")
    }
    return target
  }

  /// Writes and shows the scores, unless told to stop before they are there.
  private func score(
    _ scoring: FinalScoring, _ weights: URL, into run: RunFolder, isStopped: () -> Bool
  ) throws {
    let predictor = try NetworkFile(weights.path).predictor(
      flips: flips.flips, threads: machine.threadCount)
    let evaluator = Evaluator(predictor, protocol: self.scoring.protocol)
    let clock = SystemClock()
    let count = scoring.samples.count
    var line = ProgressLine.standardError(clock)
    let result = scoring.scores(by: { evaluator.score($0).scores }, isStopped: isStopped) {
      line.show(
        done: Double($0), of: Double(count), note: "scoring \($0 + 1)/\(count) \($1)",
        now: clock.monotonic)
    }
    line.clear()
    guard let (table, lines) = result else { return }
    try run.write(lines)
    if json {
      StandardStream.output.line(
        try JSONText.line(
          TrainingWords.Scored(
            images: table.images.count, tested: scoring.isOfTests, parts: table.partSummaries)))
    } else {
      StandardStream.output.write(table.text)
    }
  }
}
