import ArgumentParser
import Console
import Files
import Foundation
import Imaging
import Project
import Recipes
import Training
import Workflows

/// `aura evaluate`: how good masks or weights are.
struct EvaluateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "evaluate",
    abstract: "Score predictions or weights against masks: IoU, Dice, boundary IoU, distances.",
    discussion: """
      Examples:
        aura evaluate images/ --masks truth/ --weights run1/weights.safetensors
        aura evaluate images/ --masks truth/ --predictions masks/ --csv scores.csv
        aura evaluate images/ --masks truth/ --weights weights.safetensors --json
      """)

  @Argument(help: "Folder of images, or of a project.", completion: .directory)
  var path: String

  @OptionGroup var masks: MaskOptions

  @Option(
    help: ArgumentHelp(
      "Score this network: a file's, or the one learnt from simulated images.",
      valueName: "simulated|file"),
    completion: .file(extensions: ["safetensors"]))
  var weights: StartingWeights?

  @Option(
    help: ArgumentHelp("Score the masks in this folder.", valueName: "folder"),
    completion: .directory)
  var predictions: String?

  @Option(
    help: ArgumentHelp("CSV of image,split; only its test images are scored.", valueName: "csv"))
  var split: String?

  @Option(help: ArgumentHelp("Write the scores here as CSV.", valueName: "file"))
  var csv: String?

  @OptionGroup var project: ProjectOptions
  @OptionGroup var prediction: PredictionOptions
  @OptionGroup var views: ViewOptions
  @OptionGroup var scoring: ScoringOptions
  @OptionGroup var machine: MachineOptions

  @Flag(help: "The scores as one JSON object on standard output.")
  var json = false

  func validate() throws {
    guard (weights == nil) != (predictions == nil) else {
      throw ValidationError("give either --weights or --predictions")
    }
    if weights == .random { throw ValidationError("--weights none: nothing to score") }
    if weights == .simulatedEncoder {
      throw ValidationError("--weights simulated-encoder starts a training; take simulated")
    }
    if predictions != nil, prediction.calibrate != nil {
      throw ValidationError("--calibrate fits a network; it needs --weights")
    }
  }

  func run() throws {
    let folder = try project.folder(path)
    if let csv { try folder.originals.spare(from: [URL(filePath: csv)], place: "--csv") }
    let truth = try masks.find(for: folder)
    let job = try EvaluationJob(
      folder, truth: truth, split: split.map { URL(filePath: $0) })
    StandardStream.error.notes(job.notes)
    let (check, score) = try scorer(of: job, folder)
    var report = CommandReport(total: job.images.count, isJSON: false)
    let table = try job.run(check: check, score) { key in
      try report.done(key.text, note: key.text)
    } failed: {
      report.failed($0)
    }
    if let csv { try AtomicWrite.write(table.csv, to: URL(filePath: csv)) }
    try StandardStream.output.tell(table, asJSON: json, table.text)
    try report.finish("\(table.count) images scored")
    try folder.checkWhole(with: truth)
  }

  /// What scores: the network, or the masks that were predicted before; and what refuses an image before it is
  /// read.
  private func scorer(
    of job: EvaluationJob, _ folder: ImageFolder
  ) throws -> (
    check: (ImageSource) throws -> Void, score: (ImageSource, Sample) throws -> Scores
  ) {
    guard let source = try weights.map({ try WeightsSource($0) }), let path = source.path else {
      let (score, notes) = try job.scorer(ofMasksIn: predictions ?? "")
      StandardStream.error.notes(notes)
      return ({ _ in }, score)
    }
    // The paper's square is small whatever the image is, and of one size.
    let looksAtWhole = scoring.protocol == .own
    let predictor = try prediction.predictor(
      of: NetworkFile(path), isSimulated: source.name == .simulated && looksAtWhole, for: folder,
      views: views, by: scoring.protocol, machine: machine)
    try folder.calibrate(predictor, share: prediction.calibrate)
    return (
      { if looksAtWhole { try predictor.check($0) } },
      { try predictor.score($1, by: scoring.protocol).scores }
    )
  }
}
