public import Files
import Foundation
import Project
import Recipes

extension ComparisonFolder {
  /// Makes the folder and holds it against a second aura, as long as the lock lives.
  ///
  /// - Returns: the lock.
  /// - Throws: `ComparisonError.inUse` where another one compares here, `.file` where it cannot be made.
  public func lock() throws(ComparisonError) -> FolderLock {
    do throws(FileError) {
      try AtomicWrite.makeFolder(url)
      return try FolderLock(of: url)
    } catch {
      guard case .locked(let path, let process) = error else { throw .file(error) }
      throw .inUse(path, process: process)
    }
  }

  /// Begins a comparison, or goes on with it; a plan with more recipes or seeds takes the place of its own,
  /// and brings weights of its own.
  ///
  /// Nothing is written before all of it was looked at, and the plan last: without it nothing was begun.
  ///
  /// - Throws: `ComparisonError.otherPlan` where another one was begun here, or on other images or weights.
  public func begin(_ basis: ComparisonBasis) throws(ComparisonError) {
    let begun = isBegun ? try plan() : nil
    if let begun, begun != basis.plan, let difference = begun.difference(fromLarger: basis.plan) {
      throw .otherPlan(url.path, what: difference)
    }
    let images = basis.images.map { ($0.name.text, $0.digest) }
    var weights = Dictionary(basis.weights.map { ($0.name, $0.digest) }, uniquingKeysWith: { $1 })
    if begun != nil {
      for (fold, split) in basis.splits { try check(split, fold: fold) }
      let known = try digests(in: digestsFile, Digested.images)
      if let known, let changed = images.first(where: { known[$0.0] != $0.1 }) {
        throw .otherPlan(url.path, what: "'\(changed.0)' or its mask has changed since")
      }
      for (name, digest) in try digests(in: weightsFile, Digested.weights) ?? [:] {
        guard weights[name] ?? digest == digest else {
          throw .otherPlan(url.path, what: "the weights '\(name)' have changed since")
        }
        weights[name] = digest
      }
    }
    for (fold, split) in basis.splits { try write(split.csv, to: splitFile(fold: fold)) }
    if let groups = basis.groups { try write(groups.csv, to: groupsFile) }
    try write(Digested.images.text(images.map(Digested.init)), to: digestsFile)
    let sorted = weights.sorted { $0.key < $1.key }
    try write(
      Digested.weights.text(sorted.map { Digested(name: $0.key, digest: $0.value) }),
      to: weightsFile)
    try write(basis.plan.yaml, to: planFile)
  }

  private func check(_ split: Split, fold: Int?) throws(ComparisonError) {
    let file = splitFile(fold: fold)
    guard FileManager.default.fileExists(atPath: file.path) else { return }
    guard try ComparisonError.text(of: file) == split.csv else {
      throw .otherPlan(
        url.path, what: "the images are divided otherwise than in \(file.lastPathComponent)")
    }
  }

  /// The digests in a table by name; nil where there is no table.
  private func digests(
    in file: URL, _ table: CSVTable<Digested>
  ) throws(ComparisonError) -> [String: String]? {
    guard FileManager.default.fileExists(atPath: file.path) else { return nil }
    let rows = table.rows(of: try ComparisonError.text(of: file)).compactMap(\.row)
    return Dictionary(rows.map { ($0.name, $0.digest) }, uniquingKeysWith: { $1 })
  }

  private func write(_ text: String, to file: URL) throws(ComparisonError) {
    try ComparisonError.filing(AtomicWrite.write(text, to: file))
  }
}

/// A line of the tables that tell whether a comparison is still on the same images and weights.
private struct Digested: Sendable {
  var name: String
  var digest: String

  static let images = table("image")
  static let weights = table("weights")

  private static func table(_ what: String) -> CSVTable<Digested> {
    CSVTable(
      blank: Digested(name: "", digest: ""), [.init(what, \.name), .init("digest", \.digest)])
  }
}
