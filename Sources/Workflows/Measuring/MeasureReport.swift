import Basics
import Comparison
import Files
public import Foundation
public import Imaging
public import Objects
public import Project
public import Recipes

/// What was measured of some images as files: a table of cells, one of images, a histogram and a scatter plot.
public struct MeasureReport {
  /// The images so far.
  public private(set) var images: [MeasuredImage] = []
  /// The table with a row a cell, as far as it goes.
  public private(set) var cellTable: String
  /// The table with a row an image, as far as it goes.
  public private(set) var imageTable: String
  private let table: MeasureTable

  /// The measures whose values the figures show, the second over the first.
  private static let shown = ("area", "circularity")
  private static let (cells, summary) = ("cells.csv", "images.csv")
  private static let (histogram, scatter) = ("\(shown.0)", "\(shown.0)-\(shown.1)")

  /// A report of images whose pixels are of these sizes, as far as they are known.
  public init(pixelSizes: [ImageContents.PixelSize?]) {
    table = MeasureTable(pixelSizes: pixelSizes)
    (cellTable, imageTable) = (table.cellHeading, table.imageHeading)
  }

  /// A report of what a job measures.
  public init(of job: MeasuringJob) { self.init(pixelSizes: job.pixelSizes) }

  /// How many cells there are so far.
  var cellCount: Int { images.reduce(0) { $0 + $1.cells.count } }

  /// Takes an image in.
  public mutating func add(_ image: MeasuredImage) {
    images.append(image)
    cellTable += table.cellLines(of: image)
    imageTable += table.imageLine(of: image)
  }

  /// The files that ``write(into:)`` leaves in a folder.
  public static func files(in folder: URL) -> [URL] {
    let figures = [histogram, scatter].flatMap { ["\($0).svg", "\($0).png"] }
    return ([cells, summary] + figures).map {
      folder.appending(path: $0, directoryHint: .notDirectory)
    }
  }

  /// Writes tables and figures into a folder, which is made where it is not there.
  public func write(into folder: URL) throws {
    let figures = [histogram, scatter].flatMap { [Data($0.svg.utf8), $0.png] }
    let contents = [cellTable, imageTable].map { Data($0.utf8) } + figures
    for (file, data) in zip(Self.files(in: folder), contents) {
      try AtomicWrite.write(data, to: file, isDurable: false)
    }
  }

  /// Writes the table of cells of one image into a folder, called as the image with `-cells.csv` for its extension.
  public func writeCells(of key: ImageKey, among store: ProjectStore, into folder: URL) throws {
    guard let file = Output.files(of: store.keys, in: folder.path, ending: "-cells.csv")[key] else {
      return
    }
    try AtomicWrite.write(cellTable, to: file, isDurable: false)
  }

  /// `64 cells of 1 image`.
  public var title: String {
    NumberText.count(cellCount, "cell") + " of " + NumberText.count(images.count, "image")
  }

  private var histogram: PlotFigure {
    let spread = Measure.named(Self.shown.0).map {
      Distribution(images, $0, inMicrometres: images.haveMicrometres)
    }
    let bars = spread?.histogram.map {
      PlotFigure.Marks.bars(
        start: $0.start, width: $0.width, heights: $0.counts.map(Double.init))
    }
    return PlotFigure(title: title, x: spread?.title ?? "", y: "Cells", bars ?? .dots([]))
  }

  private var scatter: PlotFigure {
    guard let x = Measure.named(Self.shown.0), let y = Measure.named(Self.shown.1) else {
      return PlotFigure(title: title, x: "", y: "", .dots([]))
    }
    let scatter = Scatter(images, x: x, y: y, inMicrometres: images.haveMicrometres)
    return PlotFigure(
      title: title, x: scatter.xTitle, y: scatter.yTitle,
      .dots(scatter.points.map { ($0.x, $0.y) }))
  }
}
