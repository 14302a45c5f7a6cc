import Files
import Foundation
public import Recipes

extension RunFolder {
  private var keptFile: URL { url.appending(path: "kept.json") }

  /// Writes how much of what was learnt the run keeps.
  public func write(_ kept: KeptShare) throws(ProjectError) {
    try ProjectFiles.write(kept, to: keptFile, below: url)
  }

  /// How much of what was learnt the run has kept; nil where that was no question.
  public var keptShare: KeptShare? { try? ProjectFiles.decode(KeptShare.self, from: keptFile) }

  /// Removes what is said of weights that are to be trained on.
  public func removeKeptShare() { AtomicWrite.remove(keptFile) }
}
