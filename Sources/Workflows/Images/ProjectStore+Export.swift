import Files
public import Foundation
public import Project
import Recipes

extension ProjectStore {
  /// Copies the accepted masks into a folder; where one would replace something, the user is to choose
  /// another `place`; `images` is what an error calls their folder.
  ///
  /// - Throws: `WorkflowError` where no mask is accepted or one would replace something.
  public func copyMasks(
    of images: String, to target: String, place: String,
    progress: (_ done: Int, _ total: Int, _ name: String) -> Void
  ) throws -> [URL] {
    let labelled = labelledKeys
    guard !labelled.isEmpty else {
      throw WorkflowError.noAcceptedMask(project: folder.path, images: images)
    }
    let files = Output.maskFiles(of: keys, in: target)
    try Originals(self).spare(from: labelled.compactMap { files[$0] }, place: place)
    _ = try Output.resultFolder(target)
    return try labelled.enumerated().compactMap { index, key in
      guard let file = files[key], let mask = try acceptedMask(of: key) else { return nil }
      try Output.write(mask, to: file)
      progress(index + 1, labelled.count, key.text)
      return file
    }
  }

  /// Copies the weights of the newest run.
  ///
  /// - Throws: `WorkflowError.noNetwork` where there are none.
  public func copyWeights(to file: URL) throws {
    guard let run = newestRunWithWeights else {
      throw WorkflowError.noNetwork(project: folder.path)
    }
    try AtomicWrite.write(try Data(contentsOf: run.weightsFile), to: file)
  }
}
