public import Comparison
import Files
import Foundation
import Project
import Recipes

/// Divisions of the images of a folder that have masks, drawn and written as tables.
public struct SplitJob {
  /// A table that is written, and how many images of each part it has.
  public struct Table: Encodable {
    let file: String
    let train: Int
    let validation: Int
    let test: Int

    /// A line for people.
    public var text: String {
      "\(train) to train, \(validation) to validate, \(test) to test on: \(file)\n"
    }
  }

  /// Lines for the user.
  public let notes: [String]
  private let division: Comparison.Division
  private let keys: [ImageKey]
  private let groups: ImageGroups

  /// Finds the images that have masks, and those of them that stay together.
  ///
  /// - Throws: `WorkflowError.noMasks` where no image has one, `ProjectError` for groups that are none.
  public init(_ division: Comparison.Division, of folder: ImageFolder, masks: MaskSet) throws {
    self.division = division
    let keys = folder.images.map(\.key).filter(masks.has)
    guard !keys.isEmpty else { throw WorkflowError.noMasks(folder.path, .dividing) }
    groups = try division.groups.map { try ImageGroups($0, of: keys) } ?? .none
    self.keys = keys
    // A table may name images that have no mask, too.
    let there = Set(folder.images.flatMap { [$0.key.text, $0.file.lastPathComponent] })
    let unknown = groups.unknown.filter { !there.contains($0) }
    notes =
      masks.leftOut.notices
      + unknown.prefix(1).map {
        "\(unknown.count) images of the groups are not there, such as \($0)"
      }
  }

  /// Draws, also a share of the others to validate on, and writes one table into a file or those of folds
  /// into a folder; where a file is in the way, the user is to choose another `place`.
  ///
  /// - Throws: `ProjectError` for what cannot be divided so, `WorkflowError.occupied`, `FileError`.
  public func write(
    validating validation: Double, to output: String, place: String
  ) throws -> [Table] {
    let splits = try division.draw(keys, groups: groups, validating: validation)
    let folder = URL(filePath: output, directoryHint: .isDirectory)
    let files =
      division.foldCount == nil
      ? [URL(filePath: output)]
      : splits.indices.map { folder.appending(path: "fold-\($0 + 1).csv") }
    try Originals.refuseExisting(files, place: place)
    return try zip(splits, files).map { split, file in
      try AtomicWrite.write(split.csv, to: file)
      func count(_ part: Split.Part) -> Int { split.images(part, of: keys).count }
      return Table(
        file: file.path, train: count(.train), validation: count(.validation), test: count(.test))
    }
  }
}
