import ArgumentParser
import Foundation
import Imaging
import Project

/// `aura import masks`: folders of images and masks in general.
struct ImportMasksCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "masks",
    abstract: "Import a folder of images and their masks.",
    discussion: """
      Examples:
        aura import masks images/ cells/ --masks truth/
        aura import masks plate/ cells/                 masks in a folder of plate/ called masks

      Masks are matched by name, also with a prefix (seg_) or suffix (_mask); black and white, inverted, \
      one bit, palettes and numbered cells are read. Images without mask are left out.
      """)

  @Argument(help: "Folder of images.", completion: .directory)
  var path: String

  @Argument(help: "New folder to write.", completion: .directory)
  var output: String

  @OptionGroup var masks: MaskOptions
  @OptionGroup var options: ImportOptions

  func run() throws {
    let set = try ImportSet.masks(
      of: URL(filePath: path, directoryHint: .isDirectory),
      in: masks.masks.map { URL(filePath: $0, directoryHint: .isDirectory) },
      polarity: masks.polarity.maskPolarity)
    try options.write(set, to: output)
  }
}
