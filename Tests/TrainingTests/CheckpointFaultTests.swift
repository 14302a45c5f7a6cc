import Autograd
import Files
import Foundation
import Project
import Recipes
import Testing
import Weights

@testable import Training

struct CheckpointFaultTests {
  /// The tensors and notes of a checkpoint after three of ten steps, changed.
  private static func changed(
    _ change: (inout StateDict) throws -> Void
  ) throws -> (file: StateDict, loop: TrainingLoop<LabelledBatches, ToyNetwork>) {
    let recipe = ToyLoop.recipe { $0.keep = .average }
    let broken = try ToyLoop.training(recipe)
    try ToyLoop.run(broken, to: 3)
    var file = try broken.checkpoint.stateDict()
    try change(&file)
    return (file, try ToyLoop.training(recipe))
  }

  private static func fault(_ change: (inout StateDict) throws -> Void) throws -> CheckpointFault? {
    let (file, loop) = try changed(change)
    do {
      try loop.restore(Checkpoint(file))
      return nil
    } catch TrainingError.checkpoint(let fault) {
      return fault
    }
  }

  /// The same tensors with one taken out or replaced.
  private static func replacing(
    _ name: String, in file: StateDict, by tensor: NamedTensor?
  ) -> StateDict {
    StateDict(
      file.tensors.compactMap { $0.path == Path(name) ? tensor : $0 }, metadata: file.metadata)
  }

  @Test func `a whole checkpoint is gone on from`() throws {
    #expect(try Self.fault { _ in } == nil)
  }

  @Test(arguments: ["adam.first", "adam.second"])
  func `moments that are missing, short, misnamed or no numbers are told`(group: String) throws {
    let name = "\(group)/first.weight"
    func fault(_ replace: (NamedTensor) -> NamedTensor?) throws -> CheckpointFault? {
      try Self.fault { file in
        let tensor = try #require(file[Path(name)])
        file = Self.replacing(name, in: file, by: replace(tensor))
      }
    }
    #expect(try fault { _ in nil } == .adam("first.weight"))
    let short = try fault { NamedTensor(path: $0.path, shape: Shape(1), values: [0]) }
    #expect(short == .adam("first.weight"))
    let misnamed = try fault {
      NamedTensor(path: Path("\(group)/first.weigth"), shape: $0.shape, values: $0.values)
    }
    #expect(misnamed == .adam("first.weigth"))
    let untrained = try fault { tensor in
      NamedTensor(
        path: Path("\(group)/norm.running_mean"), shape: Shape(6),
        values: Array(tensor.values.prefix(6)))
    }
    #expect(untrained == .adam("first.weight"))
    let none = try fault { tensor in
      NamedTensor(
        path: tensor.path, shape: tensor.shape, values: tensor.values.map { _ in .infinity })
    }
    #expect(none == .numbers(.notFinite("first.weight")))
  }

  @Test func `a tensor in no group, or in none by its name, is told`() throws {
    for name in ["other/x", "/weights/first.weight", "weights/", "x"] {
      let fault = try Self.fault {
        $0.append(NamedTensor(path: Path(name), shape: Shape(1), values: [1]))
      }
      #expect(fault == .strayTensor(name))
    }
  }

  @Test(arguments: [-1, 2, 4, 11, Int.max, Int.min])
  func `steps that the run does not come by are told`(step: Int) throws {
    let fault = try Self.fault { $0.metadata["adam.step"] = "\(step)" }
    #expect(fault == .miscounted)
    let both = try Self.fault { file in
      file.metadata["adam.step"] = "\(step)"
      let text = try #require(file.metadata["state"])
      #expect(text.contains("\"step\":3"))
      file.metadata["state"] = text.replacing("\"step\":3", with: "\"step\":\(step)")
    }
    #expect(both == .miscounted)
  }

  @Test(arguments: [
    ("imagesSeen", "-1"), ("imagesSeen", "0"), ("imagesSeen", "9223372036854775807"),
    ("seen", "-1"), ("seen", "9223372036854775807"), ("bestEpoch", "7"), ("seconds", "-1"),
  ])
  func `counters that cannot be are told`(name: String, value: String) throws {
    let fault = try Self.fault { file in
      let text = try #require(file.metadata["state"])
      var state = try #require(
        try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
      state[name] = try JSONSerialization.jsonObject(
        with: Data(value.utf8), options: .fragmentsAllowed)
      file.metadata["state"] = String(
        decoding: try JSONSerialization.data(withJSONObject: state), as: UTF8.self)
    }
    #expect(fault == .miscounted)
  }

