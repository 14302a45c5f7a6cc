import Basics
import Files
public import Foundation

/// What the runs of a project take on disk, and which of them can be gone on with.
public struct RunsOnDisk: Equatable, Sendable {
  /// How many there are.
  public let count: Int
  /// What all of their files take.
  public let bytes: Int
  /// Of these, what checkpoints take.
  public let checkpointBytes: Int
  /// The newest run, where it was stopped with a checkpoint and nobody has it in hand.
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

  /// The run that can be gone on with: the newest, where it has a checkpoint and nobody has it in hand.
  public var stoppedRun: RunFolder? {
    guard let run = newestBegun, run.checkpointBytes > 0, (try? FolderLock(of: run.url)) != nil
    else { return nil }
    return run
  }

  private var newestBegun: RunFolder? { runs.last(where: \.isBegun) }

  /// Removes the checkpoints of all runs that nobody has in hand; weights, history and scores stay.
  ///
  /// `keepsNewest` spares the newest run's, the one that can be gone on with.
  public func clearCheckpoints(
    keepsNewest: Bool
  ) throws(ProjectError) -> ClearedCheckpoints {
    let kept = keepsNewest ? newestBegun?.id : nil
    var cleared = ClearedCheckpoints()
    for run in runs where run.id != kept {
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

  /// Removes what only older runs would go on from, once a run of the project has begun in a folder.
  ///
  /// - Returns: a line that says so, or why it cannot; nil where there was nothing to remove.
  public func clearCheckpoints(since folder: URL) -> String? {
    func path(_ url: URL) -> String { url.standardizedFileURL.resolvingSymlinksInPath().path }
    guard runs.contains(where: { path($0.url) == path(folder) }) else { return nil }
    do {
      return try clearCheckpoints(keepsNewest: true).text
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
