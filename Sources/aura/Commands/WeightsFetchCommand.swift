public import ArgumentParser
import Console
import Foundation
public import Workflows

/// `aura weights fetch`: torchvision's encoders from PyTorch's address.
struct WeightsFetchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fetch",
    abstract: "Download an encoder's ImageNet weights from PyTorch's official address.",
    discussion: """
      Examples:
        aura weights fetch resnet18
        aura train my-cells/ --weights resnet18

      The file's SHA-256 is compared with the digits in its official name. A download that broke off \
      goes on where it ended. Without a network: download the file elsewhere, then aura weights import.
      """)

  @Argument(help: "resnet18 (aura-net, unet-resnet) or resnet34 (ce-net).")
  var name: OfficialEncoder

  @Option(help: ArgumentHelp("Another server's folder of the same files.", valueName: "url"))
  var base: String = OfficialEncoder.address

  @Flag(help: "What is kept as one JSON object on standard output.")
  var json = false

  func run() throws {
    var line = ProgressLine.standardError()
    let result = Result {
      try WeightsFetch(library: WeightsLibrary(), base: base).fetch(name) { progress in
        guard let total = progress.total else { return }
        line.show(
          done: Double(progress.received), of: Double(total),
          note: "\(name.fileName) \(progress.received / 1_000_000)/\(total / 1_000_000) MB")
      }
    }
    line.clear()
    let entry = try result.get()
    try StandardStream.output.tell(entry, asJSON: json, "\(entry.name) is in \(entry.path)")
  }
}

extension OfficialEncoder: ExpressibleByArgument {}
