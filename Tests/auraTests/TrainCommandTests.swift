import ArgumentParser
import Autograd
import Console
import Foundation
import Project
import Recipes
import TestSupport
import Testing
import Weights
import WorkflowTesting
import Workflows

@testable import aura

struct TrainCommandTests {
  private static func run(_ arguments: [String]) async throws {
    try await OwnThread.run {
      var command = try Aura.parseAsRoot(arguments)
      try command.run()
    }
  }

  @Test func `a run notes its start, the ablation takes the encoder, and a resumed run needs none`()
    async throws
  {
    let folder = try TestFolder()
    for name in ["a", "b"] {
      try folder.image("images/\(name).png")
      try folder.mask("masks/\(name).png", area: 9)
    }
    let weights = try folder.weights(of: .auraNet)
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
