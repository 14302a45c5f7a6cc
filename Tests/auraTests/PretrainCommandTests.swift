import ArgumentParser
import Console
import Foundation
import Imaging
import Project
import Recipes
import TestSupport
import Testing
import Training
import WorkflowTesting
import Workflows

@testable import aura

struct PretrainCommandTests {
  private static func parse(_ arguments: [String]) throws -> PretrainCommand {
    try #require(try Aura.parseAsRoot(["pretrain"] + arguments) as? PretrainCommand)
  }

  @Test func `what is given counts before what the run began with, and that before the defaults`()
    throws
  {
    var begun = PretrainingSettings()
    (begun.steps, begun.warmup, begun.recipe.seed) = (700, 70, 9)
    let command = try Self.parse(
      ["out", "--sizes", "64,128", "--ema", "0.99", "--learning-rate", "2e-3", "--lambda", "4"])
    let resumed = try command.options.settings(over: begun)
    #expect(resumed.steps == 700 && resumed.warmup == 70 && resumed.recipe.seed == 9)
    #expect(resumed.sizes == [64, 128] && resumed.averaging == 0.99)
    #expect(resumed.recipe.learningRate == 2e-3 && resumed.recipe.loss.lambda == 4)
    let fresh = try command.options.settings(over: nil)
    #expect(fresh.steps == 20_000 && fresh.warmup == 500 && fresh.recipe.batch == 8)
    let short = try Self.parse(["out", "--steps", "100"]).options.settings(over: nil)
    #expect(short.warmup == 10)
  }

  @Test(arguments: [
    ["--steps", "0"], ["--batch", "1"], ["--sizes", "128,"], ["--sizes", "128,128"],
    ["--sizes", "100"], ["--sizes", "32"], ["--sizes", "128", "--network", "ce-net"],
    ["--learning-rate", "0"], ["--learning-rate", "nan"], ["--warmup=-1"], ["--ema", "1"],
    ["--ema", "nan"], ["--validate-every", "0"], ["--checkpoint-every", "0"], ["--real", "x"],
    ["--real", "a:b:c:d"], ["--real", ":b"], ["--watch", "--json"], ["--alpha", "nan"],
    ["--real", "a/images:m", "--real", "b/../a/images:n"],
  ])
  func `wrong usage ends with 64 before anything is read`(arguments: [String]) throws {
    let error = #expect(throws: (any Error).self) { try Self.parse(["out"] + arguments) }
    #expect(Aura.exitCode(for: try #require(error)) == .validationFailure)
  }

  @Test(arguments: ["8", "2048", "128,,192", "128,128", "x"])
  func `sizes that cannot be are answered with those that can`(sizes: String) throws {
    let error = #expect(throws: (any Error).self) { try Self.parse(["out", "--sizes", sizes]) }
    let message = Aura.message(for: try #require(error))
    #expect(message.contains("'\(sizes)'"), "\(message)")
    #expect(message.contains("16 to 1024"), "\(message)")
  }

  @Test func `a real set is called after its split, its folder or the one around it`() {
    #expect(RealSet(argument: "data/cells/images:m")?.name == "cells")
    #expect(RealSet(argument: "data/cells/RawImages/:m")?.name == "cells")
    #expect(RealSet(argument: "data/cells:m")?.name == "cells")
    #expect(RealSet(argument: "data/cells:m:splits/usii.csv")?.name == "usii")
  }

  @Test func `a real set leaves out the images for testing`() throws {
    let folder = try TestFolder()
    for name in ["a", "b", "c"] {
      try folder.image("images/\(name).png")
      try folder.mask("masks/\(name).png", area: 5)
    }
    try folder.write(
      Data("image,split\na.png,train\nb.png,test\nc.png,validation\n".utf8), to: "s.csv")
    let set = try #require(
      RealSet(
        argument: "\(folder.path("images")):\(folder.path("masks")):\(folder.path("s.csv"))"))
    let read = try set.read(polarity: nil)
    #expect(read.name == "s" && read.count == 2)
    let missing = try #require(RealSet(argument: "\(folder.path("no")):\(folder.path("masks"))"))
    #expect(throws: WorkflowError.self) { try missing.read(polarity: nil) }
  }

  @Test func `a folder that holds a run, and one that holds none to go on with, are refused`()
    throws
  {
    let folder = try TestFolder()
    let missing = #expect(throws: Failure.self) {
      try Shell.run(["pretrain", folder.path("none"), "--resume"])
    }
    #expect(missing?.status == .missingInput)
    try folder.write(Data("x".utf8), to: "best.safetensors")
    let taken = #expect(throws: Failure.self) { try Shell.run(["pretrain", folder.url.path]) }
    #expect(taken?.status == .cannotCreate)
  }
}
