public import ArgumentParser
import Foundation
public import Project

/// `aura import ctc`: data sets of the Cell Tracking Challenge.
struct ImportTrackingCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ctc",
    abstract: "Import a data set of the Cell Tracking Challenge.",
    discussion: """
      Examples:
        aura import ctc PhC-C2DH-U373/ glioblastoma/
        aura import ctc DIC-C2DH-HeLa/ hela/ --truth silver

      Frames are 01/t000.tif, their truth is 01_GT/SEG/man_seg000.tif (gold) or 01_ST/SEG (silver); \
      slices of volumes are images of their own. A sequence is a group in manifest.csv.
      """)

  @Argument(help: "Folder of the data set.", completion: .directory)
  var path: String

  @Argument(help: "New folder to write.", completion: .directory)
  var output: String

  @Option(
    help: ArgumentHelp(
      "Which truth: gold, silver, or silver where there is no gold.",
      valueName: "gold|silver|both"))
  var truth = ImportSet.TrackingTruth.both

  @Flag(help: "Take gold frames too that lack cells which are tracked.")
  var partial = false

  @OptionGroup var options: ImportOptions

  func run() throws {
    let set = try ImportSet.cellTracking(
      URL(filePath: path, directoryHint: .isDirectory), truth: truth, keepsPartial: partial)
    try options.write(set, to: output)
  }
}

extension ImportSet.TrackingTruth: ExpressibleByArgument {}