  @Test(arguments: ["aura-checkpoint-3", "aura-pretraining-12"])
  func `a later version's checkpoint is none that is damaged, and told as what it is`(
    format: String
  ) throws {
    #expect(try Self.fault { $0.metadata["format"] = format } == .newer(format))
    try TestCrops.withFolder { folder in
      let files = RunFolder(id: "run", url: folder)
      let order = try Self.stopped(in: files)
      var file = try Safetensors.read(from: files.checkpointFile)
      // What that version keeps in it is not known.
      file.metadata["format"] = format
      file.metadata["state"] = nil
      try files.writeCheckpoint(Safetensors.sealedPieces(of: file))
      let before = try Data(contentsOf: files.checkpointFile)
      let text = try #require(ToyRun(order, in: folder).error).description
      #expect(
        text == "the run cannot be resumed: a later version of Aura has written its checkpoint "
          + "('\(format)'); go on with that version, or start a new run")
      #expect(try Data(contentsOf: files.checkpointFile) == before)
    }
  }

  @Test func `formats that no version writes are no later ones`() {
    for format in ["aura-checkpoint-2", "aura-checkpoint-1", "aura-checkpoint-x", "other-3", ""] {
      #expect(!RunSettings.isNewer(format), "\(format)")
    }
  }

  @Test
  func `a checkpoint that the system does not give is not called damaged, nor begun anew over`()
    throws
  {
    try TestCrops.withFolder { folder in
      let files = RunFolder(id: "run", url: folder)
      let order = try Self.stopped(in: files)
      let history = try files.history()
      try FileManager.default.removeItem(at: files.checkpointFile)
      try FileManager.default.createDirectory(
        at: files.checkpointFile, withIntermediateDirectories: false)
      #expect(
        ToyRun(order, in: folder).error
          == .file(.file(.unreadable(files.checkpointFile.path, "it is a folder"))))
      try FileManager.default.removeItem(at: files.checkpointFile)
      try FileManager.default.createSymbolicLink(
        atPath: files.checkpointFile.path, withDestinationPath: "last.checkpoint")
      guard case .file(.file)? = ToyRun(order, in: folder).error else {
        Issue.record("a link to itself was begun anew over")
        return
      }
      #expect(try files.history() == history && files.hasWeights)
    }
  }

  @Test func `a history or split that the system does not give is told, not taken for none`() throws
  {
    try TestCrops.withFolder { folder in
      let files = RunFolder(id: "run", url: folder)
      let order = try Self.stopped(in: files)
      #expect(ToyRun(order, in: folder).outcome?.wasStopped == false)
      let weights = try Data(contentsOf: files.weightsFile)
      for name in ["history.csv", "split.csv"] {
        let (file, kept) = (folder.appending(path: name), folder.appending(path: "kept"))
        try FileManager.default.moveItem(at: file, to: kept)
        try FileManager.default.createDirectory(at: file, withIntermediateDirectories: false)
        #expect(
          ToyRun(order, in: folder).error
            == .file(.file(.unreadable(file.path, "it is a folder"))), "\(name)")
        #expect(try Data(contentsOf: files.weightsFile) == weights)
        try FileManager.default.removeItem(at: file)
        try FileManager.default.moveItem(at: kept, to: file)
      }
    }
  }

  /// A run that was stopped after its first step, and how it is gone on with.
  private static func stopped(in files: RunFolder) throws -> LabelledRun {
    var order = LabelledRun(
      recipe: ToyLoop.recipe(), samples: (0..<6).map { TestCrops.cropped($0) }, threads: 1)
    _ = ToyRun(order, in: files.url) { event, control in
      if case .step = event { control.stop(after: .now) }
    }
    #expect(files.hasCheckpoint)
    order.resumes = true
    return order
  }

  @Test func `a byte that is another ends the run with the file and what to do`() throws {
    try TestCrops.withFolder { folder in
      let files = RunFolder(id: "run", url: folder)
      let order = try Self.stopped(in: files)
      var data = try Data(contentsOf: files.checkpointFile)
      data[data.count - 3] ^= 1
      try data.write(to: files.checkpointFile)
      let history = try files.history()
      let text = try #require(ToyRun(order, in: folder).error).description
      let damaged = "the run cannot be resumed: '\(files.checkpointFile.path)' is damaged: "
      #expect(text.hasPrefix(damaged + "its bytes are not those that were written"), "\(text)")
      #expect(text.contains("remove it, and the run begins again"), "\(text)")
      #expect(text.hasSuffix("the weights that it has, '\(files.weightsFile.path)'"), "\(text)")
      #expect(try files.history() == history)
      // Without its checksum such a file is none of this version's.
      data[data.count - 3] ^= 1
      try data.write(to: files.checkpointFile)
      let whole = try Safetensors.read(from: files.checkpointFile)
      try Safetensors.encode(whole).write(to: files.checkpointFile)
      #expect(ToyRun(order, in: folder).error?.description.hasPrefix(damaged) == true)
    }
  }
}
