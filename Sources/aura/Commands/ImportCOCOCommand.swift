import ArgumentParser
import Foundation
import Project
import Recipes

/// `aura import coco`: images with annotations in COCO's JSON.
struct ImportCOCOCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "coco",
    abstract: "Import images that are annotated in COCO's JSON.",
    discussion: """
      Examples:
        aura import coco instances.json images/ cells/
        aura import coco livecell_train.json images/ cells/ --category cell

      Polygons and run lengths, plain or packed, become the pixels that COCO's own tools give them; \
      all annotations of an image are one mask.
      """)

  @Argument(help: "File of annotations.", completion: .file(extensions: ["json"]))
  var annotations: String

  @Argument(help: "Folder of images.", completion: .directory)
  var images: String

  @Argument(help: "New folder to write.", completion: .directory)
  var output: String

  @Option(
    help: ArgumentHelp(
      "Take only this category; may be given again (default: all).", valueName: "name"))
  var category: [String] = []

  @Flag(help: "Take images without annotation too, as such that show no cell.")
  var empty = false

  @OptionGroup var options: ImportOptions

  func run() throws {
    let set = try ImportSet.coco(
      URL(filePath: annotations), images: URL(filePath: images, directoryHint: .isDirectory),
      categories: category, keepsEmpty: empty)
    try options.write(set, to: output)
  }
}
