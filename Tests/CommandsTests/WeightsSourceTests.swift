import ArgumentParser
import Autograd
import Foundation
import Networks
import Project
import Recipes
import Testing
import Weights

@testable import aura

struct WeightsSourceTests {
  private static func run(_ arguments: [String]) async throws {
    try await OwnThread.run {
      var command = try Aura.parseAsRoot(arguments)
      try command.run()
    }
  }

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
    let absent = #expect(throws: Failure.self) {
      try WeightsSource(.file("/nonexistent/w.safetensors"), simulated: nil)
    }
    #expect(absent?.text.contains("'/nonexistent/w.safetensors' is not there") == true)
    let none = #expect(throws: Failure.self) { try WeightsSource(.simulated, simulated: nil) }
    #expect(none?.text.hasPrefix("the simulated weights are not there: ") == true)
    #expect(none?.text.contains("aura_Weights.resources") == true)
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
    let failure = #expect(throws: Failure.self) { try source.start(of: network) }
    #expect(failure?.text.contains("do not suit \(network.rawValue)") == true)
  }

  @Test func `a network begins with all weights of its own and the encoder of another`() throws {
    let folder = try TestFolder()
    let file = URL(filePath: try QuantizeTests.weights(of: .auraNet, in: folder))
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

  @Test func `a run notes its start, the ablation takes the encoder, and a resumed run needs none`()
    async throws
  {
    let folder = try TestFolder()
    for name in ["a", "b"] {
      try folder.image("images/\(name).png")
      try folder.mask("masks/\(name).png", area: 9)
    }
    let weights = try QuantizeTests.weights(of: .auraNet, in: folder)
    let run = folder.url.appending(path: "run")
    let arguments = [
      "train", folder.path("images"), "--masks", folder.path("masks"), "--output", run.path,
      "--size", "64", "--epochs", "1", "--threads", "2", "--network", "unet-resnet",
    ]
    try await Self.run(arguments + ["--weights", weights, "--learning-rate", "1e-9"])
    let files = RunFolder(id: "run", url: run)
    #expect(try files.recipe().weights == .file(weights))
    let before = try NetworkFile(weights).weights
    let after = try NetworkFile(files.weightsFile.path).weights
    let name: Path = "encoder.layer1.0.conv1.weight"
    let (was, now) = (try #require(before[name]).values, try #require(after[name]).values)
    #expect(zip(was, now).allSatisfy { abs($0 - $1) < 1e-6 })
    #expect(before["head.weight"]?.values != after["head.weight"]?.values)
    try FileManager.default.removeItem(at: files.weightsFile)
    try FileManager.default.removeItem(atPath: weights)
    // Nothing is left to go on from, which is what it fails with: the weights are not asked for.
    let failure = await #expect(throws: (any Error).self) {
      try await Self.run(arguments + ["--resume"])
    }
    #expect(failure.map { Failure($0).text.contains("cannot be resumed") } == true)
  }
}
