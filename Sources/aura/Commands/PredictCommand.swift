import ArgumentParser

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
    throw Failure(.internalError, "prediction is not in this build yet")
  }
}
