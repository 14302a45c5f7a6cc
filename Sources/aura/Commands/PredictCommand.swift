import ArgumentParser
import Foundation
import Imaging
import Project
import Training

/// `aura predict`: masks for a folder of images.
struct PredictCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "predict",
    abstract: "Write a mask for every image of a folder.",
    discussion: """
      Examples:
        aura predict new/ --weights run1/best.safetensors -o masks/
        aura predict one.tif --weights run1/best.safetensors -o masks/ --json

      Each mask is an 8-bit PNG, 0 or 255, of its image's own size; folders are kept. The \
      network and its working size are read from the weights.
      """)

  @Argument(help: "Image, or folder of images.", completion: .file())
  var path: String

  @Option(
    help: ArgumentHelp("Trained weights.", valueName: "file"),
    completion: .file(extensions: ["safetensors"]))
  var weights: String

  @Option(name: .shortAndLong, help: ArgumentHelp("Folder for the masks.", valueName: "folder"))
  var output: String

  @Option(help: ArgumentHelp("Working size instead of the trained one.", valueName: "pixels"))
  var size: Int?

  @OptionGroup var machine: MachineOptions

  @Flag(help: "One JSON object a line on standard output: image, mask, uncertainty, share of cell.")
  var json = false

  func run() throws {
    let folder = try ImageFolder(path)
    let predictor = try NetworkFile(weights).predictor(size: size, threads: machine.threadCount)
    let target = try Output.folder(output)
    let names = Output.maskNames(of: folder.images.map(\.key))
    var report = CommandReport(total: folder.images.count, isJSON: json)
    for image in folder.images {
      do {
        let prediction = predictor.predict(try ImageFile.read(image.file, page: image.page))
        let file = target.appending(path: names[image.key] ?? image.key.text + ".png")
        try Output.write(prediction.mask, to: file)
        let share = Double(prediction.mask.area) / Double(prediction.mask.pixels.count)
        try report.done(
          Line(
            image: image.key.text, mask: file.path, uncertainty: prediction.uncertainty,
            cellShare: share),
          note: image.key.text)
      } catch let error as ImagingError {
        report.failed(Failure(error))
      }
    }
    try report.finish("\(folder.images.count - report.failures) masks in \(target.path)")
  }

  /// What `--json` says about an image.
  private struct Line: Encodable {
    var image: String
    var mask: String
    var uncertainty: Double
    var cellShare: Double
  }
}
