import ArgumentParser
import Foundation
import Imaging
import Recipes
import TestSupport
import Testing
import WorkflowTesting
import Workflows

@testable import aura

struct PredictCommandTests {
  @Test func `weights that do not say their network predict with its name`() throws {
    let folder = try TestFolder()
    let file = try folder.weights(of: .unet)
    try folder.image("images/one.png")
    var command = try Aura.parseAsRoot([
      "predict", folder.path("images"), "--weights", file, "--network", "unet", "--size", "64",
      "--threads", "1", "-o", folder.path("out"),
    ])
    try command.run()
    let mask = try MaskFile.read(folder.url.appending(path: "out/one.png"), polarity: .cellWhite)
    #expect(mask.mask.width == 6 && mask.mask.height == 4)
  }

  @Test func `--json has the keys that its help names`() async throws {
    let folder = try TestFolder()
    let weights = try folder.weights(of: .unet)
    try folder.image("images/one.png")
    let images = try ImageFolder(folder.path("images"))
    let job = try PredictionJob(images, into: folder.path("out"), place: "-o")
    var lines: [Data] = []
    _ = try job.run(
      try NetworkFile(weights).predictor(size: 64, flips: false, threads: 1), calibrating: nil
    ) {
      lines.append(try JSONEncoder().encode(PredictCommand.Line($0, weights: "w")))
    } failed: { _, error in
      Issue.record(error)
    }
    let line = try #require(lines.first)
    let keys = try #require(
      try JSONSerialization.jsonObject(with: line) as? [String: Any]
    ).keys
    let help = PredictCommand.helpMessage(columns: 400)
    let named = try #require(help.firstMatch(of: /on standard output: ([a-z, ]+)\./)).1
    #expect(keys.sorted() == named.split(separator: ", ").map(String.init).sorted())
  }
}
