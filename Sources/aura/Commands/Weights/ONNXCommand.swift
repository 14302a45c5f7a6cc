import ArgumentParser
import Basics
import Console
import Foundation
import Imaging
import Recipes
import Workflows

/// `aura weights onnx`: a network for other programs.
struct ONNXCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "onnx",
    abstract: "Write a network as ONNX for other programs, described for bioimage.io's tools.",
    discussion: """
      Examples:
        aura weights onnx run1/weights.safetensors -o cells-onnx/
        aura weights onnx simulated -o simulated-onnx/
        aura weights onnx run1/weights.safetensors -o yeast/ --image yeast.tif \\
          --title "Yeast, phase contrast" --author "Ada Lovelace" --license CC0-1.0

      The folder holds network.onnx, which takes grey images of 0 to 1 and gives probabilities (channel 0 cell, \
      channel 1 core where the network tells cells apart); rdf.yaml, its description in bioimage.io's format 0.5; \
      README.md, how to run it; test_input.npy and test_output.npy, an image and aura's answer to it. Any number \
      of images and any sides that the network takes; weights of 8 bits are written as floats.
      """)

  @Argument(
    help: ArgumentHelp(
      "Trained weights, or those learnt from simulated images.", valueName: "simulated|file"),
    completion: .file(extensions: ["safetensors"]))
  var weights: StartingWeights

  @Option(name: .shortAndLong, help: ArgumentHelp("Folder to write.", valueName: "folder"))
  var output: String

  @Option(
    help: ArgumentHelp(
      "Image whose middle is the test's (default: a simulated one).", valueName: "file"),
    completion: .file())
  var image: String?

  @Option(
    help: ArgumentHelp(
      "What it is called: 5 to 128 letters, digits, blanks and _+-() (default: Cells by its network).",
      valueName: "text"))
  var title: String?

  @Option(help: ArgumentHelp("Who made it; again for each.", valueName: "name"))
  var author: [String] = []

  @Option(
    help: ArgumentHelp(
      "Licence of the weights by its SPDX name (default: none; of simulated, aura's own).",
      valueName: "name"))
  var license: String?

  @Option(
    help: ArgumentHelp("Network of weights that do not say it.", valueName: "name"))
  var network: Architecture?

  @Option(
    help: ArgumentHelp(
      "Working size to be told of instead of the trained one, and that of the test.",
      valueName: "pixels"))
  var size: Int?

  @OptionGroup var contrast: PercentileOption
  @OptionGroup var machine: MachineOptions

  @Flag(help: "What was written as one JSON object on standard output: folder, files, channels.")
  var json = false

  func validate() throws {
    if weights == .random { throw ValidationError("none: no weights to write") }
    if weights == .simulatedEncoder {
      throw ValidationError("simulated-encoder starts a training; take simulated")
    }
    if let title, !ONNXExport.Words.isTitle(title) {
      throw ValidationError("--title \(title): 5 to 128 letters, digits, blanks and _+-()")
    }
    if let license, license.isEmpty || !license.allSatisfy(Self.isOfLicense) {
      throw ValidationError("--license \(license): a name of spdx.org/licenses, such as CC-BY-4.0")
    }
    try check("size", size, in: NetworkFile.workingSizes, "64 to 16384 pixels")
  }

  func run() throws {
    guard let path = try WeightsSource(weights).path else {
      throw WeightsTrouble.noWeights(weights.text)
    }
    let file = try NetworkFile(path)
    if file.usualViews() == .secondOpinion {
      StandardStream.error.line(
        "aura asks the weights that come with it beside these, which have learnt from few labels; the model is of these "
          + "alone and finds less on images unlike them. aura train --second-opinion none learns with that in view."
      )
    }
    let export = try ONNXExport(
      of: file, network: network, size: size, percentiles: contrast.percentiles,
      threads: machine.threadCount, into: output, place: "--output")
    let tested = try image.map(read) ?? export.simulatedImage
    let files = try export.write(
      testedWith: tested,
      words: ONNXExport.Words(
        title: title ?? "Cells by \(export.architecture)", authors: author,
        license: license ?? (weights == .simulated ? "Apache-2.0" : nil)),
      version: Aura.version)
    try StandardStream.output.tell(
      [
        "folder": output, "files": files.map(\.path), "channels": export.channels,
      ] as JSONObject, asJSON: json,
      "\(export.architecture) with \(export.channels.joined(separator: ", ")) in \(output)")
  }

  private func read(_ path: String) throws -> Image {
    guard FileManager.default.fileExists(atPath: path) else { throw WorkflowError.noImages(path) }
    return try ImageFile.read(URL(filePath: path))
  }

  private static func isOfLicense(_ letter: Character) -> Bool {
    letter.isASCII && (letter.isLetter || letter.isNumber || "-.+".contains(letter))
  }
}
