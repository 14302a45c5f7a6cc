import ArgumentParser

/// `aura weights`: what can be done with files of weights.
struct WeightsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "weights",
    abstract: "Work on files of trained weights.",
    discussion: """
      Examples:
        aura weights quantize run1/best.safetensors small.safetensors
      """,
    subcommands: [QuantizeCommand.self])
}
