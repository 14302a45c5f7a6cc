import ArgumentParser
import Console
import Files

/// Segments label-free microscopy images with few annotations.
@main
struct Aura: ParsableCommand {
  static let version = "0.1.0"

  static let configuration = CommandConfiguration(
    commandName: "aura",
    abstract: "Segment label-free microscopy images with few annotations, in a terminal.",
    discussion: """
      Examples:
        aura my-cells/         open a folder of images: label, train, review
        aura check my-cells/   how each image and mask is read, and what is odd
        aura train my-cells/   train on the accepted masks, without the screen
        aura predict new/ --weights weights.safetensors -o masks/
        aura evaluate new/ --weights weights.safetensors --masks truth/
        aura help train        every option of a command

      A folder named like a command is opened as ./train.

      Exit codes: 0 done; 64 wrong usage; 65 unusable input; 66 input missing; 68 no download; \
      69 no terminal; 70 an error of aura's own; 71 too little stack or too few threads; 73 output \
      cannot be created; 74 output cannot be written (disk full); 75 project in use; 128 + n ended by \
      signal n after saving.
      """,
    version: version,
    subcommands: [
      OpenCommand.self, TrainCommand.self, PretrainCommand.self, PredictCommand.self,
      EvaluateCommand.self, MeasureCommand.self, AcceptCommand.self, CompareCommand.self,
      RecipesCommand.self,
      RunsCommand.self,
      ExportCommand.self, WeightsCommand.self,
      SimulateCommand.self, AugmentCommand.self, ImportCommand.self, SplitCommand.self,
      CheckCommand.self, SizeCommand.self, SuggestCommand.self, BenchCommand.self,
      InfoCommand.self, FixTerminalCommand.self,
    ],
    defaultSubcommand: OpenCommand.self)

  /// Parses, runs, and turns whatever went wrong into one line and an exit code, here alone.
  static func main() {
    StandardDescriptor.reserve()
    Signals.ignoreWriteSignals()
    do {
      do {
        try ProcessNeeds.begin()
        var command = try parseAsRoot()
        try command.run()
      } catch let message where !(message is ExitCode) && exitCode(for: message) == .success {
        // Help, version and completion scripts; ArgumentParser would not notice a full disk.
        try StandardStream.output.line(fullMessage(for: message))
      }
    } catch {
      // Wrong usage is ArgumentParser's own; it has no code for anything else.
      if error is ExitCode || exitCode(for: error) != .failure { exit(withError: error) }
      let failure = Failure(error)
      StandardStream.error.line("aura: \(failure.text)")
      exit(withError: ExitCode(failure.status.rawValue))
    }
  }
}
