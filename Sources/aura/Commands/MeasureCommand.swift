import ArgumentParser
import Console
import Files
import Foundation
import Imaging
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

      The table of cells has a row a cell: area, perimeter, centroid, axes, eccentricity, orientation, \
      solidity, circularity, Feret diameters, brightness, neighbours and more, called as \
      scikit-image's regionprops calls them; that of images has counts, confluence and means. \
      Where the size of a pixel is known, or given, columns in micrometres follow (_um, _um2). \
      A label image's numbers are kept; in a mask of two values each piece is a cell.
      """)

  @Argument(help: "Folder of images, or of a project.", completion: .directory)
  var path: String

  @OptionGroup var masks: MaskOptions

  @Option(
    name: .shortAndLong, help: ArgumentHelp("CSV with a row a cell.", valueName: "csv"),
    completion: .file(extensions: ["csv"]))
  var output: String

  @Option(
    help: ArgumentHelp("CSV with a row an image, too.", valueName: "csv"),
    completion: .file(extensions: ["csv"]))
  var images: String?

  @Option(
    help: ArgumentHelp(
      "Micrometres a pixel, for all images, before what their files say.",
      valueName: "micrometres"))
  var pixelSize: Double?

  @OptionGroup var project: ProjectOptions

  @Flag(help: "One JSON object a line on standard output: image, cells, confluence, pixelSize.")
  var json = false

  func validate() throws {
    if let pixelSize {
      try check("pixel-size", pixelSize, in: 1e-6..<1e6, "micrometres above 0")
    }
  }

  func run() throws {
    let folder = try project.folder(path)
    let targets = [output, images].compactMap { $0.map { URL(filePath: $0) } }
    try folder.originals.spare(from: targets, place: "--output")
    let truth = try masks.find(for: folder)
    let job = try MeasuringJob(
      folder, masks: truth,
      pixelSize: pixelSize.flatMap { ImageContents.PixelSize(x: $0, y: $0) })
    StandardStream.error.notes(job.notes)
    var report = CommandReport(total: job.images.count, isJSON: json)
    var (cells, summary, count) = ("", "", 0)
    try job.run {
      cells += $0
    } summary: {
      summary += $0
    } done: { measured in
      count += measured.cells
      try report.done(measured, note: measured.image)
    } failed: {
      report.failed($0)
    }
    try AtomicWrite.write(cells, to: URL(filePath: output))
    if let images { try AtomicWrite.write(summary, to: URL(filePath: images)) }
    try report.finish(
      "\(count) cells of \(job.images.count - report.failures) images in \(output)")
    try folder.checkWhole(with: truth)
  }
}
