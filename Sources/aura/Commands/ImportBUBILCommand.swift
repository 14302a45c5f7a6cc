import ArgumentParser
import Foundation
import Imaging
import Project

/// `aura import bu-bil`: the images of the paper.
struct ImportBUBILCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bu-bil",
    abstract: "Import BU-BIL, the images of the paper: RawImages and GoldStandard.",
    discussion: """
      Examples:
        aura import bu-bil BU-BIL_Dataset1/ rat/
        aura import bu-bil BU-BIL_Dataset2/ rabbit/         crops around the annotated cell
        aura import bu-bil BU-BIL_Dataset2/ whole/ --no-crop

      Data sets 2 and 3, known by the name of their folder, show several cells of which one is \
      annotated. They are cropped to a square of 1.6 times its size, 192 pixels at least; frames of \
      data set 2 whose crop shows another cell are left out.
      """)

  @Argument(help: "Folder of a data set, or of several.", completion: .directory)
  var path: String

  @Argument(help: "New folder to write.", completion: .directory)
  var output: String

  @Flag(
    inversion: .prefixedNo,
    help: "Crop around the annotated cell (default: in data sets 2 and 3).")
  var crop: Bool?

  @Flag(help: "Take the frames of data set 2 too whose crop shows another cell.")
  var crowded = false

  @OptionGroup var polarity: PolarityOptions
  @OptionGroup var options: ImportOptions

  func run() throws {
    let set = try ImportSet.buBIL(
      URL(filePath: path, directoryHint: .isDirectory), isCropped: crop, keepsCrowded: crowded,
      polarity: polarity.maskPolarity)
    try options.write(set, to: output)
  }
}
