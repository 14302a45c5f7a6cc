import ArgumentParser
import Files
import Foundation
import Imaging
import Project
import Recipes
import Training
import Weights

/// `aura predict`: masks for a folder of images.
struct PredictCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "predict",
    abstract: "Write a mask for every image of a folder.",
    discussion: """
      Examples:
        aura predict new/ --weights run1/weights.safetensors -o masks/
        aura predict one.tif --weights run1/weights.safetensors -o masks/ --json
        aura predict new/ --weights simulated -o masks/     before any training

      Each mask is an 8-bit PNG, 0 or 255, of its image's own size; folders are kept. The \
      network and its working size are read from the weights. No image is ever replaced.
      """)

  @Argument(help: "Image, or folder of images.", completion: .file())
  var path: String

  @Option(
    help: ArgumentHelp(
      """
      Trained weights, or those learnt from simulated images (default: those of the folder's newest \
      run, else simulated).
      """, valueName: "simulated|file"),
    completion: .file(extensions: ["safetensors"]))
  var weights: StartingWeights?

  @Option(name: .shortAndLong, help: ArgumentHelp("Folder for the masks.", valueName: "folder"))
  var output: String

  @OptionGroup var project: ProjectOptions
  @OptionGroup var prediction: PredictionOptions
  @OptionGroup var flips: FlipOptions
  @OptionGroup var machine: MachineOptions

  @Flag(
    help: "One JSON object a line on standard output: image, mask, uncertainty, share, weights.")
  var json = false

  func validate() throws {
    if weights == .random { throw ValidationError("--weights none: nothing to predict with") }
    if weights == .simulatedEncoder {
      throw ValidationError("--weights simulated-encoder starts a training; take simulated")
    }
  }

  func run() throws {
    let folder = try ImageFolder(path, project: project.url)
    let files = Output.maskFiles(of: folder.images.map(\.key), in: output)
    try folder.originals.spare(from: Array(files.values), option: "--output")
    let (network, name, note) = try network(for: folder)
    let predictor = try network.predictor(
      network: prediction.network, size: prediction.size, flips: flips.flips,
      threads: machine.threadCount)
    StandardStream.error.line("weights: \(name)\(note)")
    try FolderCalibration.run(predictor, on: folder.images, share: prediction.calibrate)
    let target = try Output.resultFolder(output)
    defer { target.removeIfEmpty() }
    var report = CommandReport(total: folder.images.count, isJSON: json)
    for image in folder.images {
      guard let file = files[image.key] else { continue }
      do {
        let prediction = predictor.predict(try ImageFile.read(image.file, page: image.page))
        try Output.write(prediction.mask, to: file)
        let share = Double(prediction.mask.area) / Double(prediction.mask.pixels.count)
        try report.done(
          Line(
            image: image.key.text, mask: file.path, uncertainty: prediction.uncertainty,
            cellShare: share, weights: name),
          note: image.key.text)
      } catch let error as ImagingError {
        report.failed(Failure(error))
      }
    }
    try report.finish("\(folder.images.count - report.failures) masks in \(target.url.path)")
  }

  /// The weights that were asked for, else those of the newest run, else those that come with aura;
  /// with what to call them, and what else the user is told of them.
  private func network(
    for folder: ImageFolder
  ) throws -> (file: NetworkFile, name: String, note: String) {
    if weights == nil, let run = folder.store?.newestRunWithWeights {
      let file = try NetworkFile(run.weightsFile.path)
      return (file, file.path, " (of the newest run)")
    }
    let source = try WeightsSource(weights)
    guard let path = source.path else {
      throw Failure(
        .missingInput,
        "no network is trained in '\(path)' and the simulated weights are not there: "
          + "\(SimulatedWeights.place); give --weights FILE")
    }
    let file = try NetworkFile(path)
    return source.name == .simulated
      ? (file, source.name.text, " (those that come with aura)") : (file, file.path, "")
  }

  /// What `--json` says about an image.
  private struct Line: Encodable {
    var image: String
    var mask: String
    var uncertainty: Double
    var cellShare: Double
    var weights: String
  }
}
