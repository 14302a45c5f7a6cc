import Foundation
@testable import Project
import Recipes
import Testing
import Weights

@testable import Training

struct SimulatedRunTests {
  private static let real = ValidationSet(
    name: "discs", crops: (0..<3).map { TestCrops.crop($0, side: 32) })

  private static func order(
    resumes: Bool = false, _ change: (inout PretrainingSettings) -> Void = { _ in }
  ) -> SimulatedRun {
    SimulatedRun(
      settings: ToyLoop.settings(change), real: [real], resumes: resumes, threads: 1)
  }

  /// Runs, told to stop right after a step.
  private static func stopped(
    _ order: SimulatedRun, in folder: URL, after step: Int, _ stop: RunStop
  ) -> ToyRun {
    ToyRun(order, in: folder) { event, control in
      if case .step(let record) = event, record.step == step { control.stop(after: stop) }
    }
  }

  @Test func `a pretraining reports its steps and validations and leaves its files`() throws {
    try TestCrops.withFolder { folder in
      let run = ToyRun(Self.order(), in: folder)
      let files = RunFolder(id: "run", url: folder)
      let (summary, outcome) = (try #require(run.plan), try #require(run.outcome))
      #expect(summary.length.stepsPerEpoch == 10 && summary.recipe.epochs == 3)
      #expect(summary.recipe.size == 24)
      #expect(run.losses.count == 24)
      let validations = run.validations
      #expect(validations.map(\.step) == [10, 20, 24])
      #expect(validations.allSatisfy { $0.real.map(\.name) == ["discs"] })
      #expect(validations.allSatisfy { (0...1).contains($0.simulatedIoU) })
      let rows = try String(contentsOf: files.validationFile, encoding: .utf8)
        .split(separator: "\n")
      #expect(
        rows.first
          == "step,images,learning_rate,train_loss,simulated_loss,simulated_iou,discs_iou")
      #expect(rows.count == 4)
      #expect(try files.history().map(\.epoch) == [1, 2, 3])
      #expect(try files.recipe() == summary.recipe)
      #expect(try files.pretrainingSettings() == Self.order().settings)
      let weights = try Safetensors.read(from: files.weightsFile)
      #expect(WeightsNote(weights.metadata)?.size == 24)
      #expect(outcome.weights == files.weightsFile && !outcome.wasStopped)
      #expect(!FileManager.default.fileExists(atPath: files.checkpointFile.path))

      #expect(ToyRun(Self.order(resumes: true), in: folder).outcome?.epochs == 3)
      #expect(try Safetensors.read(from: files.weightsFile) == weights)
    }
  }

  @Test(arguments: [3, 10, 17])
  func `stopped between or at validations, it resumes to the weights of an unbroken one`(
    step: Int
  ) throws {
    try TestCrops.withFolder { folder in
      let unbroken = RunFolder(id: "a", url: folder.appending(path: "a"))
      let broken = RunFolder(id: "b", url: folder.appending(path: "b"))
      let whole = ToyRun(Self.order(), in: unbroken.url)
      let first = Self.stopped(Self.order(), in: broken.url, after: step, .now)
      let outcome = try #require(first.outcome)
      #expect(outcome.wasStopped && outcome.weights != nil)
      #expect(first.losses.count == step)
      #expect(FileManager.default.fileExists(atPath: broken.checkpointFile.path))
      let rest = ToyRun(Self.order(resumes: true), in: broken.url)
      #expect(first.losses + rest.losses == whole.losses)
      let weights = try Safetensors.read(from: broken.weightsFile)
      #expect(try Safetensors.read(from: unbroken.weightsFile) == weights)
      let table = try String(contentsOf: broken.validationFile, encoding: .utf8)
      #expect(try String(contentsOf: unbroken.validationFile, encoding: .utf8) == table)
    }
  }

  @Test func `stop after the epoch waits for the validation`() throws {
    try TestCrops.withFolder { folder in
      let run = Self.stopped(Self.order(), in: folder, after: 3, .epoch)
      let files = RunFolder(id: "run", url: folder)
      #expect(run.losses.count == 10)
      let history = try files.history()
      #expect(history.count == 1)
      #expect(FileManager.default.fileExists(atPath: files.checkpointFile.path))
    }
  }

  @Test func `real images change nothing in what is learned`() throws {
    try TestCrops.withFolder { folder in
      var without = Self.order()
      without.real = []
      let with = ToyRun(Self.order(), in: folder.appending(path: "a"))
      let none = ToyRun(without, in: folder.appending(path: "b"))
      #expect(with.losses == none.losses)
    }
  }

  @Test func `a checkpoint of other settings, and settings that cannot be, are one clear line`()
    throws
  {
    try TestCrops.withFolder { folder in
      _ = Self.stopped(Self.order(), in: folder, after: 3, .now)
      let other = ToyRun(Self.order(resumes: true) { $0.steps = 30 }, in: folder)
      #expect(other.error == .checkpoint(.otherSettings))
      let bad = ToyRun(Self.order { $0.sizes = [] }, in: folder.appending(path: "bad"))
      #expect(bad.error?.description.contains("sizes") == true)
    }
  }
}
