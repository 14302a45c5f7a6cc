import ArgumentParser
import Project
import Screen
import Testing

@testable import aura

struct CommandTreeTests {
  @Test(arguments: ["open", "train", "predict", "evaluate", "export", "simulate", "info"])
  func `every command's help shows an example of itself`(name: String) throws {
    let command = try #require(
      Aura.configuration.subcommands.first { $0.configuration.commandName == name })
    let help = Aura.helpMessage(for: command, columns: 80)
    #expect(help.contains(name == "open" ? "aura my-cells/" : "aura \(name)"))
  }

  @Test func `a path alone opens the workbench`() throws {
    let command = try Aura.parseAsRoot(["my-cells", "--color", "256"])
    let open = try #require(command as? OpenCommand)
    #expect(open.path == "my-cells")
    #expect(open.screen.color.depth == .palette256)
  }

  @Test(arguments: [
    ["train", "x", "--size", "32"], ["train", "x", "--size", "100", "--network", "unet"],
    ["train", "x", "--epochs", "0"],
    ["train", "x", "--validation", "1"], ["train", "x", "--learning-rate", "0"],
    ["train", "x", "--resume"], ["train", "x", "--network", "resnet"],
    ["evaluate", "x"], ["evaluate", "x", "--weights", "a", "--predictions", "b"],
    ["export", "x"], ["simulate", "x", "--count", "0"], ["predict", "x"],
    ["--threads", "0"], ["--color", "7"],
  ])
  func `wrong usage ends with 64 before anything is read`(arguments: [String]) throws {
    let error = #expect(throws: (any Error).self) { try Aura.parseAsRoot(arguments) }
    #expect(Aura.exitCode(for: try #require(error)) == .validationFailure)
  }

  @Test func `what is not given keeps its value`() throws {
    let command = try Aura.parseAsRoot(
      ["train", "x", "--network", "unet", "--size", "160", "--lambda", "4", "--no-augment"])
    let train = try #require(command as? TrainCommand)
    let recipe = train.recipe.recipe(over: .init())
    #expect(recipe.architecture == "unet")
    #expect(recipe.size == 160)
    #expect(recipe.lambda == 4)
    #expect(!recipe.augments)
    #expect(recipe.batch == 4)
    #expect(recipe.epochs == 100)
  }
}
