import ArgumentParser
import Basics
import Console
import Files
import Foundation
import Recipes
import Workflows

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
