public import Foundation
public import Recipes

extension ImageKey {
  /// `<folder>/<key>.png`, folders of the key kept: where a picture made from the image goes.
  ///
  /// - Throws: `ProjectError.unsafeKey` for a key that is empty, absolute or leads out of the folder.
  public func pictureFile(in folder: URL) throws(ProjectError) -> URL {
    try ProjectFiles.file(of: self, in: folder)
  }
}
