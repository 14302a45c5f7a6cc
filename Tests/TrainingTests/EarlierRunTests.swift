import Foundation
import Project
import Recipes
import Testing
import Weights

@testable import Training

/// Runs of the toy network that the version before stopped, kept as it left them.
struct EarlierRunTests {
  private static let before = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "Goldens/runs-before")

  /// What goes on from an earlier run, and what was never broken off: the losses and the weights of each.
  private static func expectSameEnd(
    as name: String, _ order: (RunFolder) throws -> some RunOrder,
    resume: (RunFolder) throws -> some RunOrder
  ) throws {
    try TestCrops.withFolder { folder in
      let earlier = RunFolder(id: name, url: folder.appending(path: name))
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      try FileManager.default.copyItem(at: before.appending(path: name), to: earlier.url)
      #expect(earlier.hasWeights && earlier.weightsFile.lastPathComponent == "best.safetensors")

      let rest = ToyRun(try resume(earlier), in: earlier.url).losses
      let whole = RunFolder(id: "whole", url: folder.appending(path: "whole"))
      let all = ToyRun(try order(earlier), in: whole.url).losses
      #expect(rest.count < all.count && !rest.isEmpty)
      for (one, other) in zip(rest.reversed(), all.reversed()) {
        #expect(abs(one - other) <= 1e-4 * other)
      }
      #expect(earlier.weightsFile.lastPathComponent == "weights.safetensors")
      #expect(
        !FileManager.default.fileExists(
          atPath: earlier.url.appending(path: "best.safetensors").path))
      let weights = try Safetensors.read(from: earlier.weightsFile)
      for tensor in try Safetensors.read(from: whole.weightsFile).tensors {
        let found = try #require(weights[tensor.path]).values
        for (one, other) in zip(found, tensor.values) { #expect(abs(one - other) < 1e-3) }
      }
    }
  }

  @Test func `a training of the version before goes on to the end it would have had`() throws {
    func order(_ run: RunFolder, resumes: Bool) throws -> LabelledRun {
      LabelledRun(
        recipe: try run.recipe(), samples: (0..<9).map { TestCrops.cropped($0) },
        resumes: resumes)
    }
    try Self.expectSameEnd(
      as: "training", { try order($0, resumes: false) }, resume: { try order($0, resumes: true) })
  }

  @Test func `a pretraining of the version before goes on to the end it would have had`() throws {
    func order(_ run: RunFolder, resumes: Bool) throws -> SimulatedRun {
      SimulatedRun(settings: try run.pretrainingSettings(), resumes: resumes)
    }
    try Self.expectSameEnd(
      as: "pretraining", { try order($0, resumes: false) }, resume: { try order($0, resumes: true) }
    )
  }
}
