import Foundation
import Imaging
import Recipes
import TestSupport
import Testing
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
      try NetworkFile(weights).predictor(network: .unet, size: 64, flips: false, threads: 1),
      named: "w", calibrating: nil
    ) {
      told.append(try JSONEncoder().encode($0))
    } failed: { error in
      Issue.record(error)
    }
    let mask = try MaskFile.read(folder.url.appending(path: "out/one.png"), polarity: .cellWhite)
    #expect(mask.width == 6 && mask.height == 4)
    let object = try JSONSerialization.jsonObject(with: try #require(told.first))
    let keys = try #require(object as? [String: Any]).keys
    #expect(keys.sorted() == ["image", "mask", "share", "uncertainty", "weights"])
  }
}
