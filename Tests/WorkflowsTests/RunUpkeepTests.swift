import Files
import Foundation
import Project
import Recipes
import TestSupport
import Testing

@testable import Workflows

/// What runs take on disk, and what of it goes.
struct RunUpkeepTests {
  /// A project with runs `ft-01` and on, each with weights and a checkpoint of some bytes.
  private static func store(_ folder: TestFolder, checkpoints: [Int]) throws -> ProjectStore {
    try folder.image("cells/a.png")
    let store = try ProjectStore.open(images: folder.url.appending(path: "cells"))
    for bytes in checkpoints {
      let run = try store.newRun()
      try run.write(Recipe())
      try run.append(
        EpochRecord(
          epoch: 1, trainLoss: 1, validationLoss: nil, seconds: 1, imagesPerSecond: 1))
      try run.writeWeights([Data(count: 1000)])
      if bytes > 0 { try run.writeCheckpoint([Data(count: bytes)]) }
    }
    return store
  }

  /// What the files of a folder hold together.
  private static func bytes(in folder: URL) throws -> Int {
    try FileManager.default.contentsOfDirectory(
      at: folder, includingPropertiesForKeys: [.fileSizeKey]
    )
    .reduce(0) { try $0 + ($1.resourceValues(forKeys: [.fileSizeKey]).fileSize ?? 0) }
  }

  private static func checkpoints(_ store: ProjectStore) -> [Int] {
    store.runs.map(\.checkpointBytes)
  }

  @Test func `runs are counted with their bytes, and the newest that was stopped is named`() throws
  {
    let folder = try TestFolder()
    let store = try Self.store(folder, checkpoints: [0, 5000, 7000])
    let onDisk = store.runsOnDisk
    #expect(onDisk.count == 3 && onDisk.checkpointBytes == 12_000)
    #expect(onDisk.stopped == "ft-03")
    #expect(try onDisk.bytes == store.runs.map { try Self.bytes(in: $0.url) }.reduce(0, +))
    #expect(onDisk.bytes == store.runs.map(\.bytes).reduce(0, +))
    // Looking leaves the lock of a killed run as it is.
    let lock = store.runs[2].url.appending(path: "lock")
    try Data("1\n".utf8).write(to: lock)
    #expect(store.stoppedRun?.id == "ft-03")
    #expect(try Data(contentsOf: lock) == Data("1\n".utf8))
    // A newer run that has failed before its first checkpoint counts for nothing, one that is going on does.
    _ = try store.newRun()
    let newer = try store.newRun()
    try newer.write(Recipe())
    #expect(store.stoppedRun?.id == "ft-03")
    do {
      let lock = try FolderLock(of: newer.url)
      #expect(lock.isHeld && store.stoppedRun == nil)
    }
    #expect(store.runsOnDisk.stopped == "ft-03")
    #expect(RunsOnDisk().text == "no runs yet")
    #expect(RunsOnDisk(count: 1, bytes: 4_000_000).text == "1 run, 4.0 MB on disk")
  }

  private static func finished(_ weights: URL?) -> RunEvent {
    .finished(RunOutcome(epochs: 1, bestEpoch: nil, wasStopped: weights == nil, weights: weights))
  }

  private static let epoch = RunEvent.epoch(
    EpochRecord(epoch: 1, trainLoss: 1, validationLoss: nil, seconds: 1, imagesPerSecond: 1),
    isBest: false)

