import ArgumentParser
import Basics
import Console
import Project
import Recipes
import Workflows

/// `aura info`: what the program found on this machine.
struct InfoCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "info",
    abstract: "Say what aura found: on this machine, or in a folder of images.",
    discussion: """
      Examples:
        aura info          put this into a bug report
        aura info --json
        aura info my-cells/      its images with what is decided of each

      Of this machine: version, BLAS, SIMD, threads, memory, terminal and colours. Of a folder a line an \
      image: new, proposed, accepted or rejected, and its key.
      """)

  @Argument(help: "Folder of images, or of a project.", completion: .directory)
  var path: String?

  @OptionGroup var project: ProjectOptions

  @Flag(help: "As one JSON object.")
  var json = false

  func run() throws {
    if let path { return try list(path) }
    let report = MachineReport(version: Aura.version)
    try StandardStream.output.tell(report, asJSON: json, report.table)
  }

  private func list(_ path: String) throws {
    let folder = try project.folder(path)
    let images = folder.images.map { image in
      (image.key.text, folder.store?.entry(of: image.key).state ?? .new)
    }
    if json {
      for (image, state) in images {
        try StandardStream.output.json(["image": image, "state": state] as JSONObject)
      }
    } else {
      try StandardStream.output.write(TextColumns.text(images.map { [$1.rawValue, $0] }))
    }
    try folder.checkWhole()
  }
}
