import ArgumentParser
import Basics
import Console
import Foundation
import Project
import Workflows

/// `aura runs`: what the runs of a project take on disk, and the way to clear it.
struct RunsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "runs",
    abstract: "List a project's runs with what they take on disk, and remove what is not needed.",
    discussion: """
      Examples:
        aura runs my-cells/
        aura runs my-cells/ --clear-checkpoints    weights, histories and scores stay
        aura runs my-cells/ --remove ft-02

      A checkpoint is what a stopped run goes on from: by c on the workbench's train screen, or by \
      aura train --resume. Nothing else needs it, and it goes when its run finishes, or a newer one has a \
      checkpoint or is over. A run that is going on keeps its own.
      """)

  @Argument(help: "Folder of images whose project's runs are meant.", completion: .directory)
  var path = "."

  @OptionGroup var project: ProjectOptions

  @Flag(help: "Remove the checkpoints of all runs that are not going on.")
  var clearCheckpoints = false

  @Option(help: ArgumentHelp("Remove a run with all its files.", valueName: "run"))
  var remove: String?

  @Flag(help: "Remove it also where it is the newest with weights.")
  var force = false

  @Flag(help: "The runs, and what was freed, as one JSON object on standard output.")
  var json = false

  func validate() throws {
    if force, remove == nil { throw ValidationError("--force is for --remove RUN") }
  }

  func run() throws {
    var store = try open(.readOnly)
    let changes = clearCheckpoints || remove != nil
    // A folder without a run is left as it is.
    if changes, !store.runs.isEmpty { store = try open(.readWrite) }
    defer { store.close() }
    var (freed, lines) = (0, [String]())
    if clearCheckpoints {
      let cleared = try store.clearCheckpoints()
      freed += cleared.bytes
      lines.append(cleared.text ?? "no checkpoint to remove")
    }
    if let remove {
      let bytes = try store.removeRun(remove, evenNewest: force)
      freed += bytes
      lines.append("\(remove) removed, \(NumberText.bytes(Double(bytes))) freed")
    }
    let table = RunTable(store)
    let told: JSONObject = ["project": store.folder.path, "onDisk": table, "freed": freed]
    try StandardStream.output.tell(
      told, asJSON: json, changes ? (lines + [table.total]).joined(separator: "\n") : table.text)
  }

  private func open(_ access: ProjectStore.Access) throws -> ProjectStore {
    try ProjectStore.open(
      images: URL(filePath: path, directoryHint: .isDirectory), project: project.url,
      access: access)
  }
}
