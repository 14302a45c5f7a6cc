import ArgumentParser
import Console
import Files
import Foundation
import Imaging
import Project
import Recipes
import Workflows

/// `aura export`: what a project holds, for other programs.
struct ExportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Copy a project's masks, or its newest model, to where other programs find them.",
    discussion: """
      Examples:
        aura export my-cells/ -o masks/       the accepted masks, 8-bit PNG 0/255
        aura export my-cells/ --model cells.safetensors    the newest weights
      """)

  @Argument(help: "Folder of images whose project is exported.", completion: .directory)
  var path = "."

  @OptionGroup var project: ProjectOptions

  @Option(name: .shortAndLong, help: ArgumentHelp("Folder for the masks.", valueName: "folder"))
  var output: String?

  @Option(help: ArgumentHelp("File for the newest weights.", valueName: "file"))
  var model: String?

  @Flag(help: "What was written as one JSON object on standard output.")
  var json = false

  func validate() throws {
    if output == nil, model == nil {
      throw ValidationError("give --output for the masks, --model for the weights, or both")
    }
  }

  func run() throws {
    let store = try ProjectStore.open(
      images: URL(filePath: path, directoryHint: .isDirectory), project: project.url,
      access: .readOnly)
    let originals = Originals(store)
    if let model { try originals.spare(from: [URL(filePath: model)], place: "--model") }
    var report = Report(folder: store.folder.path)
    if let output { report.masks = try exportMasks(of: store, sparing: originals, to: output) }
    if let model { report.model = try exportModel(of: store, to: URL(filePath: model)) }
    let lines = [
      output.map { "\(report.masks.count) masks in \($0)" },
      report.model.map { "weights in \($0)" },
    ]
    try StandardStream.output.tell(
      report, asJSON: json, lines.compactMap(\.self).joined(separator: "\n"))
  }

  private func exportMasks(
    of store: ProjectStore, sparing originals: Originals, to folder: String
  ) throws -> [String] {
    let keys = store.labelledKeys
    guard !keys.isEmpty else {
      throw Failure(
        .missingInput, "no mask is accepted in '\(store.folder.path)'; open it with: aura \(path)")
    }
    let files = Output.maskFiles(of: store.keys, in: folder)
    try originals.spare(from: keys.compactMap { files[$0] }, place: "--output")
    _ = try Output.folder(folder)
    var line = ProgressLine.standardError()
    defer { line.clear() }
    return try keys.enumerated().compactMap { index, key in
      guard let file = files[key], let mask = try store.acceptedMask(of: key) else { return nil }
      try Output.write(mask, to: file)
      line.show(done: Double(index + 1), of: Double(keys.count), note: key.text)
      return file.path
    }
  }

  private func exportModel(of store: ProjectStore, to file: URL) throws -> String {
    guard let run = store.newestRunWithWeights else {
      throw Failure(
        .missingInput,
        "no network is trained in '\(store.folder.path)'; press g in the workbench, or: aura train")
    }
    try AtomicWrite.write(try Data(contentsOf: run.weightsFile), to: file)
    return file.path
  }

  private struct Report: Encodable {
    var folder: String
    var masks: [String] = []
    var model: String?
  }
}
