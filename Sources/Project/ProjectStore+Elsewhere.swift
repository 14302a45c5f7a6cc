import Files
public import Foundation
public import Recipes
import Synchronization

extension ProjectStore {
  /// Copies the project's labels into a folder of their own, while all goes on as before; `goOn` adds what is
  /// decided and drawn meanwhile.
  ///
  /// Masks come from the project's folder, wherever it is by now, or are those that were accepted since the
  /// opening. Nothing is changed in the project itself; its runs stay there.
  ///
  /// - Throws: `ProjectError.notEmpty` where something lies there already other than a project without
  ///   labels or a copy that was not finished, which are put aside; after any error nothing is there that
  ///   was not before.
  public func copyLabels(to folder: URL) throws(ProjectError) -> LabelCopy {
    let here = writer.withLock { $0?.folder.place } ?? self.folder
    var copy = try LabelCopy(in: folder, of: here)
    do throws(ProjectError) {
      // What changes during the first round is little in the second.
      for _ in 0..<2 {
        try copy.take(state.withLock { $0 }, isDurable: false) { key in
          writer.withLock { files(of: key, in: $0?.folder) }
        }
      }
      try copy.writeJournals(state.withLock(\.strokes))
    } catch {
      copy.discard()
      throw error
    }
    return copy
  }

  /// Goes on in a copy of the labels, with what is decided and drawn since it was begun, and with
  /// `strokes` that could not be written so far.
  ///
  /// - Returns: lines for the user, such as which accepted masks are gone.
  /// - Throws: what could not be written; the copy is then to be discarded, and work goes on where it was.
  public func goOn(
    in copy: inout LabelCopy, adding strokes: [(stroke: Stroke, key: ImageKey)]
  ) throws(ProjectError) -> [String] {
    try writer.withLock { writer throws(ProjectError) in
      let held = writer?.folder
      let opened = try copy.finish(state.withLock { $0 }, adding: strokes) {
        files(of: $0, in: held)
      }
      state.withLock { $0 = copy.labels }
      location.withLock { $0 = copy.place }
      writer = opened
      if folder.path == ownFolder.path { recordImages() }
      return copy.notices
    }
  }

  /// What is said of an image, with its masks, while nobody writes.
  private func files(of key: ImageKey, in held: HeldFolder?) -> LabelFiles {
    LabelFiles(
      state.withLock { $0.label(of: key) }, of: key,
      in: ProjectFiles(folder: held?.place ?? folder))
  }
}
