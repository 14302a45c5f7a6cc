import Basics
import Foundation
import Imaging
import Recipes
import TestSupport
import Testing
import Training
import WorkflowTesting

@testable import Workflows

struct ONNXExportTests {
  @Test("a network is written with its description, its page and an answer to test with")
  func export() throws {
    let folder = try TestFolder()
    let weights = try folder.weights(of: .unet, hasCores: true)
    let file = try NetworkFile(weights)
    let export = try ONNXExport(
      of: file, size: 64, threads: 2, into: folder.path("new/net"), place: "--output")
    #expect(export.channels == ["cell", "core"])
    let files = try export.write(
      testedWith: export.simulatedImage,
      words: ONNXExport.Words(title: "Cells of yes", authors: ["Null"], license: "CC0-1.0"),
      version: "1")
    #expect(
      Set(files.map(\.lastPathComponent)) == [
        "network.onnx", "rdf.yaml", "README.md", "test_input.npy", "test_output.npy",
      ])
    let description = String(decoding: try folder.data("new/net/rdf.yaml"), as: UTF8.self)
    for name in ["network.onnx", "test_input.npy", "test_output.npy"] {
      let hash = try SHA256.hash(of: folder.url.appending(path: "new/net/\(name)"))
      #expect(description.contains("source: \(name)"))
      #expect(description.contains("sha256: '\(hash)'"), "\(name)")
    }
    for line in [
      "format_version: 0.5.4", "name: 'Null'", "license: 'CC0-1.0'", "min: 16", "step: 16",
      "min_percentile: 0.1", "max_percentile: 99.9", "opset_version: 17",
      "documentation: README.md",
    ] {
      #expect(description.contains(line), "\(line)")
    }
    let page = String(decoding: try folder.data("new/net/README.md"), as: UTF8.self)
    #expect(page.hasPrefix("# Cells of yes\n"))
    #expect(page.contains("has 64 pixels") && page.contains("Licence: CC0-1.0."))
    let size = try folder.data("new/net/network.onnx").count
    let own = try Data(contentsOf: URL(filePath: weights)).count
    #expect(abs(size - own) < own / 100)
    #expect(throws: WorkflowError.self) {
      try ONNXExport(
        of: file, size: 64, threads: 1, into: folder.path("new/net"), place: "--output")
    }
  }

  @Test("the example is the image's middle at the working size, with sides that the network takes")
  func example() throws {
    let folder = try TestFolder()
    let predictor = try NetworkFile(folder.weights(of: .unet)).predictor(
      size: 72, views: .one, threads: 2)
    let image = Simulator().image(seed: 2, size: 144).image.cropped(
      x: 0, y: 0, width: 144, height: 120)
    let example = try predictor.example(of: image)
    // 144x120 becomes 86x72.
    #expect(example.image.width == 80 && example.image.height == 64)
    #expect(example.probabilities.map(\.count) == [80 * 64])
    #expect(example.probabilities[0].allSatisfy { (0...1).contains($0) })
    #expect(Set(example.probabilities[0]).count > 100)
  }

  @Test("a title has letters, digits, blanks and a few signs, as bioimage.io asks")
  func titles() {
    #expect(ONNXExport.Words.isTitle("Cells by aura-net (2)"))
    for title in ["Cell", "Zellen für alle", "cells/1", String(repeating: "a", count: 129)] {
      #expect(!ONNXExport.Words.isTitle(title), "\(title)")
    }
  }
}
