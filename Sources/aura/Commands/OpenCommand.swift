import ArgumentParser

/// `aura [PATH]`: the workbench.
struct OpenCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "open",
    abstract: "Open a folder of images in the workbench (the default command).",
    discussion: """
      Examples:
        aura my-cells/                   the project is kept in my-cells/.aura/
        aura my-cells/ --project work/   ... or in a folder of its own
        aura . --theme light --color 256
        aura ./train                     a folder named like a command

      In the workbench: ? shows the keys, g trains, q goes back and at the top saves and leaves. \
      Where a folder cannot be written, its project is kept in the XDG data folder.
      """)

  @Argument(
    help: "Folder of PNG and TIFF images, in any depth of folders.", completion: .directory)
  var path = "."

  @Option(
    help: ArgumentHelp("Keep the project here instead of in PATH/.aura.", valueName: "folder"))
  var project: String?

  @OptionGroup var screen: ScreenOptions
  @OptionGroup var machine: MachineOptions

  @Option(
    help: ArgumentHelp(
      "Log file (default: aura/aura.log in the XDG state folder).", valueName: "file"))
  var log: String?

  func run() throws {
    throw Failure(.internalError, "the workbench is not in this build yet")
  }
}
