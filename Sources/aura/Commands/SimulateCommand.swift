public import ArgumentParser
import Console
import Files
import Foundation
public import Imaging
import Project
import Recipes
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
        aura simulate --sheet sheet.png --count 48 --size 128

      `broad` pictures are what the weights that come with Aura were learnt from: cells of many kinds \
      and sizes, clean and dirty, in several kinds of contrast. `plain` ones are well-kept cultures \
      in positive phase contrast, as in Samples.

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

  @Option(help: ArgumentHelp("How much the pictures differ.", valueName: "plain|broad"))
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

  @Flag(help: "What was written as one JSON object on standard output.")
  var json = false

  func validate() throws {
    guard (output == nil) != (sheet == nil) else {
      throw ValidationError("give a folder for the images, or --sheet FILE for a contact sheet")
    }
    if sheet != nil, count * size * size > 64 << 20 {
      throw ValidationError("--count \(count): too many pictures of this size for one sheet")
    }
    guard (1...100_000).contains(count) else {
      throw ValidationError("--count \(count): 1 to 100000, please")
    }
    guard (64...2048).contains(size) else {
      throw ValidationError("--size \(size): 64 to 2048 pixels, please")
    }
    if let labelled, labelled < 0 {
      throw ValidationError("--labelled \(labelled): 0 or more, please")
    }
  }

  func run() throws {
    let set = SampleSet(
      count: count, size: size, seed: seed, labelled: labelled ?? count, format: format,
      settings: variety.settings)
    if let sheet { return try draw(set, on: sheet) }
    guard let output else { return }
    try Originals.refuseExisting(targets(of: set, in: output), place: "folder")
    let folder = try Output.folder(output)
    var line = ProgressLine.standardError()
    var report = Report(folder: folder.path)
    for index in 0..<count {
      let picture = set.picture(at: index)
      let image = folder.appending(path: picture.path)
      try AtomicWrite.write(picture.image, to: image, isDurable: false)
      report.images.append(picture.path)
      if let mask = picture.mask {
        try AtomicWrite.write(mask, to: folder.appending(path: picture.maskPath), isDurable: false)
        report.masks.append(picture.maskPath)
      }
      line.show(done: Double(index + 1), of: Double(count), note: picture.path)
    }
    line.clear()
    try StandardStream.output.tell(
      report, asJSON: json,
      "\(count) images and \(report.masks.count) masks in \(folder.path)")
  }

  /// Draws the pictures of a set beside each other, about as wide as high.
  private func draw(_ set: SampleSet, on path: String) throws {
    let file = URL(filePath: path)
    try Originals.refuseExisting([file], place: "--sheet")
    var sheet = ContactSheet(
      size: size, columns: max(1, Int((Double(count) / 2).squareRoot().rounded())))
    for index in 0..<count {
      let (image, mask) = set.pixels(at: index)
      sheet.add(image, mask)
    }
    try AtomicWrite.write(sheet.png, to: file, isDurable: false)
    try StandardStream.output.tell(
      ["sheet": file.path], asJSON: json, "\(count) pictures on \(file.path)")
  }

  /// All files that the set is written to.
  private func targets(of set: SampleSet, in output: String) -> [URL] {
    let folder = URL(filePath: output, directoryHint: .isDirectory)
    return (0..<count).flatMap { index in
      [set.path(at: index)] + (index < set.labelled ? [set.maskPath(at: index)] : [])
    }.map { folder.appending(path: $0, directoryHint: .notDirectory) }
  }

  /// How much the pictures of a set differ from each other.
  enum Variety: String, CaseIterable, ExpressibleByArgument {
    case plain
    case broad

    var settings: SimulationSettings {
      switch self {
      case .plain: .plain
      case .broad: SimulationSettings()
      }
    }
  }

  private struct Report: Encodable {
    var folder: String
    var images: [String] = []
    var masks: [String] = []
  }
}

extension SampleSet.Format: ExpressibleByArgument {}
