import Autograd
import Foundation
import Networks
import Project
import TestSupport
import Testing
import Weights
import WorkflowTesting
import Recipes

@testable import Workflows

struct WeightsSourceTests {
  @Test func `what was asked for counts, else the simulated weights where there are any`() throws {
    let folder = try TestFolder()
    let file = folder.url.appending(path: "some.safetensors")
    try Data().write(to: file)
    #expect(try WeightsSource(nil, simulated: nil) == .nothing)
    #expect(try WeightsSource(.random, simulated: file) == .nothing)
    for asked in [nil, StartingWeights.simulated] {
      let source = try WeightsSource(asked, simulated: file)
      #expect(source.name == .simulated && source.path == file.path)
    }
    let named = try WeightsSource(.file(file.path), simulated: nil)
    #expect(named.name == .file(file.path) && named.path == file.path)
  }

  @Test func `weights that are not there are refused in one line`() throws {
    let absent = #expect(throws: WeightsTrouble.self) {
      try WeightsSource(.file("/nonexistent/w.safetensors"), simulated: nil)
    }
    #expect(absent?.description.contains("'/nonexistent/w.safetensors' is not there") == true)
    let none = #expect(throws: WeightsTrouble.self) {
      try WeightsSource(.simulated, simulated: nil)
    }
    #expect(none?.description.hasPrefix("the simulated weights are not there: ") == true)
    #expect(none?.description.contains("aura_Weights.resources") == true)
  }

  @Test(arguments: [
    (Architecture.auraNet, true), (.unetResNet, true), (.unet, false), (.attentionUNet, false),
    (.ceNet, false),
  ])
  func `simulated weights suit the networks that have their encoder`(
    network: Architecture, suits: Bool
  ) throws {
    let source = try WeightsSource(nil, simulated: URL(filePath: "/nonexistent"))
    #expect(source.suits(network) == suits)
    guard !suits else { return }
    let failure = #expect(throws: WeightsTrouble.self) { try source.start(of: network) }
    #expect(failure?.description.contains("do not suit \(network.rawValue)") == true)
  }

  @Test func `a network begins with all weights of its own and the encoder of another`() throws {
    let folder = try TestFolder()
    let file = URL(filePath: try folder.weights(of: .auraNet))
    let source = try WeightsSource(.simulated, simulated: file)
    let whole = try #require(try source.start(of: .auraNet))
    let encoder = try #require(try source.start(of: .unetResNet))
    #expect(whole.paths.contains("gate.0.theta.weight") || whole.paths.contains("head.weight"))
    #expect(encoder.tensors.count == whole.paths.count { $0.description.hasPrefix("encoder.") })
    #expect(encoder["conv1.weight"]?.values == whole["encoder.conv1.weight"]?.values)
    #expect(encoder["head.weight"] == nil)
    // The encoder alone, where it is asked for, also in a network that could take all.
    let alone = try WeightsSource(.simulatedEncoder, simulated: file)
    let own = try #require(try alone.start(of: .auraNet))
    #expect(Set(own.paths.map(\.description)) == Set(encoder.paths.map(\.description)))
    #expect(own["conv1.weight"]?.values == encoder["conv1.weight"]?.values)
  }
}
