import Foundation
import Imaging
import Project
import Recipes
import Testing
import Weights

@testable import Training

struct LabelledRunTests {
  private static func order(labels: Int = 6, epochs: Int = 4) -> LabelledRun {
    var recipe = Recipe()
    recipe.size = 16
    recipe.epochs = epochs
    recipe.learningRate = 0.01
    return LabelledRun(
      recipe: recipe, samples: (0..<labels).map { TestCrops.cropped($0) }, start: nil, threads: 1)
  }

  @Test func `a run of so many steps ends after them, with few reports`() throws {
    try TestCrops.withFolder { folder in
      var order = Self.order()
      order.recipe.steps = 65
      let run = ToyRun(order, in: folder)
      let (steps, epochs) = (run.steps, run.epochs)
      #expect(steps.map(\.step) == Array(1...65))
      // Two passes of two steps each, and one step at the end.
      #expect(epochs.map(\.epoch) == Array(1...17))
      #expect(steps.map(\.epoch) == (1...65).map { ($0 - 1) / 4 + 1 })
      #expect(epochs.allSatisfy { $0.validationLoss != nil && $0.imagesPerSecond > 0 })
      let outcome = try #require(run.outcome)
      #expect(run.events.last == .finished(outcome))
      #expect(outcome.epochs == 17 && !outcome.wasStopped)

      order.resumes = true
      let again = ToyRun(order, in: folder)
      let note = RunFolder(id: "", url: folder).trainedNote
      #expect(again.events == [.notice(note), .finished(try #require(again.outcome))])
      #expect(again.outcome?.weights == outcome.weights && again.outcome?.wasStopped == false)
    }
  }

  @Test func `a run reports its steps and epochs and leaves its files`() throws {
    try TestCrops.withFolder { folder in
      let order = Self.order()
      let run = ToyRun(order, in: folder)
      let (summary, outcome) = (try #require(run.plan), try #require(run.outcome))
      #expect(summary.training.count == 5 && summary.validation.count == 1)
      #expect(summary.length == RunLength(steps: 8, stepsPerEpoch: 2))
      let (steps, epochs) = (run.steps, run.epochs)
      #expect(steps.map(\.step) == Array(1...8))
      #expect(steps.map(\.epoch) == [1, 1, 2, 2, 3, 3, 4, 4])
      #expect(epochs.map(\.epoch) == [1, 2, 3, 4])
      #expect(epochs.allSatisfy { $0.validationLoss != nil && $0.imagesPerSecond > 0 })

      let files = RunFolder(id: "run", url: folder)
      #expect(try files.recipe() == order.recipe)
      #expect(try files.history() == epochs)
      #expect(try files.split().parts.values.filter { $0 == .validation }.count == 1)
      let weights = try Safetensors.read(from: files.weightsFile)
      #expect(WeightsNote(weights.metadata)?.size == 16)
      #expect(WeightsNote(weights.metadata)?.epoch == outcome.bestEpoch)
      let lowest = epochs.compactMap(\.validationLoss).min()
      #expect(epochs.first { $0.validationLoss == lowest }?.epoch == outcome.bestEpoch)
      #expect(outcome.weights == files.weightsFile && !outcome.wasStopped && outcome.epochs == 4)
      #expect(!FileManager.default.fileExists(atPath: files.checkpointFile.path))

      var again = order
      again.resumes = true
      #expect(ToyRun(again, in: folder).outcome?.epochs == 4)
      #expect(try Safetensors.read(from: files.weightsFile) == weights)
      #expect(try files.history() == epochs)
    }
  }

  @Test(arguments: [RunStop.now, .epoch])
  func `a stopped run resumes to the weights of an unbroken one`(stop: RunStop) throws {
    try TestCrops.withFolder { folder in
      var order = Self.order(labels: 9, epochs: 6)
      let unbroken = RunFolder(id: "a", url: folder.appending(path: "a"))
      let broken = RunFolder(id: "b", url: folder.appending(path: "b"))
      let whole = ToyRun(order, in: unbroken.url)
      let first = ToyRun(order, in: broken.url) { event, control in
        if case .step(let record) = event, record.step == 3 { control.stop(after: stop) }
      }
      #expect(first.outcome?.weights == broken.weightsFile)
      order.resumes = true
      let rest = ToyRun(order, in: broken.url)

      #expect(first.losses + rest.losses == whole.losses)
      let weights = try Safetensors.read(from: broken.weightsFile)
      #expect(try Safetensors.read(from: unbroken.weightsFile) == weights)
      let history = try broken.history().map(\.trainLoss)
      #expect(try unbroken.history().map(\.trainLoss) == history)
    }
  }

  @Test func `a run that is told to stop before its first step leaves no weights`() throws {
    try TestCrops.withFolder { folder in
      let run = ToyRun(Self.order(), in: folder) { event, control in
        if case .started = event { control.stop(after: .now) }
      }
      let outcome = try #require(run.outcome)
      #expect(outcome.weights == nil && outcome.wasStopped && outcome.epochs == 0)
      #expect(
        !FileManager.default.fileExists(atPath: folder.appending(path: "weights.safetensors").path))
    }
  }

