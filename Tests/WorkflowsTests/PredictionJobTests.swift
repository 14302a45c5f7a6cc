import Foundation
import Imaging
import Project
import Recipes
import TestSupport
import Testing
@testable import Training
import WorkflowTesting
import Workflows

struct PredictionJobTests {
  @Test func `a mask of each image's size is written, and told under the names of its help`() throws
  {
    let folder = try TestFolder()
    let weights = try folder.weights(of: .unet)
    try folder.image("images/one.png")
    let job = try PredictionJob(
      ImageFolder(folder.path("images")), into: folder.path("out"), place: "place")
    var told: [Data] = []
    _ = try job.run(
      try NetworkFile(weights).predictor(network: .unet, size: 64, views: .one, threads: 1),
      named: "w", calibrating: nil
    ) {
      told.append(try JSONEncoder().encode($0))
    } failed: { error in
      Issue.record(error)
    }
    let mask = try MaskFile.read(
      folder.url.appending(path: "out/one.png"), rule: .project
    ).mask
    #expect(mask.width == 6 && mask.height == 4)
    let object = try JSONSerialization.jsonObject(with: try #require(told.first))
    let keys = try #require(object as? [String: Any]).keys
    #expect(
      keys.sorted()
        == ["cells", "image", "mask", "quality", "share", "size", "uncertainty", "weights"])
  }

  /// A network that has the memory for small images alone, and a folder with a large one among them.
  private static func short(
    _ folder: TestFolder
  ) throws -> (predictor: Predictor, images: ImageFolder, large: String) {
    let weights = try folder.weights(of: .unet)
    for (name, side) in [("a", 8), ("b", 800), ("c", 8)] {
      try folder.image("images/\(name).png", width: side, height: side)
      try folder.mask("images/masks/\(name).png", width: side, height: side)
    }
    let predictor = try NetworkFile(weights).predictor(
      network: .unet, size: 64, views: .one, threads: 1)
    let most = predictor.memory(width: 64, height: 64).total + 1e6
    predictor.memoryLimit = { MemoryLimit(total: most, source: "this machine has") }
    return (
      predictor, try ImageFolder(folder.path("images")), "'b.png': 800x800 pixels seen at 64 take"
    )
  }

  @Test(arguments: [nil, 0.5])
  func `an image that there is not the memory for is told, and the others are predicted`(
    share: Double?
  ) throws {
    let folder = try TestFolder()
    let (predictor, images, large) = try Self.short(folder)
    let job = try PredictionJob(images, into: folder.path("out"), place: "place")
    var failures: [String] = []
    _ = try job.run(predictor, named: "w", calibrating: share) { _ in
    } failed: {
      failures.append("\($0)")
    }
    #expect(failures.count == 1 && failures[0].hasPrefix(large), "\(failures)")
    let masks = try FileManager.default.contentsOfDirectory(atPath: folder.path("out"))
    #expect(masks.sorted() == ["a.png", "c.png"])
  }

  @Test func `an image that there is not the memory for, or whose mask is none, costs itself`()
    throws
  {
    let folder = try TestFolder()
    let (predictor, images, large) = try Self.short(folder)
    try folder.mask("images/masks/c.png")
    let job = try EvaluationJob(images, truth: images.masks(in: nil, values: nil), split: nil)
    for checks in [true, false] {
      var failures: [String] = []
      let table = try job.run(check: { if checks { try predictor.check($0) } }) {
        try predictor.score($1, by: .own).scores
      } done: { _ in
      } failed: {
        failures.append("\($0)")
      }
      #expect(failures.count == 2 && failures[0].hasPrefix(large), "\(failures)")
      #expect(failures.last?.contains("c.png") == true && table.count == 1)
    }
  }
}
