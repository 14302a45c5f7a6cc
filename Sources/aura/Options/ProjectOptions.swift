import ArgumentParser
import Console
import Foundation
import Workflows

/// Where the project of a folder of images is kept.
struct ProjectOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The project's folder, where it is not PATH/.aura.", valueName: "folder"),
    completion: .directory)
  var project: String?

  /// The folder as told.
  var url: URL? { project.map { URL(filePath: $0, directoryHint: .isDirectory) } }

  /// Looks through a path with its project, and says on standard error what in it is not opened.
  func folder(_ path: String) throws -> ImageFolder {
    let folder = try ImageFolder(path, project: url)
    StandardStream.error.notes(folder.notices)
    return folder
  }
}
