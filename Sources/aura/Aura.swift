import ArgumentParser

/// Segments label-free microscopy images with few annotations.
@main
struct Aura: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "aura",
    abstract: "Segment label-free microscopy images with few annotations, in a terminal.")
}
