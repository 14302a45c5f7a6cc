import Foundation

/// A file that may be a mask, or the files of one.
struct MaskCandidate {
  /// The path relative to the folder that was looked through, as messages have it.
  let path: RelativePath
  /// The file, the first where each cell has one.
  let file: URL
  /// Whether it lies in a folder of masks; else only its name beside that of an image makes it one.
  var isApart = true
  /// The image that it is of, by its path, where its folder says it.
  var image: String?
  /// A file for each cell, in their order; empty where one file holds all.
  var cells: [URL] = []

  /// In which form it is kept; nil where it is no mask.
  var form: MaskConvention.Form? {
    MaskConvention.Form.allCases.first { $0.extensions.contains(path.fileExtension) }
  }
}
