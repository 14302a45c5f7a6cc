import Files
public import Foundation
public import Imaging

extension SampleSet {
  /// Writes the whole set into a folder, each file whole or not at all; files of the same names are
  /// replaced, others are left alone.
  ///
  /// After each picture `progress` hears how many are done and may stop the rest by returning false.
  public func write(
    to folder: URL, progress: (_ done: Int, _ picture: Picture) -> Bool = { _, _ in true }
  ) throws(ProjectError) {
    for index in 0..<count {
      let picture = picture(at: index)
      try ProjectError.filing(
        AtomicWrite.write(
          picture.image, to: folder.appending(path: picture.path), isDurable: false))
      if let mask = picture.mask {
        try ProjectError.filing(
          AtomicWrite.write(mask, to: folder.appending(path: picture.maskPath), isDurable: false))
      }
      guard progress(index + 1, picture) else { return }
    }
  }
}
