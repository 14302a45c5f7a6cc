public import Comparison
import Files
import Foundation
import Project
public import Recipes

/// Finds a data set of the paper in a folder.
public struct PaperData {
  private let path: String

  /// Looks in a folder.
  public init(_ path: String) { self.path = path }

  /// The images and masks of a table's data set.
  ///
  /// - Throws: `WorkflowError` where there are none.
  func folders(of paper: PaperProtocol) throws(WorkflowError) -> LabelledFolders {
    let dataset = "BU-BIL_Dataset\(paper.dataset)"
    if let folders = pair("images", "masks") { return folders }
    var raw = pair("\(dataset)/RawImages", "\(dataset)/GoldStandard")
    let isAnother = name.hasPrefix("BU-BIL_Dataset") && name != dataset
    if !isAnother { raw = raw ?? pair("RawImages", "GoldStandard") }
    if raw == nil, let folders = pair("", "masks") { return folders }
    guard let raw else {
      throw .noPaperData(path, dataset: paper.dataset, isAnother: isAnother)
    }
    guard paper.dataset == 1 else {
      throw .uncroppedPaperData(path, dataset: paper.dataset)
    }
    return raw
  }

  /// The plan of a table on the data, of a recipe that all rows have in common, each ResNet-18 begun with
  /// `start`; of some rows only where `place` names them.
  ///
  /// - Throws: `WorkflowError` where the data are not what the table needs or a row is not there,
  ///   `RecipeError` for a size that a row's network does not take.
  public func plan(
    of paper: PaperProtocol, recipe: Recipe, start: StartingWeights, only names: [String]?,
    place: String, division: Comparison.Division, seeds: [UInt64]
  ) throws -> ComparisonPlan {
    let folders = try folders(of: paper)
    var recipes = try paper.recipes(start: Self.whole(start), over: recipe)
    if let names {
      let rows = recipes.map(\.name)
      if let stranger = names.first(where: { !rows.contains($0) }) {
        throw WorkflowError.noRow(stranger, rows: rows, place: place)
      }
      recipes = recipes.filter { names.contains($0.name) }
    }
    for named in recipes { try named.recipe.checkSize() }
    return ComparisonPlan(
      data: folders, division: division, scoring: .paper, seeds: seeds, recipes: recipes,
      paperTable: paper.table)
  }

  /// Weights with the whole path of a file that is there.
  private static func whole(_ start: StartingWeights) -> StartingWeights {
    guard case .file(let text) = start, FileManager.default.fileExists(atPath: text) else {
      return start
    }
    return .file(URL(filePath: text).standardizedFileURL.path)
  }

  private var folder: URL {
    URL(filePath: path, directoryHint: .isDirectory).standardizedFileURL
  }

  private var name: String { folder.lastPathComponent }

  private func pair(_ images: String, _ masks: String) -> LabelledFolders? {
    let found = [images, masks].map { folder.appending(path: $0) }
    let areFolders = found.allSatisfy { FileKind($0) == .folder }
    return areFolders ? LabelledFolders(images: found[0].path, masks: found[1].path) : nil
  }
}
