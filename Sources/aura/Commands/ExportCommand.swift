public import ArgumentParser
import Basics
import Console
import Foundation
public import Objects
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
        aura export my-cells/ -o cells/ --format labels-tiff     a number a cell
        aura export my-cells/ -o rois/ --format imagej-roi --which all
        aura export my-cells/ --model cells.safetensors    the newest weights

      Formats of cells, with the same numbers in all:
      \(CellFormat.all.map { "  \($0.name): \($0.summary)" }.joined(separator: "\n"))

      manifest.csv beside them says of each image whether its cells were accepted or only proposed.
      """)

  @Argument(help: "Folder of images whose project is exported.", completion: .directory)
  var path = "."

  @OptionGroup var project: ProjectOptions

  @Option(name: .shortAndLong, help: ArgumentHelp("Folder for the masks.", valueName: "folder"))
  var output: String?

  @Option(
    help: ArgumentHelp(
      "What is written into --output: masks, or cells in a format of other programs.",
      valueName: (["masks"] + CellFormat.all.map(\.name)).joined(separator: "|")),
    completion: .list(["masks"] + CellFormat.all.map(\.name)))
  var format = "masks"

  @Option(
    help: ArgumentHelp(
      "Of which images cells are written.",
      valueName: CellSelection.allCases.map(\.rawValue).joined(separator: "|")))
  var which = CellSelection.accepted

  @Option(help: ArgumentHelp("File for the newest weights.", valueName: "file"))
  var model: String?

  @Flag(help: "What was written as one JSON object on standard output.")
  var json = false

  func validate() throws {
    if output == nil, model == nil {
      throw ValidationError("give --output for the masks, --model for the weights, or both")
    }
    guard format == "masks" || CellFormat.named(format) != nil else {
      throw ValidationError(
        "--format \(format): it is masks, \(CellFormat.all.map(\.name).joined(separator: ", "))")
    }
    guard format != "masks" || which == .accepted else {
      throw ValidationError("--which \(which.rawValue) needs a --format of cells")
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
      if let cells = CellFormat.named(format) {
        let written = try CellExport(
          of: store, as: cells, which, images: path, into: output, place: "--output"
        ).run { line.show(done: Double($0), of: Double($1), note: $2) }
        masks = written.files.map(\.path)
        leftOut = written.leftOut
        lines.append(
          NumberText.count(written.cells, "cell") + " of "
            + NumberText.count(written.images, "image") + " in \(output)")
      } else {
        let copied = try store.copyMasks(of: path, to: output, place: "--output") {
          line.show(done: Double($0), of: Double($1), note: $2)
        }
        masks = copied.files.map(\.path)
        leftOut = copied.leftOut
        lines.append("\(NumberText.count(masks.count, "mask")) in \(output)")
      }
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

extension CellSelection: ExpressibleByArgument {}
