public import ArgumentParser
import Console
import Foundation
public import Imaging
import Workflows

/// `aura simulate`: phase-contrast images with exact masks.
struct SimulateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "simulate",
    abstract: "Make simulated phase-contrast images with exact masks.",
    discussion: """
      Examples:
        aura simulate practice/ --count 16 --seed 1
        aura simulate practice/ --count 100 --size 384 --labelled 20 --format tiff16
        aura simulate crowds/ --count 30 --variety crowded --labels
        aura simulate --sheet sheet.png --count 48 --size 128

      `broad` pictures are what the weights that come with Aura were learnt from: cells of many kinds \
      and sizes, clean and dirty, in several kinds of contrast. `crowded` ones are the same, but three \
      in ten show crowds of cells that touch. `plain` ones are well-kept cultures in positive phase \
      contrast, as in Samples.

      Masks are 255 inside cells and 0 elsewhere; with --labels they are label images, PNG of 16 \
      bits with a number for each cell, which the simulator knows to the pixel.

      Files that are there already are not replaced.
      """)

  @Argument(
    help: "Folder for the images; masks go into a folder `masks` in it.", completion: .directory)
  var output: String?

  @Option(
    help: ArgumentHelp(
      "Draw a contact sheet instead: each picture beside itself with its mask's edge.",
      valueName: "png"),
    completion: .file(extensions: ["png"]))
  var sheet: String?

  @Option(help: ArgumentHelp("How much the pictures differ.", valueName: "plain|broad|crowded"))
  var variety = Variety.broad

  @Option(help: "How many images.")
  var count = 16

  @Option(help: ArgumentHelp("Side of an image.", valueName: "pixels"))
  var size = 256

  @Option(help: "Starts every random choice.")
  var seed: UInt64 = 0

  @Option(
    help: ArgumentHelp("Give only the first ones their masks (default: all).", valueName: "images"))
  var labelled: Int?

  @Option(help: ArgumentHelp("Kind of files.", valueName: "kind"))
  var format = SampleSet.Format.mixed

  @Flag(help: "Masks that number the cells: label images of 16 bits.")
  var labels = false

  @Flag(help: "What was written as one JSON object on standard output.")
  var json = false

  func validate() throws {
    guard (output == nil) != (sheet == nil) else {
      throw ValidationError("give a folder for the images, or --sheet FILE for a contact sheet")
    }
    guard sheet == nil || !labels else {
      throw ValidationError("a contact sheet has no masks of its own; leave out --labels")
    }
    if sheet != nil, count * size * size > 64 << 20 {
      throw ValidationError("--count \(count): too many pictures of this size for one sheet")
    }
    try check("count", count, in: 1...100_000, "1 to 100000")
    try check("size", size, in: 64...2048, "64 to 2048 pixels")
    try check("labelled", labelled, in: 0..., "0 or more")
  }

  func run() throws {
    var set = SampleSet(
      count: count, size: size, seed: seed, labelled: labelled ?? count, format: format,
      settings: variety.settings)
    set.tellsCellsApart = labels
    if let sheet {
      let file = URL(filePath: sheet)
      try set.draw(on: file, place: "--sheet")
      return try StandardStream.output.tell(
        ["sheet": file.path], asJSON: json, "\(count) pictures on \(file.path)")
    }
    guard let output else { return }
    var line = ProgressLine.standardError()
    let written = try set.write(to: output, place: "folder") { [count] done, name in
      line.show(done: Double(done), of: Double(count), note: name)
    }
    line.clear()
    let told: JSONObject = [
      "folder": written.folder, "images": written.images, "masks": written.masks,
    ]
    try StandardStream.output.tell(
      told, asJSON: json,
      "\(count) images and \(written.masks.count) masks in \(written.folder)")
  }

  /// How much the pictures of a set differ from each other.
  enum Variety: String, CaseIterable, ExpressibleByArgument {
    case plain
    case broad
    case crowded

    var settings: SimulationSettings {
      switch self {
      case .plain: .plain
      case .broad: SimulationSettings()
      case .crowded: .crowded
      }
    }
  }
}

extension SampleSet.Format: ExpressibleByArgument {}
