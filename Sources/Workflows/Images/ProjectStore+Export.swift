import Files
public import Foundation
public import Project
import Imaging
import Recipes

extension ProjectStore {
  /// Copies the accepted masks into a folder; where one would replace something, the user is to choose
  /// another `place`; `images` is what an error calls their folder.
  ///
  /// - Returns: the masks, and a line that names those left out: unreadable, or not of their image's size.
  /// - Throws: `WorkflowError` where no mask is accepted, all are left out, or one would replace something.
  public func copyMasks(
    of images: String, to target: String, place: String,
    progress: (_ done: Int, _ total: Int, _ name: String) -> Void
  ) throws -> (files: [URL], leftOut: String?) {
    let labelled = labelledKeys
    guard !labelled.isEmpty else {
      try checkWhole()
      throw WorkflowError.noAcceptedMask(project: folder.path, images: images)
    }
    let files = Output.maskFiles(of: keys, in: target)
    try Originals(self).spare(from: labelled.compactMap { files[$0] }, place: place)
    _ = try Output.resultFolder(target)
    var written: [URL] = []
    var troubles = LabelTroubles()
    for (index, key) in labelled.enumerated() {
      guard let file = files[key] else { continue }
      let source = try source(of: key)
      let header = try? ImageFile.header(source.file, page: source.page)
      var mask: Annotation?
      do {
        mask = try acceptedAnnotation(of: key, expecting: header.map { ($0.width, $0.height) })
      } catch {
        try troubles.add(error, at: key)
      }
      guard let mask else { continue }
      try Output.write(mask, of: source, to: file)
      written.append(file)
      progress(index + 1, labelled.count, key.text)
    }
    if written.isEmpty, troubles.notice != nil { throw WorkflowError.labels(troubles) }
    return (written, troubles.notice)
  }

  /// Ends an export of masks that is done but for those whose images are gone, or could not be read.
  public func checkWhole() throws(WorkflowError) {
    let gone = report.gone.filter { entry(of: $0).state.hasMask }
    if !gone.isEmpty { throw .goneImages(gone, project: folder.path) }
    if !report.leftOut.unread.isEmpty { throw .leftOut(report.leftOut.unread) }
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
