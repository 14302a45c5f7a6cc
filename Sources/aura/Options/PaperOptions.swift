public import ArgumentParser
public import Comparison
import Foundation
import Recipes
import Workflows

/// What `aura compare --paper` takes in place of a plan.
struct PaperOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The paper's protocol for one of its tables.", valueName: "table1|table2|table3|table4"))
  var paper: PaperProtocol?

  @Option(
    help: ArgumentHelp(
      "The table's data: BU-BIL's folder (tables 1 and 4), or one with images/ and masks/.",
      valueName: "folder"),
    completion: .directory)
  var data: String?

  @Option(
    help: ArgumentHelp(
      "CSV of image,split (default: as many test images as the paper's, drawn by --split-seed).",
      valueName: "csv"),
    completion: .file(extensions: ["csv"]))
  var split: String?

  @Option(help: "Starts the draw of the test images (default: 0).")
  var splitSeed: UInt64?

  /// What of the paper's recipe may be otherwise: size and epochs, which differ by the table.
  enum Scope: SettingScope {
    static let settings = [\Recipe.size, \.epochs].map(Recipe.setting)
    static func standard(_ setting: Setting<Recipe>) -> String? { "the paper's, by the table" }
  }

  @OptionGroup private var recipe: SettingOptions<Scope>

  @Option(
    help: ArgumentHelp(
      "Seeds with commas between them, a run of each row (default: 0).", valueName: "list"),
    transform: {
      try Self.list("seeds", $0, of: "different whole numbers like 0,1,2") { UInt64($0) }
    })
  var seeds: [UInt64]?

  @Option(
    help: ArgumentHelp(
      "What each ResNet-18 begins with (default: simulated-encoder); random ones are compared too.",
      valueName: "simulated-encoder|none|name|file"))
  var weights: StartingWeights?

  @Option(
    help: ArgumentHelp(
      "Only these rows, with commas between them, such as aura-net,aura-net-random.",
      valueName: "names"))
  var only: String?

  /// The plan of the table.
  ///
  /// - Throws: `WorkflowError` where the data are not what the table needs.
  func plan(_ paper: PaperProtocol) throws -> ComparisonPlan {
    try PaperData(data ?? ".").plan(
      of: paper, recipe: recipe.settings(over: paper.recipe), start: weights ?? .simulatedEncoder,
      only: only?.split(separator: ",").map(String.init), place: "--only",
      division: split.map { .file(URL(filePath: $0).standardizedFileURL.path) }
        ?? paper.division(seed: splitSeed ?? 0),
      seeds: seeds ?? [0])
  }

  func validate() throws {
    let isUsed =
      data != nil || split != nil || splitSeed != nil || !recipe.given.isEmpty || seeds != nil
      || weights != nil || only != nil
    if paper == nil, isUsed {
      throw ValidationError("these options go with --paper; a plan says all that itself")
    }
    if paper != nil, data == nil {
      throw ValidationError("--paper needs --data, the folder of its images")
    }
    if split != nil, splitSeed != nil {
      throw ValidationError("give either --split or --split-seed")
    }
  }
}

extension PaperProtocol: ExpressibleByArgument {
  /// Reads `table1` to `table4`.
  public init?(argument: String) { self.init(argument) }
}