  @Test func `a paused run waits between batches until it is resumed`() throws {
    try TestCrops.withFolder { folder in
      let run = ToyRun(Self.order(), in: folder) { event, control in
        if case .step(let record) = event, record.step == 2 { control.setPaused(true) }
        if event == .paused { control.setPaused(false) }
      }
      let place = try #require(run.events.firstIndex(of: .paused))
      #expect(run.events[place + 1] == .resumed)
      #expect(run.events[..<place].contains(.step(run.steps[1])))
      #expect(run.events[place...].contains(.step(run.steps[2])))
      #expect(run.outcome?.epochs == 4)
    }
  }

  @Test func `stopping at once ends a pause`() throws {
    try TestCrops.withFolder { folder in
      let run = ToyRun(Self.order(), in: folder) { event, control in
        if case .started = event { control.setPaused(true) }
        if event == .paused { control.stop(after: .now) }
      }
      #expect(run.events.contains(.paused) && run.events.contains(.resumed))
      #expect(run.outcome?.wasStopped == true)
    }
  }

  @Test func `a run without samples or with a size that its network cannot take says so`() throws {
    try TestCrops.withFolder { folder in
      var order = Self.order()
      order.samples = []
      #expect(ToyRun(order, in: folder).error == .settings(.noLabels))
      order.recipe.size = 100
      let recipe = order.recipe
      let unknown = ToyRun {
        Run.start(
          recipe: recipe, crops: [TestCrops.cropped(0)], start: nil, folder: folder, threads: 1,
          onEvent: $0)
      }
      #expect(unknown.error == .settings(.size(100, .auraNet)))
    }
  }

  @Test func `a folder that cannot be made fails with its name`() throws {
    try TestCrops.withFolder { folder in
      try Data().write(to: folder)
      let run = ToyRun(Self.order(), in: folder.appending(path: "run"))
      guard case .file(let error)? = run.error else {
        Issue.record("\(run.events)")
        return
      }
      #expect(error.description.contains(folder.lastPathComponent))
    }
  }

  @Test func `a run that breaks down keeps the weights of its last checkpoint`() throws {
    try TestCrops.withFolder { folder in
      var order = Self.order(labels: 2, epochs: 100_000)
      let files = RunFolder(id: "run", url: folder)
      let stopping = { @Sendable (event: RunEvent, control: RunControl) in
        if case .step = event { control.stop(after: .now) }
      }
      _ = ToyRun(order, in: folder, acting: stopping)
      // The same run, at a rate that no numbers survive.
      order.recipe.learningRate = 1e38
      var checkpoint = try Checkpoint.read(from: files.checkpointFile)
      guard case .training(_, let samples) = checkpoint.settings else {
        Issue.record("\(checkpoint.settings)")
        return
      }
      checkpoint.settings = .training(order.recipe, samples: samples)
      try files.writeCheckpoint(Safetensors.sealedPieces(of: try checkpoint.stateDict()))
      try FileManager.default.removeItem(at: files.weightsFile)

      order.resumes = true
      let error = try #require(ToyRun(order, in: folder).error)
      #expect(error.description.contains("step 2"))
      #expect(error.description.contains("first.weight"))
      #expect(error.description.contains("the last good weights are kept"))
      let kept = try Safetensors.read(from: files.weightsFile)
      #expect(kept.tensors == checkpoint.weights.tensors)

      // The checkpoint stays and can be gone on from.
      #expect(try Checkpoint.read(from: files.checkpointFile) == checkpoint)
      #expect(ToyRun(order, in: folder).plan?.stepsDone == 1)
    }
  }

