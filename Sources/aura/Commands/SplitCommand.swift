import ArgumentParser
import Console
import Files
import Foundation
import Imaging
import Project
import Recipes
import Workflows

/// `aura split`: which images are trained on and which are tested on.
struct SplitCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "split",
    abstract: "Draw which images to train, validate and test on, as CSV that train reads.",
    discussion: """
      Examples:
        aura split cells/ --test 0.3 --seed 1 -o split.csv
        aura split movies/ --test 0.3 --groups '^(.*)_t[0-9]+' -o split.csv
        aura split cells/ --folds 5 --groups cells/manifest.csv -o folds/
        aura train cells/ --split split.csv

      Only images that have masks are drawn. Groups are a CSV of image,group or a regular expression: \
      images in whose names its parentheses find the same text stay together, such as neighbours of a \
      time-lapse. With --folds the folder receives fold-1.csv and so on, each testing on other images.
      """)

  @Argument(help: "Folder of PNG and TIFF images, or of a project.", completion: .directory)
  var path: String

  @Option(help: ArgumentHelp("Share of the images to test on.", valueName: "share"))
  var test: Double?

  @Option(help: ArgumentHelp("Test on each image in one of so many splits.", valueName: "count"))
  var folds: Int?

  @Option(
    help: ArgumentHelp(
      "Share of the others to validate on (default: train draws 0.2).", valueName: "share"))
  var validation = 0.0

  @Option(
    help: ArgumentHelp("What stays together.", valueName: "pattern|csv"))
  var groups: String?

  @Option(help: "Starts every random choice.")
  var seed: UInt64 = 0

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("File to write, or folder of the folds.", valueName: "path"))
  var output: String

  @OptionGroup var masks: MaskOptions
  @OptionGroup var project: ProjectOptions

  @Flag(help: "What was drawn as one JSON object on standard output.")
  var json = false

  func validate() throws {
    guard (test == nil) != (folds == nil) else {
      throw ValidationError("give --test SHARE or --folds COUNT")
    }
    if let test, !(test > 0 && test < 1) {
      throw ValidationError("--test \(test): above 0 and below 1, please")
    }
    if let folds, !(2...1000).contains(folds) {
      throw ValidationError("--folds \(folds): 2 to 1000, please")
    }
    guard validation >= 0, validation < 1 else {
      throw ValidationError("--validation \(validation): 0 to below 1, please")
    }
  }

  func run() throws {
    let folder = try project.folder(path)
    let truth = try masks.find(for: folder)
    let keys = folder.images.map(\.key).filter(truth.has)
    guard !keys.isEmpty else {
      throw Failure(.missingInput, "no image of '\(path)' has a mask; give --masks FOLDER")
    }
    let together = try groups.map { text throws(ProjectError) in try ImageGroups(text, of: keys) }
    // A table may name images that have no mask, too.
    let there = Set(folder.images.flatMap { [$0.key.text, $0.file.lastPathComponent] })
    let unknown = (together?.unknown ?? []).filter { !there.contains($0) }
    if let first = unknown.first {
      StandardStream.error.line(
        "aura: \(unknown.count) images of the groups are not there, such as \(first)")
    }
    let splits = try draw(keys, together ?? .none)
    let files = names(splits.count)
    try Originals.refuseExisting(files, place: "--output")
    for (split, file) in zip(splits, files) { try AtomicWrite.write(split.csv, to: file) }
    try tell(splits, files, keys)
  }

  private func draw(
    _ keys: [ImageKey], _ groups: ImageGroups
  ) throws(ProjectError) -> [Split] {
    if let folds {
      return try Split.folds(folds, validating: validation, of: keys, groups: groups, seed: seed)
    }
    return [
      try Split(
        testing: test ?? 0, validating: validation, of: keys, groups: groups, seed: seed)
    ]
  }

  private func names(_ count: Int) -> [URL] {
    guard folds != nil else { return [URL(filePath: output)] }
    let folder = URL(filePath: output, directoryHint: .isDirectory)
    return (1...count).map { folder.appending(path: "fold-\($0).csv") }
  }

  private func tell(_ splits: [Split], _ files: [URL], _ keys: [ImageKey]) throws {
    let lines = zip(splits, files).map { split, file in
      func count(_ part: Split.Part) -> Int { split.images(part, of: keys).count }
      return Line(
        file: file.path, train: count(.train), validation: count(.validation),
        test: count(.test))
    }
    try StandardStream.output.tell(
      lines, asJSON: json,
      lines.map {
        "\($0.train) to train, \($0.validation) to validate, \($0.test) to test on: \($0.file)\n"
      }.joined())
  }

  private struct Line: Encodable {
    var file: String
    var train: Int
    var validation: Int
    var test: Int
  }
}
