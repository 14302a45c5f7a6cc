public import Comparison
import Foundation
import Recipes

/// Finds a data set of the paper in a folder.
public struct PaperData {
  private let path: String

  /// Looks in a folder.
  public init(_ path: String) { self.path = path }

  /// The images and masks of a table's data set.
  ///
  /// - Throws: `WorkflowError` where there are none.
  public func folders(of paper: PaperProtocol) throws(WorkflowError) -> LabelledFolders {
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

  private var folder: URL {
    URL(filePath: path, directoryHint: .isDirectory).standardizedFileURL
  }

  private var name: String { folder.lastPathComponent }

  private func pair(_ images: String, _ masks: String) -> LabelledFolders? {
    let found = [images, masks].map { folder.appending(path: $0) }
    let areFolders = found.allSatisfy { (try? $0.resolvingSymlinksInPath().isFolder) == true }
    return areFolders ? LabelledFolders(images: found[0].path, masks: found[1].path) : nil
  }
}
