import ArgumentParser
import Foundation
import Imaging
import Networks
import Project
import Recipes
import Screen
import Testing
import Training
import Workflows

@testable import aura

struct CommandTreeTests {
  @Test(arguments: [
    "open", "train", "pretrain", "predict", "evaluate", "export", "weights", "simulate", "augment",
    "import", "split", "info", "runs", "check", "size", "suggest", "accept",
  ])
  func `every command's help shows an example of itself`(name: String) throws {
    let command = try #require(
      Aura.configuration.subcommands.first { $0.configuration.commandName == name })
    let help = Aura.helpMessage(for: command, columns: 80)
    #expect(help.contains(name == "open" ? "aura my-cells/" : "aura \(name)"))
  }

  @Test(arguments: [1, 2, 3, 10, 11, 40, 41, 99, 500])
  func `the help of train says what holds where a whole network's weights are gone on from`(
    labels: Int
  ) throws {
    var recipe = Recipe()
    recipe.adapt(toFewLabels: labels)
    let help = Aura.helpMessage(for: TrainCommand.self, columns: 80)
    func cell(_ option: String) -> String {
      let row = help.split(separator: "\n").first { $0.hasPrefix("  \(option)  ") } ?? ""
      let cells = row.replacing(#/ {2,}/#, with: "|").split(separator: "|")
      let column = labels <= 10 ? 1 : labels <= 40 ? 2 : 3
      return cells.count == 4 ? String(cells[column]) : ""
    }
    if labels > 40 {
      #expect(cell("--steps") == "10 a label, at most 1000")
      #expect(recipe.steps == min(10 * labels, 1_000))
    } else {
      #expect(Int(cell("--steps")) == recipe.steps)
    }
    if labels <= 10 {
      #expect(cell("--batch") == "the labels, 2 to 4")
      #expect(recipe.batch == min(max(2, labels), 4))
    } else {
      #expect(Int(cell("--batch")) == recipe.batch)
    }
    #expect(Double(cell("--learning-rate")) == recipe.learningRate)
    #expect(Double(cell("--validation")) == recipe.validation)
    #expect(cell("--keep") == recipe.keep.rawValue)
    #expect(try Recipe.Augmentation(cell("--augmentation")) == recipe.augmentation)
    #expect(cell("--batch-norm") == recipe.optimisation.batchNorm.rawValue)
    #expect(cell("--schedule") == recipe.optimisation.schedule.rawValue)
    #expect(Int(cell("--warmup")) == recipe.optimisation.warmup)
    // The defaults that are changed are marked where they stand.
    let words = help.replacing(/\s+/, with: " ")
    for value in ["100", "4", "0.0003", "0.2", "best", "standard", "train", "constant", "0"] {
      #expect(words.contains("(default: \(value) *"), "\(value)")
    }
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
    ["train", "x", "--augmentation", "rotate"], ["augment", "x"],
    ["augment", "x", "--sheet", "y", "--variants", "0"],
    ["train", "x", "--resume"], ["train", "x", "--network", "resnet"],
    ["evaluate", "x"], ["evaluate", "x", "--weights", "a", "--predictions", "b"],
    ["predict", "x", "-o", "y", "--weights", "none"], ["evaluate", "x", "--weights", "none"],
    ["predict", "x", "-o", "y", "--weights", "simulated-encoder"],
    ["evaluate", "x", "--weights", "simulated-encoder"],
    ["accept", "x"], ["accept", "x", "--above", "0"], ["accept", "x", "--above", "80"],
    ["accept", "x", "--undo", "--above", "0.8"], ["accept", "x", "--undo", "--dry-run"],
    ["export", "x"], ["measure", "x"], ["simulate", "x", "--count", "0"], ["predict", "x"],
    ["simulate", "--sheet", "x", "--labels"], ["simulate", "x", "--variety", "dense"],
    ["suggest", "x", "--count", "0"], ["suggest", "x", "--order", "best"],
    ["suggest", "x", "--size", "63"], ["suggest"],
    ["--threads", "0"], ["--color", "7"], ["--mask-polarity", "grey"],
    ["--mask-values", "cell=x"], ["--mask-values", "white", "--mask-polarity", "black"],
    ["predict", "x", "--network", "resnet", "--weights", "a", "-o", "b"],
    ["weights", "onnx", "x"], ["weights", "onnx", "none", "-o", "y"],
    ["weights", "onnx", "simulated-encoder", "-o", "y"],
    ["weights", "onnx", "x", "-o", "y", "--title", "a/b/c"],
    ["weights", "onnx", "x", "-o", "y", "--license", "my own"],
    ["weights", "onnx", "x", "-o", "y", "--size", "63"],
  ])
  func `wrong usage ends with 64 before anything is read`(arguments: [String]) throws {
    let error = #expect(throws: (any Error).self) { try Aura.parseAsRoot(arguments) }
    #expect(Aura.exitCode(for: try #require(error)) == .validationFailure)
  }

  @Test(
    arguments: [
      "--size": ["0", "-64", "63", "16385", "9223372036854775807"],
      "--epochs": ["0", "-1", "9223372036854775807"], "--batch": ["0", "-1", "257"],
      "--learning-rate": ["0", "-1", "nan", "inf"], "--validation": ["-0.1", "1", "nan"],
      "--alpha": ["-1", "nan", "inf"], "--beta": ["-1", "nan"], "--gamma": ["-1", "nan"],
      "--lambda": ["-1", "nan", "inf"], "--epsilon": ["0", "-1e-8", "nan", "inf"],
      "--threads": ["0", "-1", "9223372036854775807"], "--seed": ["-1", "0.5"],
    ])
  func `a number that makes no sense is wrong usage`(option: String, values: [String]) throws {
    for value in values {
      // One argument, as a shell gives it where the value begins with a dash.
      try expectWrongUsage(["train", "x", "\(option)=\(value)"])
      if option == "--size" || option == "--threads" {
        let setting = "\(option)=\(value)"
        try expectWrongUsage(["predict", "x", "--weights", "a", "-o", "b", setting])
        try expectWrongUsage(["evaluate", "x", "--weights", "a", setting])
      }
    }
    try expectWrongUsage(["train", "x", "--size=4160"])
    for value in ["-1", "100001"] { try expectWrongUsage(["simulate", "x", "--count=\(value)"]) }
    try expectWrongUsage(["simulate", "x", "--labelled=-1"])
    try expectWrongUsage(["train", "x", "--steps", "5", "--epochs", "5"])
    try expectWrongUsage(["predict", "x", "--weights=w", "-o", "y", "--calibrate=1.5"])
    for command in [["predict", "x", "--weights=w", "-o", "y"], ["open", "x"]] {
      try expectWrongUsage(command + ["--percentiles=99,1"])
    }
    try expectWrongUsage(["evaluate", "x", "--predictions=p", "--calibrate=1"])
    for option in [
      "steps=0", "warmup=-1", "encoder-rate=-1", "layer-decay=0", "ema=1", "simulated-share=1",
      "batch-norm=none",
    ] {
      try expectWrongUsage(["train", "x", "--\(option)"])
    }
    try expectWrongUsage(["simulate", "x", "--size=9223372036854775807"])
  }

  @Test(arguments: ["train", "pretrain", "predict", "evaluate", "bench"])
  func `the help of --network lists every network`(name: String) throws {
    let command = try #require(
      Aura.configuration.subcommands.first { $0.configuration.commandName == name })
    let help = Aura.helpMessage(for: command, columns: 120)
    for network in Architecture.allCases { #expect(help.contains(network.rawValue)) }
  }

  @Test func `a size that CE-Net cannot work at is wrong usage, and the least one is named`() throws
  {
    try expectWrongUsage(["train", "x", "--network", "ce-net", "--size", "160"])
    try expectWrongUsage(["bench", "--network", "ce-net", "--size", "160"])
    let error = #expect(throws: (any Error).self) {
      try Aura.parseAsRoot(["train", "x", "--network", "ce-net", "--size", "128"])
    }
    let message = Aura.message(for: try #require(error))
    #expect(message.contains("a multiple of 32 from 192 on, such as 192"), "\(message)")
    let train = try Aura.parseAsRoot(["train", "x", "--network", "ce-net", "--size", "224"])
    #expect(try (train as? TrainCommand)?.recipe.recipe(over: .init()).architecture == .ceNet)
  }

  @Test func `the workbench is told where the project is and which pixels are cell`() throws {
    let command = try Aura.parseAsRoot(["x", "--project", "work", "--mask-polarity", "black"])
    let open = try #require(command as? OpenCommand)
    #expect(open.project.project == "work")
    #expect(open.masks.values == .black)
  }

  private func expectWrongUsage(
    _ arguments: [String], sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let error = #expect(throws: (any Error).self, "\(arguments)", sourceLocation: sourceLocation) {
      try Aura.parseAsRoot(arguments)
    }
    guard let error else { return }
    #expect(
      Aura.exitCode(for: error) == .validationFailure, "\(arguments)",
      sourceLocation: sourceLocation)
  }

  @Test func `what is not given keeps its value`() throws {
    let command = try Aura.parseAsRoot(
      [
        "train", "x", "--network", "unet", "--size", "160", "--lambda", "4", "--augmentation",
        "none",
        "--schedule", "cosine", "--encoder-rate", "0.1",
      ])
    let train = try #require(command as? TrainCommand)
    let recipe = try train.recipe.recipe(over: .init())
    #expect(recipe.architecture == .unet)
    #expect(recipe.size == 160)
    #expect(recipe.loss.lambda == 4)
    #expect(recipe.augmentation == .none)
    #expect(recipe.batch == 4)
    #expect(recipe.epochs == 100)
    #expect(recipe.optimisation.schedule == .cosine)
    #expect(recipe.optimisation.warmup == 0)
    #expect(recipe.steps == nil)
    let steps = try Aura.parseAsRoot(["train", "x", "--steps", "90"]) as? TrainCommand
    let counted = try #require(steps).recipe.recipe(over: .init())
    #expect(counted.steps == 90)
    #expect(try train.recipe.recipe(over: counted).steps == 90)
    let epochs = try Aura.parseAsRoot(["train", "x", "--epochs", "9"]) as? TrainCommand
    #expect(try #require(epochs).recipe.recipe(over: counted).steps == nil)
    #expect(recipe.optimisation.encoderRate == 0.1)
  }

  @Test func `options change what a recipe says, and a run goes on with its own`() throws {
    let command = try Aura.parseAsRoot(["train", "x", "--recipe", "unet+ac", "--lambda", "3"])
    let train = try #require(command as? TrainCommand)
    let changed = try train.recipe.recipe(over: try #require(train.source).recipe())
    #expect(changed.loss.lambda == 3 && changed.loss.gamma == 0.25 && changed.architecture == .unet)
    #expect(throws: (any Error).self) {
      try Aura.parseAsRoot(["train", "x", "-o", "run", "--resume", "--recipe", "unet"])
    }
  }

  @Test func `train asks for the paper's pace, and for no more than was given`() throws {
    let plain = try #require(try Aura.parseAsRoot(["train", "x"]) as? TrainCommand).wish()
    #expect(plain.weights == nil && !plain.asksForWarmup)
    guard case .paper = plain.pace, case .usual = plain.settings else {
      Issue.record("\(plain)")
      return
    }
    let options = [
      "--weights", "none", "--warmup", "10", "--network", "unet", "--recipe", "unet+ac",
    ]
    let given = try #require(try Aura.parseAsRoot(["train", "x"] + options) as? TrainCommand).wish()
    #expect(given.weights == .random && given.asksForWarmup)
    #expect(try given.change(Recipe()).architecture == .unet)
    guard case .named(let recipe) = given.settings else {
      Issue.record("\(given)")
      return
    }
    #expect(recipe.loss.gamma == 0.25)
  }

  @Test func `the help of train and of the workbench says where they differ`() {
    for command in [TrainCommand.helpMessage(columns: 200), OpenCommand.helpMessage(columns: 200)] {
      #expect(command.contains("from random weights") && command.contains("minutes"))
    }
  }

  @Test func `no message names a command that does not exist`() throws {
    let text = ProjectError.unknownImage("x").description
    let name = String(try #require(text.firstMatch(of: /`aura ([a-z]+) PATH`/)).1)
    #expect(try Aura.parseAsRoot([name, "cells"]) is InfoCommand)
  }

  @Test func `the help of --json names what is told`() {
    #expect(
      PredictCommand.helpMessage(columns: 400)
        .contains(
          "output: image, mask, uncertainty, quality (estimated IoU), share, cells, size, weights.")
    )
    #expect(CompareCommand.helpMessage(columns: 200).contains("failed, finished."))
  }

  @Test(arguments: ["train", "evaluate", "predict", "export"])
  func `where the project is kept is told to`(name: String) throws {
    let needed = ["evaluate": ["--weights", "x"], "predict": ["--weights", "x", "-o", "y"]]
    let command = try Aura.parseAsRoot(
      [name, "cells", "--project", "/work"] + (needed[name] ?? ["-o", "y"]))
    let options =
      switch command {
      case let command as TrainCommand: command.project
      case let command as EvaluateCommand: command.project
      case let command as PredictCommand: command.project
      case let command as ExportCommand: command.project
      default: ProjectOptions()
      }
    #expect(options.url?.path == "/work")
  }

  @Test(arguments: [
    ["split", "x", "-o", "y"], ["split", "x", "-o", "y", "--test", "0"],
    ["split", "x", "-o", "y", "--test", "0.3", "--folds", "3"],
    ["split", "x", "-o", "y", "--folds", "1"], ["split", "x", "--test", "0.3"],
    ["split", "x", "-o", "y", "--test", "0.3", "--validation", "1"],
    ["import", "ctc", "x", "y", "--truth", "bronze"], ["import", "masks", "x"],
  ])
  func `a split and an import are refused before anything is read`(arguments: [String]) throws {
    try expectWrongUsage(arguments)
  }
}
