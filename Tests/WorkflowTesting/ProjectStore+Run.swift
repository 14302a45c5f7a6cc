import Files
import Foundation
public import Project

extension ProjectStore {
  /// Makes a run whose weights, which no network can load, are older than whatever is written now.
  public func newOldRun() throws -> RunFolder {
    let run = try newRun()
    try AtomicWrite.write("weights", to: run.weightsFile)
    try FileManager.default.setAttributes(
      [.modificationDate: Date(timeIntervalSince1970: 1)], ofItemAtPath: run.weightsFile.path)
    return run
  }
}
