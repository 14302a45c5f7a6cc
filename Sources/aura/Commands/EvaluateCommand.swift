import ArgumentParser

/// `aura evaluate`: how good masks or weights are.
struct EvaluateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "evaluate",
    abstract: "Score predictions or weights against masks: IoU, Dice, precision, recall.",
    discussion: """
      Examples:
        aura evaluate images/ --masks truth/ --weights run1/best.safetensors
        aura evaluate images/ --masks truth/ --predictions masks/ --csv scores.csv
        aura evaluate images/ --masks truth/ --weights best.safetensors --json
      """)

  @Argument(help: "Folder of images, or of a project.", completion: .directory)
  var path: String

  @OptionGroup var masks: MaskOptions

  @Option(
    help: ArgumentHelp("Score this network.", valueName: "file"),
    completion: .file(extensions: ["safetensors"]))
  var weights: String?

  @Option(
    help: ArgumentHelp("Score the masks in this folder.", valueName: "folder"),
    completion: .directory)
  var predictions: String?

  @Option(
    help: ArgumentHelp("CSV of image,split; only its test images are scored.", valueName: "csv"))
  var split: String?

  @Option(help: ArgumentHelp("Working size instead of the trained one.", valueName: "pixels"))
  var size: Int?

  @Option(help: ArgumentHelp("Write the scores here as CSV.", valueName: "file"))
  var csv: String?

  @OptionGroup var scoring: ScoringOptions
  @OptionGroup var machine: MachineOptions

  @Flag(help: "The scores as one JSON object on standard output.")
  var json = false

  func validate() throws {
    guard (weights == nil) != (predictions == nil) else {
      throw ValidationError("give either --weights or --predictions")
    }
  }

  func run() throws {
    throw Failure(.internalError, "evaluation is not in this build yet")
  }
}
