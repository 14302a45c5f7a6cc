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
    let known = try digests(in: digestsFile)
    if let known, let changed = images.first(where: { known[$0.name.text] != $0.digest }) {
      throw .otherPlan(url.path, what: "'\(changed.name.text)' or its mask has changed since")
    }
    guard known == nil else { return }
    try write(images.map { ($0.name.text, $0.digest) }, "image", to: digestsFile)
  }

  /// Writes digests of the weights that recipes begin with, or sees that these are as they were before;
  /// those of recipes that came later are added.
  ///
  /// - Parameter weights: A digest a file.
  /// - Throws: `ComparisonError.otherPlan` where one is another.
  public func begin(weights: [(name: String, digest: String)]) throws(ComparisonError) {
    let known = try digests(in: weightsFile)
    var all = known ?? [:]
    for (name, digest) in weights {
      guard all[name] == nil || all[name] == digest else {
        throw .otherPlan(url.path, what: "the weights '\(name)' have changed since")
      }
      all[name] = digest
    }
    guard all != known else { return }
    try write(all.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }, "weights", to: weightsFile)
  }

  /// The digests in a table by name; nil where there is no table.
  private func digests(in file: URL) throws(ComparisonError) -> [String: String]? {
    guard FileManager.default.fileExists(atPath: file.path) else { return nil }
    return Dictionary(
      CSV.rows(try ComparisonError.text(of: file)).dropFirst()
        .compactMap { $0.count == 2 ? ($0[0], $0[1]) : nil }, uniquingKeysWith: { $1 })
  }

  private func write(
    _ digests: [(String, String)], _ what: String, to file: URL
  ) throws(ComparisonError) {
    let lines = digests.map { CSV.line([$0, $1]) }
    try ComparisonError.filing { () throws(ProjectError) in
      try AtomicWrite.write(CSV.line([what, "digest"]) + lines.joined(), to: file)
    }
  }
}
