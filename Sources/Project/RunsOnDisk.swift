import Basics
import Files
public import Foundation
public import Recipes

/// What the runs of a project take on disk, and which of them can be gone on with.
public struct RunsOnDisk: Equatable, Sendable {
  /// How many there are.
  public let count: Int
  /// What all of their files take.
  public let bytes: Int
  /// Of these, what checkpoints take.
  public let checkpointBytes: Int
  /// The newest run that has a checkpoint, where nobody has it or a newer one in hand.
  public let stopped: String?

  /// Counts runs; none unless told.
  public init(count: Int = 0, bytes: Int = 0, checkpointBytes: Int = 0, stopped: String? = nil) {
    (self.count, self.bytes) = (count, bytes)
    (self.checkpointBytes, self.stopped) = (checkpointBytes, stopped)
  }

  /// A line for people.
  public var text: String {
    guard count > 0 else { return "no runs yet" }
    let checkpoints = checkpointBytes > 0 ? ", \(checkpointText) in checkpoints" : ""
    return "\(count) \(count == 1 ? "run" : "runs"), \(NumberText.bytes(Double(bytes))) on disk"
      + checkpoints
  }

  /// What checkpoints take, for people.
  public var checkpointText: String { NumberText.bytes(Double(checkpointBytes)) }
}

/// Checkpoints that were removed.
public struct ClearedCheckpoints: Equatable, Sendable {
  /// The runs that they were of.
  fileprivate(set) var runs: [String] = []
  /// What that freed.
  public fileprivate(set) var bytes = 0

  /// A line for people, if there were any.
  public var text: String? {
    guard !runs.isEmpty else { return nil }
    return "\(runs.count == 1 ? "checkpoint" : "checkpoints") of \(runs.joined(separator: ", ")) "
      + "removed, \(NumberText.bytes(Double(bytes))) freed"
  }
}

extension RunFolder {
  /// What its files take on disk.
  public var bytes: Int {
    let names = FileManager.default.enumerator(atPath: url.path)?.compactMap { $0 as? String } ?? []
    return names.map { Self.bytes(of: url.appending(path: $0)) }.reduce(0, +)
  }

  /// What its checkpoint takes; 0 without one.
  public var checkpointBytes: Int { Self.bytes(of: checkpointFile) }

  /// When it was begun, or gone on with; nil where it never was.
  public var begun: Date? {
    try? FileManager.default.attributesOfItem(atPath: recipeFile.path)[.modificationDate] as? Date
  }

  private static func bytes(of file: URL) -> Int {
    let attributes = try? FileManager.default.attributesOfItem(atPath: file.path)
    guard attributes?[.type] as? FileAttributeType == .typeRegular else { return 0 }
    return attributes?[.size] as? Int ?? 0
  }
}

extension ProjectStore {
  /// What the runs take on disk now.
  public var runsOnDisk: RunsOnDisk {
    let runs = runs
    return RunsOnDisk(
      count: runs.count, bytes: runs.map(\.bytes).reduce(0, +),
      checkpointBytes: runs.map(\.checkpointBytes).reduce(0, +), stopped: stoppedRun?.id)
  }

  /// The run that can be gone on with: the newest with a checkpoint, where nobody has it or a newer one in hand.
  ///
  /// What was begun after it and failed before its first checkpoint does not count.
  public var stoppedRun: RunFolder? {
    for run in runs.reversed() {
      if FolderLock.isTaken(run.url) { return nil }
      if run.checkpointBytes > 0 { return run }
    }
    return nil
  }

  /// Removes the checkpoints of all runs that nobody has in hand; weights, history and scores stay.
  public func clearCheckpoints() throws(ProjectError) -> ClearedCheckpoints {
    try Self.clearCheckpoints(of: runs)
  }

  private static func clearCheckpoints(
    of runs: [RunFolder]
  ) throws(ProjectError) -> ClearedCheckpoints {
    var cleared = ClearedCheckpoints()
    for run in runs {
      let bytes = run.checkpointBytes
      guard bytes > 0 else { continue }
      let lock: FolderLock
      do throws(FileError) {
        lock = try FolderLock(of: run.url)
      } catch .locked {
        continue
      } catch {
        throw .file(error)
      }
      // On a disk without locks nobody knows who has it in hand.
      guard lock.isHeld else { continue }
      run.removeCheckpoint()
      withExtendedLifetime(lock) {}
      guard run.checkpointBytes == 0 else { throw .file(.notWritable(run.checkpointFile.path)) }
      cleared.runs.append(run.id)
      cleared.bytes += bytes
    }
    return cleared
  }

  /// Removes what only runs before the one in a folder would go on from, when that one tells that it has an
  /// epoch and a checkpoint of its own, or is over and has weights: a run that fails at once costs nothing.
  ///
  /// - Returns: a line that says so, or why it cannot; nil where there was nothing to remove.
  public func clearCheckpoints(before folder: URL, at event: RunEvent) -> String? {
    func path(_ url: URL) -> String { url.standardizedFileURL.resolvingSymlinksInPath().path }
    let hasOwn =
      switch event {
      case .epoch: RunFolder(id: "", url: folder).hasCheckpoint
      case .finished(let outcome): outcome.weights != nil
      default: false
      }
    let runs = hasOwn ? runs : []
    guard let place = runs.firstIndex(where: { path($0.url) == path(folder) }) else { return nil }
    do {
      return try Self.clearCheckpoints(of: Array(runs[..<place])).text
    } catch {
      return "\(error)"
    }
  }

  /// Removes a run that nobody has in hand, with all its files.
  ///
  /// - Returns: the bytes that were freed.
  public func remove(_ run: RunFolder) throws(ProjectError) -> Int {
    let bytes = run.bytes
    try write { _ throws(ProjectError) in
      let lock = try ProjectError.filing(FolderLock(of: run.url))
      defer { withExtendedLifetime(lock) {} }
      do {
        try FileManager.default.removeItem(at: run.url)
      } catch {
        throw .file(.foundation(run.url.path, error))
      }
    }
    return bytes
  }
}
