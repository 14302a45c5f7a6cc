import ArgumentParser
import Console
import Files
import Foundation
import Imaging
import Recipes
import Training
import Workflows

/// `aura augment`: what training makes of labelled images.
struct AugmentCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "augment",
    abstract: "Draw a sheet of labelled images as an augmentation changes them.",
    discussion: """
      Examples:
        aura augment images/ --masks truth/ --sheet sheet.png
        aura augment images/ --sheet sheet.png --augmentation strong --seed 3
        aura augment images/ --sheet sheet.png --augmentation rotation=30,elastic:0.5,clahe

      A row an image: first as it is, then as the passes of a run change it; every picture stands beside \
      itself with its mask's edge. `paper` is what the paper's released code does. A list has commas \
      between its steps and may say how far (`=30`) and in which share of the images (`:0.5`); of \
      `elastic|grid|optical:0.8` one is drawn.

      \(AugmentationStep.Kind.allCases.map(\.rawValue).joined(separator: ", "))
      """)

  @Argument(help: "Folder of images, or of a project.", completion: .directory)
  var path: String

  @Option(
    help: ArgumentHelp("Draw the sheet into this file.", valueName: "png"),
    completion: .file(extensions: ["png"]))
  var sheet: String

  @Option(
    help: ArgumentHelp(
      "How images are changed.", valueName: "standard|strong|paper|list"),
    transform: { try Recipe.Augmentation($0) })
  var augmentation = Recipe.Augmentation.standard

  @Option(help: ArgumentHelp("Side of a picture.", valueName: "pixels"))
  var size = 128

  @Option(help: ArgumentHelp("Rows at most.", valueName: "images"))
  var images = 8

  @Option(help: "How often each image is changed.")
  var variants = 5

  @Option(help: "Starts every random choice.")
  var seed: UInt64 = 0

  @OptionGroup var masks: MaskOptions
  @OptionGroup var project: ProjectOptions

  @Flag(help: "What was drawn as one JSON object on standard output.")
  var json = false

  func validate() throws {
    try check("size", size, in: 64...1024, "64 to 1024 pixels")
    try check("images", images, in: 1...100, "1 to 100")
    try check("variants", variants, in: 1...20, "1 to 20")
    if images * (1 + variants) * size * size > 64 << 20 {
      throw ValidationError("--images \(images): too many pictures of this size for one sheet")
    }
  }

  func run() throws {
    let file = URL(filePath: sheet)
    try Originals.refuseExisting([file], place: "--sheet")
    let folder = try project.folder(path)
    let truth = try masks.find(for: folder)
    StandardStream.error.notes(truth.notes)
    var recipe = Recipe()
    recipe.augmentation = augmentation
    recipe.size = size
    recipe.seed = seed
    var drawing = AugmentationSheet(recipe, variants: variants)
    let drawn = try drawing.add(images, of: folder, masks: truth).map(\.text)
    try AtomicWrite.write(drawing.sheet.png, to: file, isDurable: false)
    try StandardStream.output.tell(
      ["sheet": file.path, "images": drawn] as JSONObject, asJSON: json,
      "\(drawn.count) images on \(file.path)")
    try folder.checkWhole(with: truth)
  }
}
