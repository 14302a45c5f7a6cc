import ArgumentParser
import Console
import Foundation
import Workflows

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
    let entry = try WeightsImport(library: WeightsLibrary(), replaces: replace)
      .keep(URL(filePath: file), name: name) { StandardStream.error.line($0) }
    try StandardStream.output.tell(
      entry, asJSON: json,
      "\(entry.name) is in \(entry.path); use it with --weights \(entry.name)")
  }
}