  @Test func `a run whose last step leaves no numbers fails and keeps none of them`() throws {
    try TestCrops.withFolder { folder in
      var order = Self.order(labels: 2, epochs: 1)
      order.recipe.learningRate = 1e38
      let error = try #require(ToyRun(order, in: folder).error)
      #expect(error.description.contains("there are no good weights to keep"))
      let files = RunFolder(id: "run", url: folder)
      #expect(!files.hasWeights)
      #expect(!FileManager.default.fileExists(atPath: files.checkpointFile.path))
    }
  }

  @Test func `a pixel that is no number stops a run at the layer that reads it`() throws {
    try TestCrops.withFolder { folder in
      var order = Self.order(labels: 2)
      let good = order.samples[1]
      var pixels = good.crop.image
      pixels[7] = .nan
      order.samples[1] = CroppedSample(
        key: good.key, crop: Crop(side: 16, image: pixels, mask: good.crop.mask))
      order.recipe.augmentation = .none
      let error = try #require(ToyRun(order, in: folder).error)
      #expect(error.description.contains("at step 1 (first in the parameter norm.running_mean)"))
    }
  }

  @Test func `a split that is given decides what is validated on`() throws {
    try TestCrops.withFolder { folder in
      var order = Self.order(labels: 3)
      order.split = Split(parts: [order.samples[1].key: .validation])
      let summary = try #require(ToyRun(order, in: folder).plan)
      #expect(summary.validation == [order.samples[1].key])
      #expect(summary.training.count == 2)
    }
  }

  @Test func `a run that goes on from another keeps apart what either trained on`() throws {
    try TestCrops.withFolder { folder in
      var order = Self.order(labels: 5, epochs: 1)
      func run(_ order: LabelledRun, _ name: String) throws -> (plan: RunPlan, split: Split) {
        let files = RunFolder(id: name, url: folder.appending(path: name))
        return (try #require(ToyRun(order, in: files.url).plan), try files.split())
      }
      let past = try run(order, "a").split

      order = Self.order(labels: 10, epochs: 1)
      order.recipe.seed = 5
      order.past = past
      let (summary, split) = try run(order, "b")
      let before = past.parts.filter { $0.value == .train }.keys
      #expect(Set(before).isDisjoint(with: summary.validation))
      #expect(summary.validation.count == 2)

      // Images whose masks were withdrawn meanwhile are remembered too.
      order.samples = Array(order.samples.dropFirst(3))
      order.past = split
      let parts = try run(order, "c").split.parts
      #expect(parts.count == 10)
      #expect(before.allSatisfy { parts[$0] == .train })
    }
  }

  @Test func `what memory cannot hold is refused before it is taken`() throws {
    try TestCrops.withFolder { folder in
      var recipe = Recipe()
      recipe.size = 4096
      recipe.batch = 64
      let samples = (0..<64).map { CroppedSample(key: ImageKey("\($0)"), crop: TestCrops.crop($0)) }
      let settings = recipe
      let run = ToyRun {
        Run.start(
          recipe: settings, crops: samples, start: nil, past: nil, folder: folder, threads: 1,
          onEvent: $0)
      }
      let error = try #require(run.error)
      #expect(error.description.contains("51 images of 4096x4096 a step need about"))
      #expect(run.events.count == 1)
    }
  }
}
