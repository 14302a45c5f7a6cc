import ArgumentParser
import Comparison
import Console
import Workflows

/// `aura split`: which images are trained on and which are tested on.
struct SplitCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "split",
    abstract: "Draw which images to train, validate and test on, as CSV that train reads.",
    discussion: """
      Examples:
        aura split cells/ --test 0.3 --seed 1 -o split.csv
        aura split movies/ --test 0.3 --groups '^(.*)_t[0-9]+' -o split.csv
        aura split cells/ --folds 5 --groups cells/manifest.csv -o folds/
        aura train cells/ --split split.csv

      Only images that have masks are drawn. Groups are a CSV of image,group or a regular expression: \
      images in whose names its parentheses find the same text stay together, such as neighbours of a \
      time-lapse. With --folds the folder receives fold-1.csv and so on, each testing on other images.
      """)

  @Argument(help: "Folder of PNG and TIFF images, or of a project.", completion: .directory)
  var path: String

  @Option(help: ArgumentHelp("Share of the images to test on.", valueName: "share"))
  var test: Double?

  @Option(help: ArgumentHelp("Test on each image in one of so many splits.", valueName: "count"))
  var folds: Int?

  @Option(
    help: ArgumentHelp(
      "Share of the others to validate on (default: train draws 0.2).", valueName: "share"))
  var validation = 0.0

  @Option(
    help: ArgumentHelp("What stays together.", valueName: "pattern|csv"))
  var groups: String?

  @Option(help: "Starts every random choice.")
  var seed: UInt64 = 0

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("File to write, or folder of the folds.", valueName: "path"))
  var output: String

  @OptionGroup var masks: MaskOptions
  @OptionGroup var project: ProjectOptions

  @Flag(help: "What was drawn as one JSON object on standard output.")
  var json = false

  func validate() throws {
    guard (test == nil) != (folds == nil) else {
      throw ValidationError("give --test SHARE or --folds COUNT")
    }
    if let test, !(test > 0 && test < 1) {
      throw ValidationError("--test \(test): above 0 and below 1, please")
    }
    try check("folds", folds, in: 2...1000, "2 to 1000")
    try check("validation", validation, in: 0..<1, "0 to below 1")
  }

  func run() throws {
    let folder = try project.folder(path)
    let division: Comparison.Division =
      folds.map { .folds($0, seed: seed, groups: groups) }
      ?? .drawn(share: test ?? 0, seed: seed, groups: groups)
    let truth = try masks.find(for: folder, areRead: false)
    let job = try SplitJob(division, of: folder, masks: truth)
    StandardStream.error.notes(job.notes)
    let tables = try job.write(validating: validation, to: output, place: "--output")
    try StandardStream.output.tell(tables, asJSON: json, tables.map(\.text).joined())
    try folder.checkWhole(with: truth)
  }
}
