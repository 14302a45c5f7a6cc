import ArgumentParser
import Console
import Foundation
import Project
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
      links: project.links.choice, channel: project.channel.choice, access: .readOnly)
    StandardStream.error.notes(store.report.notices)
    let file = model.map { URL(filePath: $0) }
    if let file { try Originals(store).spare(from: [file], place: "--model") }
    var masks: [String] = []
    var leftOut: String?
    var lines: [String] = []
    if let output {
      var line = ProgressLine.standardError()
      defer { line.clear() }
      let copied = try store.copyMasks(of: path, to: output, place: "--output") {
        line.show(done: Double($0), of: Double($1), note: $2)
      }
      masks = copied.files.map(\.path)
      leftOut = copied.leftOut
      lines.append("\(masks.count) masks in \(output)")
    }
    if let file {
      try store.copyWeights(to: file)
      lines.append("weights in \(file.path)")
    }
    let told: JSONObject = ["folder": store.folder.path, "masks": masks, "model": file?.path]
    try StandardStream.output.tell(told, asJSON: json, lines.joined(separator: "\n"))
    if let leftOut { throw Failure(.badInput, leftOut) }
    if output != nil { try store.checkWhole() }
  }
}
