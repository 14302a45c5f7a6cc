import Foundation
import Project
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

  private static func collect(_ run: Run) async -> [Training.Progress] {
    var events: [Training.Progress] = []
    for await event in run.progress { events.append(event) }
    return events
  }

  /// Runs on this thread, told to stop right after a step.
  private static func stopped(
    _ order: SimulatedRun, in folder: URL, after step: Int, _ stop: RunStop
  ) throws -> (events: [Training.Progress], folder: RunFolder) {
    let files = RunFolder(id: folder.lastPathComponent, url: folder)
    let control = RunControl()
    var events: [Training.Progress] = []
    let session = RunSession(folder: files, control: control) { event in
      events.append(event)
      if case .step(let record) = event, record.step == step { control.stop(after: stop) }
    }
    try session.run(order, network: ToyNetwork())
    return (events, files)
  }

  private static func start(_ order: SimulatedRun, in folder: URL) -> Run {
    Run.start(order, network: ToyNetwork(), folder: folder)
  }

  private static func losses(_ events: [Training.Progress]) -> [Double] {
    events.compactMap { if case .step(let record) = $0 { record.loss } else { nil } }
  }

  @Test func `a pretraining reports its steps and validations and leaves its files`() async throws {
    try await TestCrops.withFolder { folder in
      let run = Self.start(Self.order(), in: folder)
      let events = await Self.collect(run)
      guard case .started(let summary) = events.first, case .finished(let outcome) = events.last
      else {
        Issue.record("\(events)")
        return
      }
      #expect(summary.length.stepsPerEpoch == 10 && summary.recipe.epochs == 3)
      #expect(summary.recipe.size == 24)
      #expect(Self.losses(events).count == 24)
      let validations = events.compactMap {
        if case .validated(let record) = $0 { record } else { nil }
      }
      #expect(validations.map(\.step) == [10, 20, 24])
      #expect(validations.allSatisfy { $0.real.map(\.name) == ["discs"] })
      #expect(validations.allSatisfy { (0...1).contains($0.simulatedIoU) })
      let rows = try String(contentsOf: run.folder.validationFile, encoding: .utf8)
        .split(separator: "\n")
      #expect(
        rows.first
          == "step,images,learning_rate,train_loss,simulated_loss,simulated_iou,discs_iou")
      #expect(rows.count == 4)
      #expect(try run.folder.history().map(\.epoch) == [1, 2, 3])
      #expect(try run.folder.recipe() == summary.recipe)
      #expect(try run.folder.pretrainingSettings() == Self.order().settings)
      let weights = try Safetensors.read(from: run.folder.weightsFile)
      #expect(WeightsNote(weights.metadata)?.size == 24)
      #expect(outcome.weights == run.folder.weightsFile && !outcome.wasStopped)
      #expect(!FileManager.default.fileExists(atPath: run.folder.checkpointFile.path))

      let again = await Self.collect(Self.start(Self.order(resumes: true), in: folder))
      #expect(again == [.failed(.checkpoint(.finished))])
    }
  }

  @Test(arguments: [3, 10, 17])
  func `stopped between or at validations, it resumes to the weights of an unbroken one`(
    step: Int
  ) async throws {
    try await TestCrops.withFolder { folder in
      let (a, b) = (folder.appending(path: "a"), folder.appending(path: "b"))
      let whole = await Self.collect(Self.start(Self.order(), in: a))
      let (first, broken) = try Self.stopped(Self.order(), in: b, after: step, .now)
      guard case .finished(let outcome) = first.last else {
        Issue.record("\(first)")
        return
      }
      #expect(outcome.wasStopped && outcome.weights != nil)
      #expect(Self.losses(first).count == step)
      #expect(FileManager.default.fileExists(atPath: broken.checkpointFile.path))
      let resumed = Self.start(Self.order(resumes: true), in: b)
      let rest = await Self.collect(resumed)
      #expect(Self.losses(first) + Self.losses(rest) == Self.losses(whole))
      let weights = try Safetensors.read(from: resumed.folder.weightsFile)
      #expect(
        try Safetensors.read(from: RunFolder(id: "a", url: a).weightsFile) == weights)
      let table = try String(contentsOf: resumed.folder.validationFile, encoding: .utf8)
      #expect(
        try String(contentsOf: RunFolder(id: "a", url: a).validationFile, encoding: .utf8) == table)
    }
  }

  @Test func `stop after the epoch waits for the validation`() async throws {
    try await TestCrops.withFolder { folder in
      let (events, files) = try Self.stopped(Self.order(), in: folder, after: 3, .epoch)
      #expect(Self.losses(events).count == 10)
      #expect(try files.history().count == 1)
      #expect(FileManager.default.fileExists(atPath: files.checkpointFile.path))
    }
  }

  @Test func `real images change nothing in what is learned`() async throws {
    try await TestCrops.withFolder { folder in
      var without = Self.order()
      without.real = []
      let with = await Self.collect(Self.start(Self.order(), in: folder.appending(path: "a")))
      let none = await Self.collect(Self.start(without, in: folder.appending(path: "b")))
      #expect(Self.losses(with) == Self.losses(none))
    }
  }

  @Test func `a checkpoint of a training, none at all and other settings are one clear line`()
    async throws
  {
    try await TestCrops.withFolder { folder in
      let none = await Self.collect(Self.start(Self.order(resumes: true), in: folder))
      guard case .failed(.checkpoint) = none.last else {
        Issue.record("\(none)")
        return
      }
      _ = try Self.stopped(Self.order(), in: folder, after: 3, .now)
      let other = await Self.collect(
        Self.start(Self.order(resumes: true) { $0.steps = 30 }, in: folder))
      #expect(other == [.failed(.checkpoint(.otherSettings))])
      let bad = await Self.collect(Self.start(Self.order { $0.sizes = [] }, in: folder))
      guard case .failed(.settings(let error)) = bad.last else {
        Issue.record("\(bad)")
        return
      }
      #expect(error.description.contains("sizes"))
    }
  }
}
