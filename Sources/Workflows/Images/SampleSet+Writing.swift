public import Foundation
import Files
public import Imaging

extension SampleSet {
  /// Writes the set into a folder; where a file is in the way nothing, and the user is to choose another
  /// `place`.
  ///
  /// - Returns: the folder, and the files in it.
  /// - Throws: `WorkflowError.occupied`, `FileError` for what cannot be written.
  public func write(
    to path: String, place: String, progress: (_ done: Int, _ name: String) -> Void
  ) throws -> (folder: String, images: [String], masks: [String]) {
    let target = URL(filePath: path, directoryHint: .isDirectory)
    let paths = (0..<count).flatMap { index in
      [self.path(at: index)] + (index < labelled ? [maskPath(at: index)] : [])
    }
    try Originals.refuseExisting(
      paths.map { target.appending(path: $0, directoryHint: .notDirectory) }, place: place)
    let folder = try Output.resultFolder(path).url
    var written = (folder: folder.path, images: [String](), masks: [String]())
    for index in 0..<count {
      let picture = picture(at: index)
      try AtomicWrite.write(
        picture.image, to: folder.appending(path: picture.path), isDurable: false)
      written.images.append(picture.path)
      if let mask = picture.mask {
        try AtomicWrite.write(mask, to: folder.appending(path: picture.maskPath), isDurable: false)
        written.masks.append(picture.maskPath)
      }
      progress(index + 1, picture.path)
    }
    return written
  }

  /// Draws the pictures beside each other into a new file, about as wide as high.
  ///
  /// - Throws: `WorkflowError.occupied`, `FileError` for what cannot be written.
  public func draw(on file: URL, place: String) throws {
    try Originals.refuseExisting([file], place: place)
    var sheet = ContactSheet(
      size: size, columns: max(1, Int((Double(count) / 2).squareRoot().rounded())))
    for index in 0..<count {
      let (image, mask) = pixels(at: index)
      sheet.add(image, mask)
    }
    try AtomicWrite.write(sheet.png, to: file, isDurable: false)
  }
}
