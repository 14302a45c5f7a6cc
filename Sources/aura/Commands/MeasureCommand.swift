import ArgumentParser
import Console
import Files
import Foundation
import Imaging
import Objects
import Project
import Workflows

/// `aura measure`: sizes, shapes and brightness of cells as tables.
struct MeasureCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "measure",
    abstract: "Measure every cell of a folder's masks: area, shape, brightness.",
    discussion: """
      Examples:
        aura measure my-cells/ -o cells.csv                the accepted masks of the project
        aura measure my-cells/ -o cells.csv --images images.csv
        aura measure images/ --masks labels/ -o cells.csv --pixel-size 0.65
        aura measure my-cells/ --report measures/      both tables, with figures

      The table of cells has a row a cell: area, perimeter, centroid, axes, eccentricity, orientation, \
      solidity, circularity, Feret diameters, brightness, neighbours and more, called as \
      scikit-image's regionprops calls them; that of images has counts, confluence and means. \
      Where the size of a pixel is known, or given, columns in micrometres follow (_um, _um2). \
      --report adds a histogram of areas and a plot of circularity over area, as SVG and PNG. \
      A label image's numbers are kept; in a mask of two values each piece is a cell.
      """)

  @Argument(help: "Folder of images, or of a project.", completion: .directory)
  var path: String

  @OptionGroup var masks: MaskOptions

  @Option(
    name: .shortAndLong, help: ArgumentHelp("CSV with a row a cell.", valueName: "csv"),
    completion: .file(extensions: ["csv"]))
  var output: String?

  @Option(
    help: ArgumentHelp("CSV with a row an image, too.", valueName: "csv"),
    completion: .file(extensions: ["csv"]))
  var images: String?

  @Option(
    help: ArgumentHelp(
      "Folder for both tables, a histogram and a scatter plot.", valueName: "folder"),
    completion: .directory)
  var report: String?

  @Option(
    help: ArgumentHelp(
      "Micrometres a pixel, for all images, before what their files say.",
      valueName: "micrometres"))
  var pixelSize: Double?

  @OptionGroup var project: ProjectOptions

  @Flag(help: "One JSON object a line on standard output: image, cells, confluence, pixelSize.")
  var json = false

  func validate() throws {
    if output == nil, report == nil {
      throw ValidationError("give --output for the table of cells, --report for all, or both")
    }
    if let pixelSize {
      try check("pixel-size", pixelSize, in: 1e-6..<1e6, "micrometres above 0")
    }
  }

  func run() throws {
    let folder = try project.folder(path)
    let targets = [output, images].compactMap { $0.map { URL(filePath: $0) } }
    try folder.originals.spare(from: targets, place: "--output")
    let results = report.map { URL(filePath: $0, directoryHint: .isDirectory) }
    if let results {
      try folder.originals.spare(from: MeasureReport.files(in: results), place: "--report")
    }
    let truth = try masks.find(for: folder)
    let job = try MeasuringJob(
      folder, masks: truth,
      pixelSize: pixelSize.flatMap { ImageContents.PixelSize(x: $0, y: $0) })
    StandardStream.error.notes(job.notes)
    var told = CommandReport(total: job.images.count, isJSON: json)
    var measures = MeasureReport(of: job)
    try job.run { measured in
      measures.add(measured)
      try told.done(MeasuringJob.Measured(measured), note: measured.name)
    } failed: {
      told.failed($0)
    }
    if let output { try AtomicWrite.write(measures.cellTable, to: URL(filePath: output)) }
    if let images { try AtomicWrite.write(measures.imageTable, to: URL(filePath: images)) }
    if let results { try measures.write(into: results) }
    let places = [output, report].compactMap(\.self).joined(separator: " and ")
    try told.finish("\(measures.title) in \(places)")
    try folder.checkWhole(with: truth)
  }
}
