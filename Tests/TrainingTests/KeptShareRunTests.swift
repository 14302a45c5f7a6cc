import Foundation
import Project
import Recipes
import Testing
import Weights

@testable import Training

/// Whole runs on few labels from given weights, which end between these and what they have learnt.
struct KeptShareRunTests {
  /// Weights of a network that takes all for cell, so that every image says something.
  private static func start() throws -> StateDict {
    ToyNetwork.constant(
      true, try ToyLoop.training(ToyLoop.recipe { $0.seed = 8 }).parameters.stateDict)
  }

  /// Eight images without labels; `looking` is told of each that is read.
  private static func images(
    looking: @escaping @Sendable (ImageKey) throws -> Void = { _ in }
  ) -> UnlabelledImages {
    let samples = (40..<48).map { TestCrops.sample($0, side: 24) }
    return UnlabelledImages(
      samples.map(\.key),
      read: { key in
        try looking(key)
        return samples.first { $0.key == key }?.image
      })
  }

  private static func order(
    _ share: LearntShare, start: StateDict?, unlabelled: UnlabelledImages = images(),
    _ change: (inout Recipe) -> Void = { _ in }
  ) -> LabelledRun {
    let recipe = ToyLoop.recipe { recipe in
      (recipe.keep, recipe.validation) = (.last, 0)
      recipe.optimisation.learntShare = share
      change(&recipe)
    }
    return LabelledRun(
      recipe: recipe, samples: (0..<6).map { TestCrops.cropped($0) }, start: start,
      unlabelled: unlabelled, checkpointInterval: 0, threads: 1)
  }

  /// The weights of a run, without notes.
  private static func weights(_ files: RunFolder) throws -> StateDict {
    StateDict(try Safetensors.read(from: files.weightsFile).tensors)
  }

  private static func files(_ name: String, in folder: URL) -> RunFolder {
    RunFolder(id: name, url: folder.appending(path: name))
  }

  @Test(arguments: [LearntShare.fixed(0.25), .auto])
  func `a run keeps a share of what it has learnt, and says which`(share: LearntShare) throws {
    try TestCrops.withFolder { folder in
      let start = try Self.start()
      let (whole, part) = (Self.files("whole", in: folder), Self.files("part", in: folder))
      let all = ToyRun(Self.order(.fixed(1), start: start), in: whole.url)
      #expect(all.outcome?.kept == nil && whole.keptShare == nil)
      let run = ToyRun(Self.order(share, start: start), in: part.url)
      #expect(run.losses == all.losses, "the steps are the same")
      let kept = try #require(run.outcome?.kept)
      switch share {
      case .fixed(let share): #expect(kept == KeptShare(share: share))
      case .auto:
        #expect(kept.images == 8)
        #expect(kept.share == StartAverage.share(at: try #require(kept.agreement)))
      }
      #expect(part.keptShare == kept)
      #expect(try Self.weights(part) == Self.weights(whole).moved(by: kept.share, from: start))
      #expect(!part.hasCheckpoint)

      // What is finished says it again.
      var again = Self.order(share, start: nil)
      again.resumes = true
      #expect(ToyRun(again, in: part.url).outcome?.kept == kept)
    }
  }

  @Test(arguments: [true, false])
  func `a run that is killed while it looks at images comes to the same end`(
    hasCheckpoint: Bool
  ) throws {
    try TestCrops.withFolder { folder in
      let start = try Self.start()
      let (whole, killed) = (Self.files("whole", in: folder), Self.files("killed", in: folder))
      let (from, to) = (whole.url, killed.url)
      let looked = Self.images { _ in
        // What a kill at this moment would leave.
        guard !FileManager.default.fileExists(atPath: to.path) else { return }
        try FileManager.default.copyItem(at: from, to: to)
      }
      let all = ToyRun(Self.order(.auto, start: start, unlabelled: looked), in: whole.url)
      #expect(all.outcome?.kept != nil)
      #expect(killed.hasCheckpoint && !killed.hasWeights && killed.keptShare == nil)

      if !hasCheckpoint { killed.removeCheckpoint() }
      // The checkpoint knows the weights that the run began with.
      var order = Self.order(.auto, start: hasCheckpoint ? nil : start)
      // A setting must be as it was; without a checkpoint the start is given again.
      order.resumes = true
      let rest = ToyRun(order, in: killed.url)
      #expect(rest.outcome?.kept == all.outcome?.kept)
      #expect(killed.keptShare == whole.keptShare)
      #expect(try Self.weights(killed) == Self.weights(whole))
    }
  }

  @Test func `a run that stops after an epoch keeps its share, and goes on from all it learnt`()
    throws
  {
    try TestCrops.withFolder { folder in
      let start = try Self.start()
      let (whole, broken) = (Self.files("whole", in: folder), Self.files("broken", in: folder))
      let all = ToyRun(Self.order(.fixed(0.25), start: start), in: whole.url)
      let first = ToyRun(Self.order(.fixed(0.25), start: start), in: broken.url) { event, control in
        if case .epoch(let epoch, _) = event, epoch.epoch == 2 { control.stop(after: .epoch) }
      }
      #expect(first.outcome?.wasStopped == true && first.outcome?.kept == KeptShare(share: 0.25))
      let learnt = try Checkpoint.read(from: broken.checkpointFile)
      #expect(try Self.weights(broken) == learnt.weights.moved(by: 0.25, from: learnt.start))
      var order = Self.order(.fixed(0.25), start: nil)
      order.resumes = true
      let rest = ToyRun(order, in: broken.url)
      #expect(first.losses + rest.losses == all.losses)
      #expect(try Self.weights(broken) == Self.weights(whole))
    }
  }

  @Test func `a run that stops at once looks at no image and keeps all`() throws {
    try TestCrops.withFolder { folder in
      let looked = Self.images { key in Issue.record("\(key) was looked at") }
      let order = Self.order(.auto, start: try Self.start(), unlabelled: looked)
      let run = ToyRun(order, in: folder) { event, control in
        if case .step = event { control.stop(after: .now) }
      }
      let files = RunFolder(id: "run", url: folder)
      #expect(run.outcome?.kept == nil && files.keptShare == nil)
      let checkpoint = try Checkpoint.read(from: files.checkpointFile)
      #expect(try Self.weights(files) == checkpoint.weights)
    }
  }

  @Test func `without an image to ask all is kept, and the start is not carried along`() throws {
    try TestCrops.withFolder { folder in
      let start = try Self.start()
      let order = Self.order(.auto, start: start, unlabelled: UnlabelledImages())
      let (asked, all) = (Self.files("asked", in: folder), Self.files("all", in: folder))
      #expect(ToyRun(order, in: asked.url).outcome?.kept == nil)
      _ = ToyRun(Self.order(.fixed(1), start: start), in: all.url)
      #expect(try Self.weights(asked) == Self.weights(all))
    }
  }

  @Test func `a share that cannot count is told before the first step`() throws {
    try TestCrops.withFolder { folder in
      let random = ToyRun(
        Self.order(.fixed(0.25), start: nil), in: folder.appending(path: "random"))
      #expect(
        random.events.contains(
          .notice(
            "learntShare 0.25 does not count: the run does not begin with the weights of its whole "
              + "network")))
      let best = ToyRun(
        Self.order(.fixed(0.25), start: try Self.start()) {
          ($0.keep, $0.validation) = (.best, 0.34)
        }, in: folder.appending(path: "best"))
      #expect(
        best.events.contains(
          .notice(
            "learntShare 0.25 does not count: the weights of the best epoch are kept as they are")))
      #expect(random.outcome?.kept == nil && best.outcome?.kept == nil)
    }
  }
}
