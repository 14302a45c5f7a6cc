import ArgumentParser
import Basics
import Console
import Foundation
import Weights
import Workflows

/// `aura weights list`: what `--weights NAME` finds.
struct WeightsListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "List the weights that --weights finds by name.",
    discussion: """
      Examples:
        aura weights list
        aura weights list --json
      """)

  @Flag(help: "One JSON object a line on standard output.")
  var json = false

  func run() throws {
    let entries = WeightsLibrary().entries
    if json {
      for entry in entries { try StandardStream.output.json(entry) }
    } else {
      StandardStream.output.write(Self.table(entries, hasSimulated: SimulatedWeights.file != nil))
    }
  }

  /// A line for each that is kept, comes with aura or can be fetched.
  static func table(_ entries: [WeightsLibrary.Entry], hasSimulated: Bool) -> String {
    var rows = entries.map { entry in
      [entry.name, NumberText.bytes(Double(entry.bytes)), entry.networks, entry.path]
    }
    if hasSimulated { rows.append(["simulated", "", "aura-net, unet-resnet", "comes with aura"]) }
    for encoder in OfficialEncoder.allCases
    where !entries.contains(where: { $0.name == "\(encoder)" }) {
      rows.append(["\(encoder)", "", encoder.networks, "not here; aura weights fetch \(encoder)"])
    }
    return TextColumns.text(rows)
  }
}
