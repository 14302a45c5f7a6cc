public import ArgumentParser
import Basics
import Console
import Files
import Foundation
import Recipes
import Weights
public import Workflows

/// `aura weights`: what can be done with files of weights.
struct WeightsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "weights",
    abstract: "Keep pretrained weights under names, and work on files of weights.",
    discussion: """
      Examples:
        aura weights fetch resnet18           torchvision's, from PyTorch's address
        aura weights import resnet18.pth      the same from a file: .pth or .safetensors
        aura weights list                     what --weights NAME finds
        aura weights quantize run1/weights.safetensors small.safetensors
        aura weights onnx run1/weights.safetensors -o cells-onnx/    for other programs
      """,
    subcommands: [
      WeightsListCommand.self, WeightsImportCommand.self, WeightsFetchCommand.self,
      QuantizeCommand.self, ONNXCommand.self,
    ])
}

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
      try StandardStream.output.write(
        Self.table(entries, hasSimulated: SimulatedWeights.file != nil))
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

/// `aura weights import`: weights from a file.
struct WeightsImportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: "Keep a file's weights under a name that --weights finds.",
    discussion: """
      Examples:
        aura weights import resnet18-f37072fd.pth     then: aura train my-cells/ --weights resnet18
        aura weights import run1/weights.safetensors --name yeast

      Takes torchvision's resnet18 and resnet34 as torch.save (.pth, both formats) or safetensors wrote \
      them, and the .safetensors of aura's own runs. A .pth is read without Python and can run no code. \
      Every tensor that is missing, left over or of another shape is listed; fc.* is passed over.
      """)

  @Argument(help: "A .pth or .safetensors.", completion: .file(extensions: ["pth", "safetensors"]))
  var file: String

  @Option(help: "What to call it (default: the encoder's name, or the file's).")
  var name: String?

  @Flag(help: "Replace what is kept under the same name.")
  var replace = false

  @Flag(help: "What is kept as one JSON object on standard output.")
  var json = false

  func run() throws {
    let entry = try WeightsLibrary().keep(URL(filePath: file), name: name, replaces: replace) {
      StandardStream.error.line($0)
    }
    try StandardStream.output.tell(
      entry, asJSON: json,
      "\(entry.name) is in \(entry.path); use it with --weights \(entry.name)")
  }
}

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
      try WeightsLibrary().fetch(name, from: base) { progress in
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

/// `aura weights quantize`: a quarter of the bytes.
struct QuantizeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "quantize",
    abstract: "Write weights with filters of 8 bits, a quarter of the size.",
    discussion: """
      Examples:
        aura weights quantize run1/weights.safetensors small.safetensors

      Each filter is kept as whole numbers of -127 to 127 (I8) beside its scales (F32, one for each \
      output channel, named NAME.scale); all else stays F32. Whatever takes weights takes the file, \
      and in PyTorch a filter is tensors[NAME].float() * tensors[NAME + ".scale"].
      """)

  @Argument(help: "Trained weights.", completion: .file(extensions: ["safetensors"]))
  var input: String

  @Argument(help: "File to write.", completion: .file(extensions: ["safetensors"]))
  var output: String

  @Option(
    help: ArgumentHelp("Network of weights that do not say it.", valueName: "name"))
  var network: Architecture?

  @Flag(help: "What was written as one JSON object on standard output.")
  var json = false

  func run() throws {
    let file = try NetworkFile(input)
    let target = URL(filePath: output)
    try Originals.refuseExisting([target], place: "file")
    let bytes = try file.quantized(of: network)
    try AtomicWrite.write(bytes, to: target)
    try StandardStream.output.tell(
      ["weights": target.path, "bytes": bytes.count] as JSONObject, asJSON: json,
      "\(NumberText.bytes(Double(bytes.count))) in \(target.path)")
  }
}