  @Test func `a newer run with a checkpoint takes older ones away and leaves all else`() throws {
    let folder = try TestFolder()
    let store = try Self.store(folder, checkpoints: [4000, 0, 5000, 6000, 7000])
    let before = store.runs[0].bytes
    #expect(
      store.clearCheckpoints(before: folder.url, at: Self.epoch) == nil,
      "it is no run of the project")
    #expect(Self.checkpoints(store) == [4000, 0, 5000, 6000, 7000])
    let told = store.clearCheckpoints(before: store.runs[3].url, at: Self.epoch)
    #expect(told == "checkpoints of ft-01, ft-03 removed, 0.0 MB freed")
    #expect(Self.checkpoints(store) == [0, 0, 0, 6000, 7000])
    #expect(before - store.runs[0].bytes > 3900)
    #expect(store.runs.allSatisfy { $0.hasWeights })
    #expect(try store.runs[0].history().count == 1)
    #expect(store.clearCheckpoints(before: store.runs[3].url, at: Self.epoch) == nil)
  }

  @Test func `a newer run takes nothing away before it has something, or where it fails`() throws {
    let folder = try TestFolder()
    let store = try Self.store(folder, checkpoints: [4000, 0])
    let newer = store.runs[1]
    let plan = RunPlan(
      folder: newer.url, recipe: Recipe(), training: [], validation: [],
      length: RunLength(steps: 1, stepsPerEpoch: 1), stepsDone: 0, history: [])
    let nothings = [
      .started(plan), .step(StepRecord(step: 1, epoch: 1, loss: 1)), Self.epoch,
      Self.finished(nil), .failed("it broke off"),
    ]
    for event in nothings {
      #expect(store.clearCheckpoints(before: newer.url, at: event) == nil, "\(event)")
    }
    #expect(Self.checkpoints(store) == [4000, 0] && store.stoppedRun?.id == "ft-01")
    let told = store.clearCheckpoints(before: newer.url, at: Self.finished(newer.weightsFile))
    #expect(told == "checkpoint of ft-01 removed, 0.0 MB freed")
    #expect(Self.checkpoints(store) == [0, 0] && store.stoppedRun == nil)
  }

  @Test func `what somebody has in hand is neither cleared, removed nor offered`() throws {
    let folder = try TestFolder()
    let store = try Self.store(folder, checkpoints: [4000, 5000, 6000])
    let locks = try [0, 2].map { try FolderLock(of: store.runs[$0].url) }
    #expect(store.stoppedRun == nil)
    #expect(try store.clearCheckpoints().text?.contains("of ft-02 re") == true)
    #expect(Self.checkpoints(store) == [4000, 0, 6000])
    #expect { try store.removeRun("ft-01", evenNewest: true) } throws: {
      if case ProjectError.file(.locked) = $0 { true } else { false }
    }
    #expect(store.runs.count == 3)
    withExtendedLifetime(locks) {}
  }

  @Test func `a run is removed by its name, the newest with weights only where told to`() throws {
    let folder = try TestFolder()
    let store = try Self.store(folder, checkpoints: [4000, 0])
    #expect { try store.removeRun("ft-09", evenNewest: true) } throws: {
      if case WorkflowError.noRun("ft-09", _) = $0 { true } else { false }
    }
    #expect { try store.removeRun("../ft-01", evenNewest: true) } throws: { $0 is WorkflowError }
    #expect { try store.removeRun("ft-02", evenNewest: false) } throws: {
      if case WorkflowError.newestWeights("ft-02") = $0 { true } else { false }
    }
    #expect(try store.removeRun("ft-01", evenNewest: false) > 5000)
    #expect(store.runs.map(\.id) == ["ft-02"])
    #expect(try store.removeRun("ft-02", evenNewest: true) > 1000)
    #expect(store.runs.isEmpty)
  }

  @Test func `the table names what each run is and has`() throws {
    let folder = try TestFolder()
    let store = try Self.store(folder, checkpoints: [0, 4_000_000])
    _ = try store.newRun()
    var measured = CrossValidation(folds: 1, steps: 9, basis: "")
    measured.scores = [.init(image: ImageKey("a"), fold: 1, iou: 0.62)]
    // What is not done yet is no figure.
    try store.runs[0].write(measured)
    measured.foldsDone = 1
    try store.runs[1].write(measured)
    let lines = RunTable(store).text.split(separator: "\n").map {
      $0.split(separator: " ").map(String.init)
    }
    #expect(
      lines[0]
        == ["run", "begun", "network", "size", "epochs", "weights", "checkpoint", "disk"]
        + ["IoU", "(95", "%)"])
    #expect(lines[1].count == 11 && lines[1][0] == "ft-01")
    #expect(Array(lines[1][3...]) == ["aura-net", "256", "1", "yes", "no", "0.0", "MB", "-"])
    #expect(Array(lines[2][3...]) == ["aura-net", "256", "1", "yes", "yes", "4.0", "MB", ".62"])
    #expect(lines[3] == ["ft-03", "-", "-", "-", "0", "no", "no", "0.0", "MB", "-"])
    #expect(lines[4].joined(separator: " ") == "3 runs, 4.0 MB on disk, 4.0 MB in checkpoints")
    let json = String(decoding: try JSONEncoder().encode(RunTable(store)), as: UTF8.self)
    #expect(json.contains("\"checkpoint\":true") && json.contains("\"name\":\"ft-03\""))
    #expect(!json.contains("shownTime"))
  }
}
