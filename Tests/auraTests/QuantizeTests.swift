import Basics
import ArgumentParser
import Autograd
import Console
import Foundation
import Imaging
import Networks
import Recipes
import TestSupport
import Testing
import Training
import Weights
import WorkflowTesting
import Workflows

@testable import aura

struct QuantizeTests {
  private static func run(_ arguments: String...) throws {
    var command = try Aura.parseAsRoot(arguments)
    try command.run()
  }

  @Test(arguments: [Architecture.auraNet, .ceNet])
  func `quantised weights are a quarter as large and predict nearly the same`(
    network: Architecture
  ) throws {
    let folder = try TestFolder()
    let whole = try folder.weights(of: network)
    let small = folder.path("small.safetensors")
    try Self.run("weights", "quantize", whole, small)
    let size = try folder.data("small.safetensors").count
    #expect(size < 45_000_000)
    #expect(Double(size) < 0.26 * Double(try Data(contentsOf: URL(filePath: whole)).count))
    let (first, second) = (try NetworkFile(whole), try NetworkFile(small))
    #expect(first.note == second.note)
    #expect(Set(first.weights.paths) == Set(second.weights.paths))
    let side = network.smallest
    let values = (0..<side * side).map { Float($0 * 7919 % 251) }
    let image = Image(width: side, height: side, bitDepth: 8, values: values)
    let expected = try first.predictor(size: side, threads: 2).probabilities(of: image)
    let found = try second.predictor(size: side, threads: 2).probabilities(of: image)
    let gap = zip(expected, found).map { abs($0 - $1) }.max() ?? 1
    #expect(gap > 0 && gap < 0.02, "\(gap)")
  }

  @Test func `transposed filters have a scale for each channel that comes out`() throws {
    #expect(Architecture.auraNet.transposedFilters.isEmpty)
    let paths = Architecture.ceNet.transposedFilters
    #expect(paths.count == 5 && paths.contains("last.0.weight"), "\(paths)")
  }

  @Test func `what cannot be quantised is refused in one line`() throws {
    let folder = try TestFolder()
    func refusal(_ arguments: String...) throws -> String {
      let error = try #require(
        #expect(throws: (any Error).self) {
          var command = try Aura.parseAsRoot(["weights", "quantize"] + arguments)
          try command.run()
        })
      return Failure(error).text
    }
    let target = folder.path("new.safetensors")
    #expect(try refusal(folder.path("nothing"), target).contains("is not there"))
    try folder.write(Data("no weights".utf8), to: "bad.safetensors")
    #expect(try refusal(folder.path("bad.safetensors"), target).contains("not a readable"))
    let some = StateDict([
      NamedTensor(path: "conv.weight", shape: Shape(1, 1, 1, 1), values: [.nan])
    ])
    try Safetensors.write(some, to: URL(filePath: folder.path("some.safetensors")))
    #expect(try refusal(folder.path("some.safetensors"), target).contains("give --network"))
    #expect(
      try refusal(folder.path("some.safetensors"), target, "--network", "unet")
        .contains("missing from the weights"))
    try folder.write(Data("mine".utf8), to: "new.safetensors")
    let whole = try folder.weights(of: .unet)
    #expect(try refusal(whole, target).contains("is there already"))
    #expect(try folder.data("new.safetensors") == Data("mine".utf8))
  }
}
