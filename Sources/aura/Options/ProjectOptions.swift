import ArgumentParser
import Foundation

/// Where the project of a folder of images is kept.
struct ProjectOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The project's folder, where it is not PATH/.aura.", valueName: "folder"),
    completion: .directory)
  var project: String?

  /// The folder as told.
  var url: URL? { project.map { URL(filePath: $0, directoryHint: .isDirectory) } }
}
