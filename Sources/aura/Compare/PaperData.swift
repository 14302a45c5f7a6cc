import Comparison
import Foundation
import Recipes

/// Finds a data set of the paper in a folder.
struct PaperData {
  private let path: String

  init(_ path: String) { self.path = path }

  /// The images and masks of a table's data set.
  ///
  /// - Throws: `Failure` where there are none.
  func folders(of paper: PaperProtocol) throws(Failure) -> LabelledFolders {
    let dataset = "BU-BIL_Dataset\(paper.dataset)"
    if let folders = pair("images", "masks") { return folders }
    var raw = pair("\(dataset)/RawImages", "\(dataset)/GoldStandard")
    let isAnother = name.hasPrefix("BU-BIL_Dataset") && name != dataset
    if !isAnother { raw = raw ?? pair("RawImages", "GoldStandard") }
    if raw == nil, let folders = pair("", "masks") { return folders }
    guard let raw else {
      throw Failure(
        .missingInput,
        "'\(path)' has neither masks/ nor \(dataset)/RawImages and GoldStandard"
          + (isAnother ? ", it is another data set; " : "; ")
          + "give BU-BIL's folder, or what `aura import` made of it")
    }
    guard paper.dataset == 1 else {
      throw Failure(
        .badInput,
        "data set \(paper.dataset) shows several cells an image of which one is annotated; cut it "
          + "out first: aura import bu-bil \(path) CROPS, then --data CROPS")
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
