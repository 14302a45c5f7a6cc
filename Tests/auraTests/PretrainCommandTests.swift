import ArgumentParser
import Recipes
import Testing

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
}
