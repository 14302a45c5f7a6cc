public import Files
import Foundation
public import Project
public import Recipes

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
  /// - Parameters:
  ///   - plan: What to train, on which images.
  ///   - splits: Which images each fold tests on; nil for the one division of a plan without folds.
  ///   - groups: Which images belong together; nil where each stands by itself.
  ///   - images: A digest of each image and its mask.
  ///   - weights: A digest of each file of weights that a recipe begins with.
  /// - Throws: `ComparisonError.otherPlan` where another one was begun here, or on other images or weights.
  public func begin(
    _ plan: ComparisonPlan, splits: [(fold: Int?, split: Split)] = [], groups: ImageGroups? = nil,
    images: [(name: ImageKey, digest: String)] = [],
    weights: [(name: String, digest: String)] = []
  ) throws(ComparisonError) {
    let begun = isBegun ? try self.plan() : nil
    if let begun, begun != plan, let difference = begun.difference(fromLarger: plan) {
      throw .otherPlan(url.path, what: difference)
    }
    let images = images.map { ($0.name.text, $0.digest) }
    var weights = Dictionary(weights.map { ($0.name, $0.digest) }, uniquingKeysWith: { $1 })
    if begun != nil {
      for (fold, split) in splits { try check(split, fold: fold) }
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
    for (fold, split) in splits { try write(split.csv, to: splitFile(fold: fold)) }
    if let groups { try write(groups.csv, to: groupsFile) }
    try write(Digested.images.text(images.map(Digested.init)), to: digestsFile)
    let sorted = weights.sorted { $0.key < $1.key }
    try write(
      Digested.weights.text(sorted.map { Digested(name: $0.key, digest: $0.value) }),
      to: weightsFile)
    try write(plan.yaml, to: planFile)
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
