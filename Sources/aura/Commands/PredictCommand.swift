import ArgumentParser
import Console
import Files
import Foundation
import Project
import Recipes
import Weights
import Workflows

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
        aura predict new/ -o cells/ --labels                a number a cell

      Each mask is an 8-bit PNG, 0 or 255, of its image's own size; with --labels a label image of 16 bits, \
      as Fiji and scikit-image read it. A pixel is cell from a probability of one half on, in pieces that are somewhere \
      as good as sure of it, which most debris is not. Folders are kept. The \
      network and its working size are read from the weights; for those that come with aura the size is found \
      by looking at some of the images (aura size), and told. No image is ever replaced.
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
  @OptionGroup var views: ViewOptions
  @OptionGroup var machine: MachineOptions

  @Flag(help: "Write label images, 16-bit PNG with a number a cell, in place of masks.")
  var labels = false

  @Flag(
    help: """
      One JSON object a line on standard output: image, mask, uncertainty, quality (estimated IoU), \
      share, cells, size, weights.
      """)
  var json = false

  func validate() throws {
    if weights == .random { throw ValidationError("--weights none: nothing to predict with") }
    if weights == .simulatedEncoder {
      throw ValidationError("--weights simulated-encoder starts a training; take simulated")
    }
  }

  func run() throws {
    let folder = try project.folder(path)
    let job = try PredictionJob(folder, into: output, place: "--output")
    let network = try TrainedNetwork(weights, for: folder)
    let predictor = try prediction.predictor(
      of: network.file, isSimulated: network.origin == .simulated, for: folder, views: views,
      machine: machine)
    StandardStream.error.line("weights: \(network.name)\(note(on: network))")
    var report = CommandReport(total: folder.images.count, isJSON: json)
    let target = try job.run(
      predictor, named: network.name, calibrating: prediction.calibrate, labels: labels
    ) { predicted in
      try report.done(predicted, note: predicted.image)
    } failed: {
      report.failed($0)
    }
    try report.finish("\(folder.images.count - report.failures) masks in \(target.path)")
    try folder.checkWhole()
  }

  private func note(on network: TrainedNetwork) -> String {
    switch network.origin {
    case .named: ""
    case .newestRun: " (of the newest run)"
    case .simulated: " (those that come with aura)"
    }
  }
}
