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

      Where the run begins with the weights of its whole network and no --size is given, the size is found \
      first: from 3 labels on, without those that a network proposed, the one at which these weights find \
      their cells best, of sizes that hardly differ in that the largest, else as aura size does. Where \
      that is more than 256 pixels, steps see patches of that side, cut out of the images anywhere, and there are \
      more of them than in the table: up to 10 labels 1.5 (size/256)^2 times as many with half the batch, else size/256 \
      times as many, up to 1000. With a --size of your own they see all of \
      the square in an image's middle, which takes longer; --patch 256 cuts up whole images there too.

      In a project, without --masks, it begins as g in the workbench does: with the project's own recipe \
      if it has one, at the size that the workbench found for its images or that was chosen there, and at \
      the weights of its newest run of the same network. The one difference: from \
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

      With 1 to 10 labels from the weights that come with aura, or from a run's that did so, the run's weights \
      ask them for a second opinion wherever they look at images: where the masks of both disagree, each counts \
      by how firm it is (--second-opinion none asks nobody). From other weights a run looks at images of the folder that it does \
      not learn from, never at their masks: the less its masks agree there with those of the weights before, the \
      less it keeps of what it learnt, down to a quarter; --learnt-share 1 keeps all. Either way it says in a \
      line and in kept.json how well they agree.

      Where up to 40 labels are all learnt from, the run is cross-validated when it is done: it is trained \
      again without a third or a fourth of them, in as many steps as it had itself for all of these trainings, \
      and scored on what it did not learn from, at the images' own size. That gives IoU and, where cells are \
      told apart, F1 and count error, with 95 % intervals (Student's t over the labels), in a line and in \
      crossvalidation.json. Pages of a file, frames of a sequence (name_t001), and images of a group in a \
      manifest.csv beside them, as aura import writes it, are held out together. Labels of a project \
      whose masks came from a network, corrected or not, are learnt from but not scored. \
      --cross-validation none leaves it out; full takes all steps each time, without one label of up to eight, \
      else a fourth. Ctrl-C ends it, and the weights are there; --resume goes on with it.

      Ctrl-C stops after writing last.checkpoint; --resume goes on from there to the same bits as \
      a run that was never stopped. After a kill it goes on from the last checkpoint, begins again \
      where none was written yet, and scores a run that is trained.
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

  @Flag(help: "Go on with the run in --output, wherever it broke off.")
  var resume = false

  @OptionGroup var scoring: ScoringOptions
  @OptionGroup var views: ViewOptions
  @OptionGroup var machine: MachineOptions

  @Flag(
    help: """
      One JSON object a line on standard output: started, epoch, finished, crossValidated, scored.
      """)
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
    let truth = try masks.find(for: folder)
    let labels = try LabelSource(
      folder, masks: truth, split: split.map { URL(filePath: $0) })
    StandardStream.error.notes(labels.notes)
    let stop = StopRequest()
    let named = try output.map { try Output.runFolder($0, isBegun: resume, place: "--output") }
    // Where somebody stops before the first file, --resume begins in the folder that they named.
    defer { if !stop.isAsked { named?.removeIfEmpty() } }
    let signals = Signals(stopping: stop, told: meaning(of:))
    defer { withExtendedLifetime(signals) {} }
    let beginning = try beginning(labels, in: folder, stop)
    if let number = stop.number { throw ExitCode(128 + number) }
    // What is finished is told on any machine.
    let isTrained = try isTrained(by: beginning.recipe, labels)
    if !isTrained { try RunPlanner.check(beginning.recipe, labels: labels.training.count) }
    let target = try named ?? ownRunFolder()
    defer { if named == nil { target.removeIfEmpty() } }
    let run = RunFolder(id: target.url.lastPathComponent, url: target.url)
    let report = RunReport(isJSON: json, stop: stop)
    if isTrained {
      stop.train(nil)
      StandardStream.error.notes([run.trainedNote])
    }
    if try isTrained || train(beginning, labels, folder.store, in: run, stop, report) {
      try crossValidate(run, beginning, labels, folder.store, isTrained: isTrained, stop, report)
      if let scores = try score(labels, run, isStopped: { stop.number != nil }) {
        try report.tell(scores.table, isOfTests: scores.isOfTests)
      }
    }
    if let number = stop.number { throw ExitCode(128 + number) }
    try folder.checkWhole(with: truth)
  }

  /// What it means to be stopped in a phase of the work.
  @Sendable private func meaning(of phase: StopRequest.Phase) -> String {
    switch phase {
    case .before: "no step is taken yet" + (output == nil ? "" : " (--resume goes on from here)")
    case .training: "the checkpoint is being written"
    case .after:
      "the weights are written, their scores are not (--resume makes them, or aura evaluate)"
    }
  }

  /// Trains, and says whether there are weights to score.
  private func train(
    _ beginning: Beginning, _ labels: LabelSource, _ store: ProjectStore?, in folder: RunFolder,
    _ stop: StopRequest, _ report: RunReport
  ) throws -> Bool {
    let (crops, leftOut) = try labels.usableCrops(for: beginning.recipe)
    StandardStream.error.notes([leftOut].compactMap(\.self))
    let run = try beginning.start(
      crops, of: labels, in: folder.url, threads: machine.threadCount
    ) { event in
      report.take(event)
      if let cleared = store?.clearCheckpoints(before: folder.url, at: event) {
        report.take(.notice("aura: \(cleared)"))
      }
    }
    stop.train(run)
    defer { stop.train(nil) }
    return try report.outcome(of: run).weights != nil && stop.number == nil
  }

  /// Measures the run by labels that it is trained again without; one that was finished before only goes on with
  /// that, unless it is asked for.
  ///
  /// - Throws: what cannot be told; what cannot be measured is told, and the run stays as it is.
  private func crossValidate(
    _ run: RunFolder, _ beginning: Beginning, _ labels: LabelSource, _ store: ProjectStore?,
    isTrained: Bool, _ stop: StopRequest, _ report: RunReport
  ) throws {
    guard beginning.recipe.optimisation.crossValidation != .none, !stop.isAsked else { return }
    if isTrained, !recipe.gives(\.optimisation.crossValidation) {
      guard let known = run.crossValidation else { return }
      guard !known.isComplete else { return report.take(.checked(known)) }
    }
    let checking: Run?
    do {
      let crops = try labels.usableCrops(for: beginning.recipe).crops
      checking = try beginning.crossValidate(
        run, crops, of: labels, in: store, threads: machine.threadCount, onEvent: report.take)
    } catch {
      return StandardStream.error.notes(["not cross-validated: \(WorkflowError.text(of: error))"])
    }
    guard let checking else { return }
    stop.train(checking, isTrained: true)
    defer { stop.train(nil) }
    _ = try report.outcome(of: checking)
  }

  /// What is asked of the run.
  ///
  /// - Throws: what is wrong with the recipe that is named.
  func wish() throws -> Beginning.Wish {
    Beginning.Wish(
      settings: try source.map { .named(try $0.recipe()) } ?? .usual, weights: weights,
      pace: .paper, asksForWarmup: recipe.gives(\.optimisation.warmup),
      asksForSize: recipe.gives(\.size), change: recipe.recipe(over:))
  }

  /// Whether the run to go on with is finished, so that at most its scores lack.
  private func isTrained(by recipe: Recipe, _ labels: LabelSource) throws -> Bool {
    guard resume, let output else { return false }
    let run = RunFolder(id: output, url: URL(filePath: output, directoryHint: .isDirectory))
    return try RunPlanner.isTrained(
      run, by: recipe, on: labels.training, split: labels.split)
  }

  private func beginning(
    _ labels: LabelSource, in folder: ImageFolder, _ stop: StopRequest
  ) throws -> Beginning {
    if resume, let output {
      let run = RunFolder(id: output, url: URL(filePath: output))
      if run.isBegun { return try Beginning(resuming: run, of: folder.store, try wish()) }
    }
    let usual = try WeightsSource(nil)
    var labels = labels
    if let network = try Beginning.sizing(try wish(), labels: labels, usual: usual) {
      labels.foundSize = try findSize(of: labels, in: folder, by: network, stop) ?? labels.foundSize
      StandardStream.error.notes([labels.foundSize?.text].compactMap(\.self))
    }
    var beginning = try Beginning(try wish(), labels: labels, usual: usual)
    if let note = beginning.note { StandardStream.error.notes([note]) }
    beginning.isResumed = resume
    return beginning
  }

  /// The size to look at the images with, as their labels say it or, where these are too few, the images themselves.
  private func findSize(
    of labels: LabelSource, in folder: ImageFolder, by network: NetworkFile, _ stop: StopRequest
  ) throws -> FoundSize? {
    let predictor = try network.predictor(threads: machine.threadCount)
    return ProgressLine.follow("finding the size") { progress in
      predictor.findSize(among: labels, isStopped: { stop.isAsked }, progress: progress)
        ?? predictor.findSize(
          among: folder.images, isStopped: { stop.isAsked }, progress: progress)
    }
  }

  /// A new folder in the project.
  private func ownRunFolder() throws -> ResultFolder {
    let store = try ProjectStore.open(
      images: URL(filePath: path, directoryHint: .isDirectory), project: project.url,
      links: project.links.choice, channel: project.channel.choice)
    defer { store.close() }
    return ResultFolder(made: try store.newRun().url)
  }

  /// The scores, which are written; nil where told to stop before they are there.
  private func score(
    _ labels: LabelSource, _ run: RunFolder, isStopped: () -> Bool
  ) throws -> (table: ScoreTable, isOfTests: Bool)? {
    let file = try NetworkFile(run.weightsFile.path)
    let views = views.chosen(for: file, by: scoring.protocol)
    let predictor = try file.predictor(views: views, threads: machine.threadCount)
    StandardStream.error.notes([predictor.lack(of: views)].compactMap(\.self))
    var line = ProgressLine.standardError()
    let scores = try labels.scores(
      of: run, made: ScoringNote(scoring: scoring.protocol, views: predictor.views),
      by: { try predictor.score($0, by: scoring.protocol).scores },
      trouble: { line.interrupt(with: "aura: not scored: \($0): \(WorkflowError.text(of: $1))") },
      isStopped: isStopped
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
