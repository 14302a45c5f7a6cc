import ArgumentParser

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

  @Option(help: ArgumentHelp("The project, where it is not PATH/.aura.", valueName: "folder"))
  var project: String?

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
    throw Failure(.internalError, "export is not in this build yet")
  }
}
