import Basics
import Autograd
import Foundation
import Imaging
import Networks
import Recipes
import TestSupport
import Testing
import Training
import Weights
import WorkflowTesting

@testable import Workflows

struct NetworkFileTests {
  @Test func `weights without a note need the network's name, and then they predict`() throws {
    let folder = try TestFolder()
    let file = folder.path("torch.safetensors")
    try Safetensors.encode(Self.weights(of: .unet)).write(to: URL(filePath: file))
    let network = try NetworkFile(file)
    #expect(network.note == nil)
    let failure = #expect(throws: WeightsTrouble.self) { try network.predictor(threads: 1) }
    #expect(failure?.description.contains("does not say which network") == true)
    let other = #expect(throws: WeightsTrouble.self) {
      try network.predictor(network: .auraNet, threads: 1)
    }
    guard case .misfit(_, architecture: .auraNet, isNamed: true, _)? = other else {
      Issue.record("\(String(describing: other))")
      return
    }
    #expect(try network.predictor(network: .unet, threads: 1).size == 256)
  }

  @Test func `a network spreads contrast as its weights say, unless told otherwise`() throws {
    let folder = try TestFolder()
    let file = folder.path("own.safetensors")
    var weights = Self.weights(of: .unet)
    weights.metadata = ["architecture": "unet", "size": "64", "percentiles": "2.0,95.0"]
    try Safetensors.encode(weights).write(to: URL(filePath: file))
    let network = try NetworkFile(file)
    #expect(try network.predictor(threads: 1).percentiles == Percentiles(low: 2, high: 95))
    let told = try network.predictor(percentiles: .usual, threads: 1)
    #expect(told.percentiles == .usual)
  }

  private static func weights(of network: Architecture) -> StateDict {
    var graph = Graph(mode: .evaluation)
    let image = graph.input("image", Shape(1, 3, network.multiple, network.multiple))
    _ = network.logits(of: image, in: &graph)
    var generator = SeededGenerator(seed: 1)
    return ParameterStore(for: graph, using: &generator).stateDict
  }
}
