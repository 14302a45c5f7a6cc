public import ArgumentParser
import Foundation
public import Imaging
import Project

/// `aura simulate`: phase-contrast images with exact masks.
struct SimulateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "simulate",
    abstract: "Make simulated phase-contrast images with exact masks.",
    discussion: """
      Examples:
        aura simulate practice/ --count 16 --seed 1
        aura simulate practice/ --count 100 --size 384 --labelled 20 --format tiff16

      Files that are there already are not replaced.
      """)

  @Argument(help: "Folder for the images; masks go into a folder `masks` in it.")
  var output: String

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
      count: count, size: size, seed: seed, labelled: labelled ?? count, format: format)
    try Originals.refuseExisting(targets(of: set))
    let folder = try Output.folder(output)
    let clock = SystemClock()
    var line = ProgressLine.standardError(clock)
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
      line.show(
        done: Double(index + 1), of: Double(count), note: picture.path, now: clock.monotonic)
    }
    line.clear()
    StandardStream.output.line(
      json
        ? try JSONText.pretty(report)
        : "\(count) images and \(report.masks.count) masks in \(folder.path)")
  }

  /// All files that the set is written to.
  private func targets(of set: SampleSet) -> [URL] {
    let folder = URL(filePath: output, directoryHint: .isDirectory)
    return (0..<count).flatMap { index in
      [set.path(at: index)] + (index < set.labelled ? [set.maskPath(at: index)] : [])
    }.map { folder.appending(path: $0, directoryHint: .notDirectory) }
  }

  private struct Report: Encodable {
    var folder: String
    var images: [String] = []
    var masks: [String] = []
  }
}

extension SampleSet.Format: ExpressibleByArgument {}
