import ArgumentParser

/// `aura simulate`: phase-contrast images with exact masks.
struct SimulateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "simulate",
    abstract: "Make simulated phase-contrast images with exact masks.",
    discussion: """
      Examples:
        aura simulate practice/ --count 16 --seed 1
        aura simulate practice/ --count 100 --size 384 --format tiff16
      """)

  @Argument(help: "Folder for the images; masks go into a folder `masks` in it.")
  var output: String

  @Option(help: "How many images.")
  var count = 16

  @Option(help: ArgumentHelp("Side of an image.", valueName: "pixels"))
  var size = 256

  @Option(help: "Starts every random choice.")
  var seed: UInt64 = 0

  @Flag(help: "What was written as one JSON object on standard output.")
  var json = false

  func validate() throws {
    guard (1...100_000).contains(count) else {
      throw ValidationError("--count \(count): 1 to 100000, please")
    }
    guard (64...2048).contains(size) else {
      throw ValidationError("--size \(size): 64 to 2048 pixels, please")
    }
  }

  func run() throws {
    throw Failure(.internalError, "simulation is not in this build yet")
  }
}
