import ArgumentParser

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
        aura train my-cells/ --weights best.safetensors --learning-rate 1e-4
        aura train images/ --masks masks/ --output run1/ --resume

      A split is a CSV of image,split with train, validation or test in each line; the images for \
      testing are scored at the end. The output folder receives recipe.json, history.csv, \
      best.safetensors, last.checkpoint and scores.csv.

      Ctrl-C stops after writing the checkpoint; --resume goes on from there to the same bits as \
      a run that was never stopped.
      """)

  @Argument(help: "Folder of PNG and TIFF images, or of a project.", completion: .directory)
  var path: String

  @OptionGroup var masks: MaskOptions

  @Option(
    help: ArgumentHelp("CSV of image,split (train, validation, test).", valueName: "csv"),
    completion: .file(extensions: ["csv"]))
  var split: String?

  @OptionGroup var recipe: RecipeOptions

  @Option(
    help: ArgumentHelp("Start from these weights.", valueName: "file"),
    completion: .file(extensions: ["safetensors"]))
  var weights: String?

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp(
      "Run folder (default: a new one in the project, PATH/.aura/runs).", valueName: "folder"))
  var output: String?

  @Flag(help: "Go on with the run in --output where its checkpoint stands.")
  var resume = false

  @OptionGroup var scoring: ScoringOptions
  @OptionGroup var machine: MachineOptions

  @Flag(help: "One JSON object a line on standard output: started, epoch, finished.")
  var json = false

  func validate() throws {
    if resume, output == nil {
      throw ValidationError("--resume needs --output, the folder of the run to go on with")
    }
  }

  func run() throws {
    throw Failure(.internalError, "training is not in this build yet")
  }
}
