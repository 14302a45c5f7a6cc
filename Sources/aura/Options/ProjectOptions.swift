import ArgumentParser
import Console
import Foundation
import Project
import Workflows

/// Where the project of a folder of images is kept.
struct ProjectOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The project's folder, where it is not PATH/.aura.", valueName: "folder"),
    completion: .directory)
  var project: String?

  @OptionGroup var links: LinkOptions
  @OptionGroup var channel: ChannelOption

  /// The folder as told.
  var url: URL? { project.map { URL(filePath: $0, directoryHint: .isDirectory) } }

  /// Looks through a path with its project, and says on standard error what in it is not opened.
  func folder(_ path: String) throws -> ImageFolder {
    let folder = try ImageFolder(
      path, project: url, links: links.choice, channel: channel.choice)
    StandardStream.error.notes(folder.notices)
    return folder
  }
}

/// Whether links that lead out of a folder are followed.
struct LinkOptions: ParsableArguments {
  @Flag(
    inversion: .prefixedNo,
    help: """
      Follow links that lead out of a folder of images or masks (default: as the project was opened \
      with, else not). Links within it name nothing twice.
      """)
  var followLinks: Bool?

  /// What was chosen.
  var choice: LinkChoice { LinkChoice(followLinks, by: "--follow-links") }
}
