import Files
public import Foundation
import Project
import Recipes

/// Copies of what a project holds, for other programs.
public struct ExportJob {
  /// What no copy may replace.
  public let originals: Originals
  private let images: String
  private let store: ProjectStore

  /// The project's folder.
  public var folder: URL { store.folder }

  /// Opens the project of a folder of images, only to read it.
  ///
  /// - Throws: `ProjectError` where there is none.
  public init(_ images: String, project: URL?) throws {
    self.images = images
    store = try ProjectStore.open(
      images: URL(filePath: images, directoryHint: .isDirectory), project: project,
      access: .readOnly)
    originals = Originals(store)
  }

  /// Copies the accepted masks into a folder; where one would replace something, the user is to choose
  /// another `place`.
  ///
  /// - Throws: `WorkflowError` where no mask is accepted or one would replace something.
  public func copyMasks(
    to folder: String, place: String, progress: (_ done: Int, _ total: Int, _ name: String) -> Void
  ) throws -> [URL] {
    let keys = store.labelledKeys
    guard !keys.isEmpty else {
      throw WorkflowError.noAcceptedMask(project: store.folder.path, images: images)
    }
    let files = Output.maskFiles(of: store.keys, in: folder)
    try originals.spare(from: keys.compactMap { files[$0] }, place: place)
    _ = try Output.folder(folder)
    return try keys.enumerated().compactMap { index, key in
      guard let file = files[key], let mask = try store.acceptedMask(of: key) else { return nil }
      try Output.write(mask, to: file)
      progress(index + 1, keys.count, key.text)
      return file
    }
  }

  /// Copies the weights of the newest run.
  ///
  /// - Throws: `WorkflowError.noNetwork` where there are none.
  public func copyWeights(to file: URL) throws {
    guard let run = store.newestRunWithWeights else {
      throw WorkflowError.noNetwork(project: store.folder.path)
    }
    try AtomicWrite.write(try Data(contentsOf: run.weightsFile), to: file)
  }
}
