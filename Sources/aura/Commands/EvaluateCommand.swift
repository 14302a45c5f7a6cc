import Files
import ArgumentParser
import Foundation
import Imaging
import Project
import Recipes
import Training

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
  @OptionGroup var flips: FlipOptions
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
    let folder = try ImageFolder(path, project: project.url)
    if let csv { try folder.originals.spare(from: [URL(filePath: csv)], option: "--csv") }
    let truth = try masks.find(for: folder)
    for note in truth.notes { StandardStream.error.line("aura: \(note)") }
    let images = try chosen(from: folder).filter { truth.has($0.key) }
    guard !images.isEmpty else {
      throw Failure(
        .missingInput, "no image of '\(path)' has a mask to compare with; give --masks FOLDER")
    }
    let score = try scorer(folder: folder, truth: truth)
    var table = ScoreTable()
    var report = CommandReport(total: images.count, isJSON: false)
    for image in images {
      do {
        guard let (pixels, mask) = try truth.read(image) else { continue }
        table.add(image.key, try score(Sample(key: image.key, image: pixels, mask: mask)))
        try report.done(image.key.text, note: image.key.text)
      } catch let error as ImagingError {
        report.failed(Failure(error))
      }
    }
    if let csv { try AtomicWrite.write(table.csv, to: URL(filePath: csv)) }
    StandardStream.output.write(json ? try JSONText.pretty(table) + "\n" : table.text)
    try report.finish("\(table.images.count) images scored")
  }

  private func chosen(from folder: ImageFolder) throws -> [ImageSource] {
    guard let split else { return folder.images }
    let table = try Split.read(URL(filePath: split), images: folder.images.map(\.key)).split
    return folder.images.filter { table.parts[$0.key] == .test }
  }

  /// What scores one image: the network, or the mask that was predicted before.
  private func scorer(
    folder: ImageFolder, truth: MaskSet
  ) throws -> (Sample) throws -> Scores {
    if let path = try weights.flatMap({ try WeightsSource($0).path }) {
      let predictor = try NetworkFile(path).predictor(
        network: prediction.network, size: prediction.size, flips: flips.flips,
        threads: machine.threadCount)
      try FolderCalibration.run(predictor, on: folder.images, share: prediction.calibrate)
      let evaluator = Evaluator(predictor, protocol: scoring.protocol)
      return { evaluator.score($0).scores }
    }
    let path = predictions ?? ""
    let (matches, strays) = try MaskMatching.match(
      folder: URL(filePath: path), images: folder.images)
    let found = MaskSet(matches, polarity: .cellWhite, strays: strays)
    let sources = Dictionary(folder.images.map { ($0.key, $0) }, uniquingKeysWith: { a, _ in a })
    return { sample in
      guard let source = sources[sample.key], let prediction = try found.read(source) else {
        throw Failure(
          .missingInput,
          "'\(path)' has no mask for \(sample.key); predict all images, or leave it out by --split")
      }
      return Scores(prediction: prediction.mask, truth: sample.mask, withBoundaries: true)
    }
  }
}
