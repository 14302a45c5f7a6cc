import ArgumentParser
import Console
import Foundation
import Project

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
