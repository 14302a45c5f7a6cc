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

  private static func collect(
    _ run: Run, acting: (Training.Progress) -> Void = { _ in }
  ) async -> [Training.Progress] {
    var events: [Training.Progress] = []
    for await event in run.progress {
      events.append(event)
      acting(event)
    }
    return events
  }

  @Test func `a run of so many steps ends after them, with few reports`() async throws {
    try await TestCrops.withFolder { folder in
      var order = Self.order()
      order.recipe.steps = 65
      let run = Run.start(order, network: ToyNetwork(), folder: folder)
      let events = await Self.collect(run)
      let steps = events.compactMap { if case .step(let record) = $0 { record } else { nil } }
      #expect(steps.map(\.step) == Array(1...65))
      let epochs = events.compactMap { if case .epoch(let record, _) = $0 { record } else { nil } }
      // Two passes of two steps each, and one step at the end.
      #expect(epochs.map(\.epoch) == Array(1...17))
      #expect(steps.map(\.epoch) == (1...65).map { ($0 - 1) / 4 + 1 })
      #expect(epochs.allSatisfy { $0.validationLoss != nil && $0.imagesPerSecond > 0 })
      guard case .finished(let outcome) = events.last else {
        Issue.record("\(events)")
        return
      }
      #expect(outcome.epochs == 17 && !outcome.wasStopped)

      order.resumes = true
      let again = await Self.collect(Run.start(order, network: ToyNetwork(), folder: folder))
      #expect(again == [.failed(.checkpoint(.finished))])
    }
  }

  @Test func `a run reports its steps and epochs and leaves its files`() async throws {
    try await TestCrops.withFolder { folder in
      let order = Self.order()
      let run = Run.start(order, network: ToyNetwork(), folder: folder)
      let events = await Self.collect(run)

      guard case .started(let summary) = events.first, case .finished(let outcome) = events.last
      else {
        Issue.record("\(events)")
        return
      }
      #expect(summary.training.count == 5 && summary.validation.count == 1)
      #expect(summary.length == RunLength(steps: 8, stepsPerEpoch: 2))
      let steps = events.compactMap { if case .step(let record) = $0 { record } else { nil } }
      #expect(steps.map(\.step) == Array(1...8))
      #expect(steps.map(\.epoch) == [1, 1, 2, 2, 3, 3, 4, 4])
      let epochs = events.compactMap { if case .epoch(let record, _) = $0 { record } else { nil } }
      #expect(epochs.map(\.epoch) == [1, 2, 3, 4])
      #expect(epochs.allSatisfy { $0.validationLoss != nil && $0.imagesPerSecond > 0 })

      let files = run.folder
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
      let rest = await Self.collect(Run.start(again, network: ToyNetwork(), folder: folder))
      #expect(rest == [.failed(.checkpoint(.finished))])
      #expect(try files.history() == epochs)
    }
  }

  @Test(arguments: [RunStop.now, .epoch])
  func `a stopped run resumes to the weights of an unbroken one`(stop: RunStop) async throws {
    try await TestCrops.withFolder { folder in
      var order = Self.order(labels: 9, epochs: 6)
      let unbroken = Run.start(order, network: ToyNetwork(), folder: folder.appending(path: "a"))
      let whole = await Self.collect(unbroken)

      let broken = Run.start(order, network: ToyNetwork(), folder: folder.appending(path: "b"))
      let first = await Self.collect(broken) { event in
        if case .step(let record) = event, record.step == 3 { broken.stop(after: stop) }
      }
      guard case .finished(let outcome) = first.last else {
        Issue.record("\(first)")
        return
      }
      #expect(outcome.weights != nil)
      order.resumes = true
      let resumed = Run.start(order, network: ToyNetwork(), folder: folder.appending(path: "b"))
      let rest = await Self.collect(resumed)

      #expect(Self.losses(first) + Self.losses(rest) == Self.losses(whole))
      let weights = try Safetensors.read(from: resumed.folder.weightsFile)
      #expect(try Safetensors.read(from: unbroken.folder.weightsFile) == weights)
      let history = try resumed.folder.history().map(\.trainLoss)
      #expect(try unbroken.folder.history().map(\.trainLoss) == history)
    }
  }

  @Test func `a run that is told to stop before its first step leaves no weights`() async throws {
    try await TestCrops.withFolder { folder in
      let control = RunControl()
      control.stop(after: .now)
      let events = Self.inline(Self.order(), folder: folder, control: control)
      guard case .finished(let outcome) = events.last else {
        Issue.record("\(events)")
        return
      }
      #expect(outcome.weights == nil && outcome.wasStopped && outcome.epochs == 0)
      #expect(
        !FileManager.default.fileExists(atPath: folder.appending(path: "weights.safetensors").path))
    }
  }

  @Test func `a paused run waits between batches until it is resumed`() async throws {
    try await TestCrops.withFolder { folder in
      let run = Run.start(Self.order(epochs: 50), network: ToyNetwork(), folder: folder)
      var wasPaused = false
      let events = await Self.collect(run) { event in
        switch event {
        case .step(let record) where record.step == 2: run.pause()
        case .paused:
          wasPaused = true
          run.resume()
        default: break
        }
      }
      // A quick run may be over before the pause arrives; if it did, the two come in order.
      let marks = events.filter { $0 == .paused || $0 == .resumed }
      #expect(marks == (wasPaused ? [.paused, .resumed] : []))
      guard case .finished(let outcome) = events.last else {
        Issue.record("\(events)")
        return
      }
      #expect(outcome.epochs == 50)
    }
  }

  @Test func `stopping at once ends a pause`() async throws {
    try await TestCrops.withFolder { folder in
      let control = RunControl()
      control.setPaused(true)
      let events = Self.inline(Self.order(), folder: folder, control: control) { event in
        if event == .paused { control.stop(after: .now) }
      }
      #expect(events.contains(.paused) && events.contains(.resumed))
      guard case .finished = events.last else {
        Issue.record("\(events)")
        return
      }
    }
  }

  @Test func `a run without samples or with a size that its network cannot take says so`()
    async throws
  {
    try await TestCrops.withFolder { folder in
      var order = Self.order()
      order.samples = []
      let none = await Self.collect(Run.start(order, network: ToyNetwork(), folder: folder))
      #expect(none == [.failed(.settings(.noLabels))])
      order.recipe.size = 100
      let unknown = Run.start(
        recipe: order.recipe, samples: [TestCrops.sample(0)], start: nil, folder: folder, threads: 1
      )
      let events = await Self.collect(unknown)
      #expect(events == [.failed(.settings(.size(100, .auraNet)))])
    }
  }

  @Test func `a folder that cannot be made fails with its name`() async throws {
    try await TestCrops.withFolder { folder in
      try Data().write(to: folder)
      let run = Run.start(
        Self.order(), network: ToyNetwork(), folder: folder.appending(path: "run"))
      let events = await Self.collect(run)
      guard case .failed(let error) = events.last else {
        Issue.record("\(events)")
        return
      }
      #expect(error.description.contains(folder.lastPathComponent))
    }
  }

  @Test func `a run that breaks down keeps the weights of its last checkpoint`() async throws {
    try await TestCrops.withFolder { folder in
      var order = Self.order(labels: 2, epochs: 1_000_000)
      let good = Run.start(order, network: ToyNetwork(), folder: folder)
      _ = await Self.collect(good) { event in
        if case .step(let record) = event, record.step == 1 { good.stop(after: .now) }
      }
      let checkpoint = try Checkpoint.read(from: good.folder.checkpointFile)

      order.recipe.learningRate = 1e300
      let bad = Run.start(order, network: ToyNetwork(), folder: folder)
      guard case .failed(let error) = await Self.collect(bad).last else {
        Issue.record("did not break down")
        return
      }
      #expect(error.description.contains("step 1"))
      #expect(error.description.contains("first.weight"))
      #expect(error.description.contains("the last good weights are kept"))
      let kept = try Safetensors.read(from: bad.folder.weightsFile)
      #expect(kept.tensors == checkpoint.weights.tensors)

      // The checkpoint stays and can be gone on from.
      #expect(try Checkpoint.read(from: good.folder.checkpointFile) == checkpoint)
      order.recipe.learningRate = 0.01
      order.resumes = true
      let resumed = Run.start(order, network: ToyNetwork(), folder: folder)
      let events = await Self.collect(resumed) { event in
        if case .step = event { resumed.stop(after: .now) }
      }
      guard case .started(let summary) = events.first, case .finished = events.last else {
        Issue.record("\(events)")
        return
      }
      #expect(summary.stepsDone == checkpoint.state.step)
    }
  }

  @Test func `a run whose last step leaves no numbers fails and keeps none of them`() async throws {
    try await TestCrops.withFolder { folder in
      var order = Self.order(labels: 2, epochs: 1)
      order.recipe.learningRate = 1e300
      let run = Run.start(order, network: ToyNetwork(), folder: folder)
      guard case .failed(let error) = await Self.collect(run).last else {
        Issue.record("did not break down")
        return
      }
      #expect(error.description.contains("there are no good weights to keep"))
      #expect(!run.folder.hasWeights)
      #expect(!FileManager.default.fileExists(atPath: run.folder.checkpointFile.path))
    }
  }

  @Test func `a pixel that is no number stops a run at the layer that reads it`() async throws {
    try await TestCrops.withFolder { folder in
      var order = Self.order(labels: 2)
      let good = order.samples[1]
      var pixels = good.crop.image
      pixels[7] = .nan
      order.samples[1] = CroppedSample(
        key: good.key, crop: Crop(side: 16, image: pixels, mask: good.crop.mask))
      order.recipe.augmentation = .none
      let run = Run.start(order, network: ToyNetwork(), folder: folder)
      guard case .failed(let error) = await Self.collect(run).last else {
        Issue.record("did not break down")
        return
      }
      #expect(error.description.contains("at step 1 (first in the parameter norm.running_mean)"))
    }
  }

  @Test func `a split that is given decides what is validated on`() async throws {
    try await TestCrops.withFolder { folder in
      var order = Self.order(labels: 3)
      order.split = Split(parts: [order.samples[1].key: .validation])
      let run = Run.start(order, network: ToyNetwork(), folder: folder)
      guard case .started(let summary) = await Self.collect(run).first else { return }
      #expect(summary.validation == [order.samples[1].key])
      #expect(summary.training.count == 2)
    }
  }

  @Test func `a run that goes on from another keeps apart what either trained on`() async throws {
    try await TestCrops.withFolder { folder in
      var order = Self.order(labels: 5, epochs: 1)
      let first = Run.start(order, network: ToyNetwork(), folder: folder.appending(path: "a"))
      _ = await Self.collect(first)
      let past = try first.folder.split()

      order = Self.order(labels: 10, epochs: 1)
      order.recipe.seed = 5
      order.past = past
      let second = Run.start(order, network: ToyNetwork(), folder: folder.appending(path: "b"))
      guard case .started(let summary) = await Self.collect(second).first else { return }
      let before = past.parts.filter { $0.value == .train }.keys
      #expect(Set(before).isDisjoint(with: summary.validation))
      #expect(summary.validation.count == 2)

      // Images whose masks were withdrawn meanwhile are remembered too.
      order.samples = Array(order.samples.dropFirst(3))
      order.past = try second.folder.split()
      let third = Run.start(order, network: ToyNetwork(), folder: folder.appending(path: "c"))
      _ = await Self.collect(third)
      let parts = try third.folder.split().parts
      #expect(parts.count == 10)
      #expect(before.allSatisfy { parts[$0] == .train })
    }
  }

  @Test func `what memory cannot hold is refused before it is taken`() async throws {
    try await TestCrops.withFolder { folder in
      var recipe = Recipe()
      recipe.size = 4096
      recipe.batch = 64
      let samples = (0..<64).map { CroppedSample(key: ImageKey("\($0)"), crop: TestCrops.crop($0)) }
      let run = Run.start(
        recipe: recipe, crops: samples, start: nil, past: nil, folder: folder, threads: 1)
      let events = await Self.collect(run)
      guard case .failed(.memory(let text)) = events.last else {
        Issue.record("\(events)")
        return
      }
      #expect(text.contains("64 images of 4096x4096 a step need about") && events.count == 1)
    }
  }

  private static func losses(_ events: [Training.Progress]) -> [Double] {
    events.compactMap { if case .step(let record) = $0 { record.loss } else { nil } }
  }

  /// Runs on the caller's thread, so that a test decides when control is used.
  private static func inline(
    _ order: LabelledRun, folder: URL, control: RunControl,
    acting: @escaping (Training.Progress) -> Void = { _ in }
  ) -> [Training.Progress] {
    var events: [Training.Progress] = []
    let session = RunSession(
      folder: RunFolder(id: "run", url: folder), control: control
    ) { event in
      events.append(event)
      acting(event)
    }
    do {
      try session.run(order, network: ToyNetwork())
    } catch {
      Issue.record(error)
    }
    return events
  }
}
