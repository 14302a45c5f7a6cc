import Foundation
public import Project

extension ComparisonFolder {
  /// Makes the folder and holds it against a second aura, as long as the lock lives.
  ///
  /// - Returns: the lock.
  /// - Throws: `ComparisonError.inUse` where another one compares here, `.file` where it cannot be made.
  public func lock() throws(ComparisonError) -> FolderLock {
    do throws(ProjectError) {
      try AtomicWrite.makeFolder(url)
      return try FolderLock(of: url)
    } catch {
      guard case .locked(let path, let process) = error else { throw .file(error) }
      throw .inUse(path, process: process)
    }
  }

  /// Writes digests of the images and masks, or sees that these are as they were before.
  ///
  /// - Parameter images: A digest an image.
  /// - Throws: `ComparisonError.otherPlan` where one is another.
  public func begin(images: [(name: ImageKey, digest: String)]) throws(ComparisonError) {
    try begin(images.map { ($0.name.text, $0.digest) }, "image", digestsFile) {
      "'\($0)' or its mask has changed since"
    }
  }

  /// Writes digests of the weights that recipes begin with, or sees that these are as they were before.
  ///
  /// - Parameter weights: A digest a file.
  /// - Throws: `ComparisonError.otherPlan` where one is another.
  public func begin(weights: [(name: String, digest: String)]) throws(ComparisonError) {
    try begin(weights.map { ($0.name, $0.digest) }, "weights", weightsFile) {
      "the weights '\($0)' have changed since"
    }
  }

  private func begin(
    _ digests: [(String, String)], _ what: String, _ file: URL, change: (String) -> String
  ) throws(ComparisonError) {
    guard FileManager.default.fileExists(atPath: file.path) else {
      let lines = digests.map { CSV.line([$0, $1]) }
      return try ComparisonError.filing { () throws(ProjectError) in
        try AtomicWrite.write(CSV.line([what, "digest"]) + lines.joined(), to: file)
      }
    }
    let known = Dictionary(
      CSV.rows(try ComparisonError.text(of: file)).dropFirst()
        .compactMap { $0.count == 2 ? ($0[0], $0[1]) : nil }, uniquingKeysWith: { $1 })
    if let changed = digests.first(where: { known[$0.0] != $0.1 }) {
      throw .otherPlan(url.path, what: change(changed.0))
    }
  }
}
