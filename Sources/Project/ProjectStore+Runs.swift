import Files
import Basics
import Foundation

extension ProjectStore {
  /// Makes the folder of a new run: `ft-01`, `ft-02`, ...
  public func newRun() throws(ProjectError) -> RunFolder {
    var made: RunFolder?
    try write { _ throws(ProjectError) in
      try ProjectError.filing(AtomicWrite.makeFolder(files.runs, below: folder))
      var number = (runs.map(Self.number).max() ?? 0) + 1
      while made == nil {
        let run = run(id: "ft-" + (number < 10 ? "0" : "") + "\(number)")
        if try ProjectError.filing(AtomicWrite.makeNewFolder(run.url)) { made = run }
        number += 1
      }
    }
    guard let made else { throw .file(.notWritable(files.runs.path)) }
    return made
  }

  /// The runs of the project, oldest first.
  public var runs: [RunFolder] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: files.runs.path)) ?? []
    return names.filter { !$0.hasPrefix(".") }.sorted(by: NaturalOrder.precedes)
      .map(run(id:)).filter { FileKind($0.url) == .folder }
  }

  /// The newest run that has weights.
  public var newestRunWithWeights: RunFolder? { runs.last(where: \.hasWeights) }

  /// The run of a name, whether or not it exists.
  public func run(id: String) -> RunFolder {
    RunFolder(id: id, url: files.runs.appending(path: id, directoryHint: .isDirectory))
  }

  private static func number(of run: RunFolder) -> Int {
    Int(run.id.split(separator: "-").last ?? "") ?? 0
  }
}
