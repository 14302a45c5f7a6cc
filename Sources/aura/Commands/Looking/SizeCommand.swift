import ArgumentParser
import Basics
import Console
import Foundation
import Recipes
import Workflows

/// `aura size`: with how many pixels images are looked at best.
struct SizeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "size",
    abstract: "Find the size to look at images with, without a label.",
    discussion: """
      Examples:
        aura size new/
        aura size new/ --json
        aura predict new/ -o masks/ --size 512      with a size of your own

      A network finds cells best where they look as large as those that it learnt from. Up to six images, \
      spread over the folder, are looked at with sizes from 128 to 768 pixels of the smaller side; where cells \
      are too small or too large the mask changes from one size to the next, so a size is taken between the two \
      neighbours whose masks agree best (their mean IoU). A cell's diameter is in pixels of the image. Of images \
      larger than 1024 pixels the middle is looked at; all are scaled alike then, as referenceSide is.

      `aura predict` and the workbench do this by themselves for the weights that come with aura; the \
      workbench keeps what it found in the project. Nothing is written here.
      """)

  @Argument(help: "Image, or folder of images.", completion: .file())
  var path: String

  @Option(
    help: ArgumentHelp(
      "Weights that look (default: those learnt from simulated images).",
      valueName: "simulated|file"),
    completion: .file(extensions: ["safetensors"]))
  var weights: StartingWeights?

  @OptionGroup var project: ProjectOptions
  @OptionGroup var machine: MachineOptions

  @Flag(
    help: """
      As one JSON object: size, referenceSide, cellDiameter, looks (size, agreement, seconds an image).
      """)
  var json = false

  func run() throws {
    let folder = try project.folder(path)
    let network = try TrainedNetwork(weights ?? .simulated, for: folder)
    let predictor = try network.file.predictor(threads: machine.threadCount)
    let found = ProgressLine.follow("finding the size") { progress in
      predictor.findSize(among: folder.images, progress: progress)
    }
    guard let found else { throw WorkflowError.noSize(path) }
    try StandardStream.output.tell(found, asJSON: json, table(of: found))
    try folder.checkWhole()
  }

  private func table(of found: FoundSize) -> String {
    let rows = found.looks.map { look in
      [
        found.isBeside(look) ? "*" : "", String(look.size),
        NumberText.decimal(look.agreement, digits: 3), NumberText.decimal(look.seconds, digits: 2),
      ]
    }
    return TextColumns.text([["", "size", "agreement", "seconds an image"]] + rows, left: 1)
      + found.text + "\n"
  }
}
