import Files
import Foundation
import Project
import Recipes
import TestSupport
import Testing
import Weights

@testable import Training

/// Runs that two want, that were killed, or that a disk has no room for.
struct RunTroubleTests {
  private static func order(resumes: Bool = false) -> LabelledRun {
    LabelledRun(
      recipe: ToyLoop.recipe { $0.validation = 0.34 },
      samples: (0..<6).map { TestCrops.cropped($0) }, resumes: resumes, threads: 1)
  }

  private static func names(_ folder: URL) -> [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []).sorted()
  }

  @Test func `of two runs in one folder the second is refused`() throws {
    try TestCrops.withFolder { folder in
      let run = ToyRun(Self.order(), in: folder) { event, _ in
        guard case .epoch(let epoch, _) = event, epoch.epoch == 2 else { return }
        for resumes in [false, true] {
          let second = ToyRun(Self.order(resumes: resumes), in: folder)
          #expect(
            second.error == .file(.file(.locked(folder.path, process: Int(getpid())))))
        }
      }
      #expect(run.outcome?.epochs == 5)
      let history = try RunFolder(id: "", url: folder).history()
      #expect(history.map(\.epoch) == [1, 2, 3, 4, 5])
      #expect(!Self.names(folder).contains("lock"))
    }
  }

  @Test func `a run that is refused leaves neither its folder nor a lock`() throws {
    try TestCrops.withFolder { folder in
      var order = Self.order()
      order.samples = []
      #expect(ToyRun(order, in: folder.appending(path: "deep/run")).error != nil)
      #expect(!FileManager.default.fileExists(atPath: folder.path))
    }
  }

  @Test func `a run that was killed before its first checkpoint begins again`() throws {
    try TestCrops.withFolder { folder in
      let (whole, broken) = (folder.appending(path: "a"), folder.appending(path: "b"))
      let all = ToyRun(Self.order(), in: whole)
      _ = ToyRun(Self.order(), in: broken) { event, control in
        if case .epoch = event { control.stop(after: .now) }
      }
      // What a kill between the weights and the checkpoint leaves.
      let files = RunFolder(id: "b", url: broken)
      files.removeCheckpoint()
      #expect(files.hasWeights)
      let before = try Data(contentsOf: files.weightsFile)
      let again = ToyRun(Self.order(resumes: true), in: broken)
      #expect(again.losses == all.losses)
      guard case .started = again.events[0], case .notice(let text) = again.events[1] else {
        Issue.record("\(again.events.prefix(2))")
        return
      }
      #expect(text.contains("begins again from its first step"))
      #expect(
        try Data(
          contentsOf: broken.appending(path: "weights-before.safetensors")) == before)
      let weights = try Safetensors.read(from: files.weightsFile)
      #expect(try Safetensors.read(from: RunFolder(id: "a", url: whole).weightsFile) == weights)

      // Nothing but a folder is enough to begin.
      let empty = folder.appending(path: "c")
      try FileManager.default.createDirectory(at: empty, withIntermediateDirectories: false)
      #expect(ToyRun(Self.order(resumes: true), in: empty).losses == all.losses)
    }
  }

  @Test func `a finished run is not begun again by other settings`() throws {
    try TestCrops.withFolder { folder in
      let files = RunFolder(id: "run", url: folder)
      _ = ToyRun(Self.order(), in: folder)
      let weights = try Data(contentsOf: files.weightsFile)
      var order = Self.order(resumes: true)
      order.recipe.epochs = 9
      #expect(ToyRun(order, in: folder).error == .checkpoint(.otherRecipe))
      #expect(try Data(contentsOf: files.weightsFile) == weights)
      #expect(try files.history().count == 5)
    }
  }

  @Test func `a new run does not begin over one that another has made meanwhile`() throws {
    try TestCrops.withFolder { folder in
      let files = RunFolder(id: "run", url: folder)
      for stops in [true, false] {
        _ = ToyRun(Self.order(resumes: !stops), in: folder) { event, control in
          if stops, case .step = event { control.stop(after: .now) }
        }
        let (history, names) = (try files.history(), Self.names(folder))
        #expect(names.contains("last.checkpoint") == stops)
        let weights = try Data(contentsOf: files.weightsFile)
        let second = ToyRun(Self.order(), in: folder)
        #expect(second.error == .holdsRun(folder.path))
        #expect(try Data(contentsOf: files.weightsFile) == weights)
        #expect(try files.history() == history && Self.names(folder) == names)
      }
    }
  }

  @Test(arguments: [(Recipe.Keep.best, 0), (.last, 4)])
  func `weights that are older than the last epoch's line are no finished run`(
    keep: Recipe.Keep, epoch: Int
  ) throws {
    try TestCrops.withFolder { folder in
      let files = RunFolder(id: "run", url: folder)
      var order = Self.order()
      order.recipe.keep = keep
      let all = ToyRun(order, in: folder)
      order.resumes = true
      #expect(ToyRun(order, in: folder).steps.isEmpty)
      // What a kill leaves behind the last line of the history, where no checkpoint could be written.
      let last = try Safetensors.read(from: files.weightsFile)
      var older = last
      older.metadata["epoch"] = "\(epoch)"
      try files.writeWeights(Safetensors.sealedPieces(of: older))
      let again = ToyRun(order, in: folder)
      #expect(again.losses == all.losses && again.outcome == all.outcome)
      #expect(try Safetensors.read(from: files.weightsFile).tensors == last.tensors)
      #expect(Self.names(folder).contains("weights-before.safetensors"))
    }
  }

  @Test func `a checkpoint is not gone on from without the best weights that it speaks of`() throws
  {
    try TestCrops.withFolder { folder in
      let files = RunFolder(id: "run", url: folder)
      let first = ToyRun(Self.order(), in: folder) { event, control in
        guard case .epoch(let epoch, _) = event, epoch.epoch == 3 else { return }
        control.stop(after: .now)
      }
      let best = try #require(first.outcome?.bestEpoch)
      let checkpoint = try Data(contentsOf: files.checkpointFile)
      var older = try Safetensors.read(from: files.weightsFile)
      older.metadata["epoch"] = "\(best - 1)"
      try files.writeWeights(Safetensors.sealedPieces(of: older))
      let lost = TrainingError.checkpoint(
        .noBestWeights(epoch: best, file: files.weightsFile.path))
      #expect(ToyRun(Self.order(resumes: true), in: folder).error == lost)
      try FileManager.default.removeItem(at: files.weightsFile)
      #expect(ToyRun(Self.order(resumes: true), in: folder).error == lost)
      #expect(lost.description.hasSuffix("any more; put them back, or start a new run"))
      #expect(try Data(contentsOf: files.checkpointFile) == checkpoint)
    }
  }

  @Test func `a finished run is told also where there is not the memory to train it`() throws {
    try TestCrops.withFolder { folder in
      let files = RunFolder(id: "run", url: folder)
      var recipe = Recipe()
      (recipe.size, recipe.batch, recipe.epochs) = (4096, 64, 1)
      let samples = (0..<64).map { CroppedSample(key: ImageKey("\($0)"), crop: TestCrops.crop($0)) }
      let settings = recipe
      func resumed() -> ToyRun {
        ToyRun {
          Run.start(
            recipe: settings, crops: samples, start: nil, folder: folder, resume: true, threads: 1,
            onEvent: $0)
        }
      }
      guard case .memory? = resumed().error else {
        Issue.record("this machine has the memory")
        return
      }
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      let epoch = EpochRecord(
        epoch: 1, trainLoss: 1, validationLoss: 1, seconds: 1, imagesPerSecond: 1)
      try files.append(epoch)
      try files.writeWeights(
        Safetensors.sealedPieces(
          of: StateDict(metadata: ["architecture": "aura-net", "size": "64", "epoch": "1"])))
      #expect(
        resumed().outcome
          == RunOutcome(epochs: 1, bestEpoch: nil, wasStopped: false, weights: files.weightsFile))
    }
  }

  @Test func `what began with weights does not begin again without them`() throws {
    try TestCrops.withFolder { folder in
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      var order = Self.order(resumes: true)
      order.recipe.weights = .simulated
      #expect(ToyRun(order, in: folder).error == .checkpoint(.noCheckpoint))
    }
  }

  @Test func `weights set aside never take the place of others`() throws {
    try TestCrops.withFolder { folder in
      let files = RunFolder(id: "run", url: folder)
      for (number, name) in [(1, "weights-before"), (2, "weights-before-2")] {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try Data([UInt8(number)]).write(to: files.weightsFile)
        #expect(try files.setWeightsAside() == name + ".safetensors")
      }
      #expect(
        try Data(contentsOf: folder.appending(path: "weights-before.safetensors")) == Data([1]))
      #expect(try files.setWeightsAside() == nil)
    }
  }

  @Test func `weights on disk stay where the checkpoint cannot follow`() async {
    await #expect(processExitsWith: .success) {
      try TestCrops.withFolder { folder in
        let files = RunFolder(id: "run", url: folder)
        var order = Self.order()
        order.recipe = ToyLoop.recipe { $0.keep = .last }
        order.checkpointInterval = 0
        let run = ToyRun(order, in: folder) { event, control in
          guard case .epoch(let epoch, _) = event else { return }
          if epoch.epoch == 3, let checkpoint = try? Data(contentsOf: files.checkpointFile) {
            limitFileSize(to: checkpoint.count / 2)
          }
          if epoch.epoch == 4 { control.stop(after: .now) }
        }
        #expect(run.error != nil, "the last checkpoint could be written")
        let weights = try Safetensors.read(from: files.weightsFile)
        #expect(weights.metadata["epoch"] == "4")
        let kept = try Checkpoint.read(from: files.checkpointFile)
        #expect(kept.state.epoch < 4 && kept.measured.tensors != weights.tensors)
      }
    }
  }

  @Test func `scores of weights that are trained on go`() throws {
    try TestCrops.withFolder { folder in
      let files = RunFolder(id: "run", url: folder)
      _ = ToyRun(Self.order(), in: folder) { event, control in
        if case .step = event { control.stop(after: .now) }
      }
      try files.write([ImageScore]())
      _ = ToyRun(Self.order(resumes: true), in: folder)
      #expect(!FileManager.default.fileExists(atPath: files.scoresFile.path))
    }
  }

  @Test func `a checkpoint that cannot be written is told, and the run goes on`() throws {
    try TestCrops.withFolder { folder in
      let files = RunFolder(id: "run", url: folder)
      var order = Self.order()
      order.checkpointInterval = 0
      let run = ToyRun(order, in: folder) { event, _ in
        guard case .started = event else { return }
        try? FileManager.default.createDirectory(
          at: files.checkpointFile, withIntermediateDirectories: false)
      }
      let notices = run.events.compactMap { if case .notice(let text) = $0 { text } else { nil } }
      #expect(notices.count == 1)
      #expect(notices.first?.contains("a folder is in the way") == true)
      #expect(notices.first?.hasSuffix("the run goes on and tries it again later") == true)
      let history = try files.history()
      #expect(run.outcome?.epochs == 5 && files.hasWeights && history == run.epochs)
    }
  }

  @Test func `a run whose weights the disk cannot hold is refused before its first step`() async {
    await #expect(processExitsWith: .success) {
      try TestCrops.withFolder { folder in
        limitFileSize(to: 2000)
        let run = ToyRun(Self.order(), in: folder.appending(path: "run"))
        guard case .file(.file(.noRoom(_, let need, free: 2000)))? = run.error else {
          Issue.record("\(run.events)")
          return
        }
        #expect(need > 1 << 20)
        #expect(run.events.count == 1)
        #expect(!FileManager.default.fileExists(atPath: folder.path))
      }
    }
  }
}
