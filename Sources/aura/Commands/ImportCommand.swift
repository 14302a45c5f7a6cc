public import ArgumentParser
import Console
import Foundation
import Imaging
public import Project

/// `aura import`: data sets that others made, as folders that aura opens.
struct ImportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: "Bring data sets of others into a folder that aura opens and trains on.",
    discussion: """
      Examples:
        aura import bu-bil BU-BIL_Dataset2/ rabbit/
        aura import masks images/ cells/ --masks truth/
        aura import ctc PhC-C2DH-U373/ glioblastoma/ --truth gold
        aura import coco instances.json images/ cells/

      The new folder holds grey PNG images (TIFF for floating point), masks/ with 255 for cell, and \
      manifest.csv, which tells where each came from and what belongs together:
        aura split cells/ --test 0.3 --groups cells/manifest.csv -o split.csv
        aura train cells/ --split split.csv

      Either all of a data set is written or, where a file cannot be used, nothing; --skip leaves \
      images out.
      """,
    subcommands: [
      ImportBUBILCommand.self, ImportMasksCommand.self, ImportTrackingCommand.self,
      ImportCOCOCommand.self,
    ])
}

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

  @OptionGroup var masks: MaskValuesOptions
  @OptionGroup var links: LinkOptions
  @OptionGroup var channel: ChannelOption
  @OptionGroup var options: ImportOptions

  func run() throws {
    let set = try ImportSet.buBIL(
      URL(filePath: path, directoryHint: .isDirectory), isCropped: crop, keepsCrowded: crowded,
      values: masks.values, links: links.choice, channel: channel.choice)
    try options.write(set, to: output)
  }
}

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
  @OptionGroup var links: LinkOptions
  @OptionGroup var channel: ChannelOption
  @OptionGroup var options: ImportOptions

  func run() throws {
    let set = try ImportSet.masks(
      of: URL(filePath: path, directoryHint: .isDirectory),
      in: masks.masks.map { URL(filePath: $0, directoryHint: .isDirectory) },
      values: masks.numbers.values, links: links.choice, channel: channel.choice)
    try options.write(set, to: output)
  }
}

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

  @OptionGroup var channel: ChannelOption
  @OptionGroup var options: ImportOptions

  func run() throws {
    let set = try ImportSet.coco(
      URL(filePath: annotations), images: URL(filePath: images, directoryHint: .isDirectory),
      categories: category, keepsEmpty: empty, channel: channel.choice)
    try options.write(set, to: output)
  }
}

/// What is left out of an imported data set, and how its import is reported.
struct ImportOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Leave out images by name, without extension; may be given again.",
      valueName: "name,..."))
  var skip: [String] = []

  @Flag(help: "What was imported as one JSON object on standard output.")
  var json = false

  /// Writes a data set into a new folder and tells of it.
  ///
  /// - Throws: `ProjectError`, `ImagingError` where a file cannot be used; then nothing is written.
  func write(_ found: ImportSet, to output: String) throws {
    var set = found
    try set.skip(skip.flatMap { $0.split(separator: ",").map(String.init) })
    let folder = URL(filePath: output, directoryHint: .isDirectory)
    StandardStream.error.notes(set.notes)
    var line = ProgressLine.standardError()
    let total = set.items.count
    defer { line.clear() }
    let records = try Importer.write(set, to: folder) { done, name in
      line.show(done: Double(done), of: Double(total), note: "\(done)/\(total) \(name)")
    }
    line.clear()
    try StandardStream.output.tell(
      ["folder": folder.path, "images": records, "notes": set.notes] as JSONObject, asJSON: json,
      "\(records.count) images with masks in \(folder.path)")
  }
}
