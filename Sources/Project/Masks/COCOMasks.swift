import Files
public import Foundation
import Imaging
import Synchronization

/// A file of COCO's kind that lies with images and says where their cells are.
///
/// It is read when the first mask of it is: opening a folder asks only which images it lists.
public final class COCOMasks: Sendable, Equatable {
  /// The file.
  public let file: URL
  /// What those of its images are called in it that are annotated.
  let names: [String]
  private let read = Mutex<Result<COCOOutlines, ProjectError>?>(nil)
  private let isTold = Mutex(false)

  /// More is not read each time a folder is opened.
  static let largestSize = 64 << 20

  /// Reads which images a file annotates; nil where it is another kind of JSON.
  ///
  /// - Throws: `ProjectError` where it cannot be read.
  init?(_ file: URL) throws(ProjectError) {
    let listing = try COCOFile.readListing(file)
    guard let pictures = listing.images, !listing.annotated.isEmpty else { return nil }
    self.file = file
    names = pictures.filter { listing.annotated.contains($0.id) }.map(\.fileName)
  }

  /// Two are the same where their files are.
  public static func == (a: COCOMasks, b: COCOMasks) -> Bool { a.file == b.file }

  /// What its annotations say.
  ///
  /// - Throws: `ProjectError` where none of them can be used.
  func outlines() throws(ProjectError) -> COCOOutlines {
    try read.withLock { read in
      let result =
        read
        ?? Result { () throws(ProjectError) in
          try COCOOutlines(try COCOFile.read(file), file: file)
        }
      read = result
      return result
    }.get()
  }

  /// What of it is skipped, with how much of it: lines for the user, the first time that they are asked for.
  func newNotes() throws(ProjectError) -> [String] {
    let notes = try outlines().notes
    let wasTold = isTold.withLock { isTold in
      defer { isTold = true }
      return isTold
    }
    return wasTold ? [] : notes.map { "\(file.lastPathComponent): \($0)" }
  }

  /// The cells of an image by its name in the file.
  ///
  /// - Throws: `ProjectError` where the file cannot be used, `ImagingError` where it is of an image of
  ///   another size, or none of its annotations can be used.
  func annotation(of image: String, width: Int, height: Int) throws -> Annotation {
    let outlines = try outlines()
    guard let picture = outlines.pictures.first(where: { $0.fileName == image }),
      let cells = outlines.cells[picture.id]
    else {
      throw ImagingError.unsupported(
        file: "of \(image) in \(file.lastPathComponent)",
        reason: "no annotation has an outline that can be used", advice: "draw its cells")
    }
    let size = (picture.width ?? width, picture.height ?? height)
    guard size == (width, height),
      cells.joined().allSatisfy({ $0.fits(width: width, height: height) })
    else {
      throw ImagingError.maskSize(
        file: "of \(image) in \(file.lastPathComponent)", mask: "\(size.0)x\(size.1)",
        image: "\(width)x\(height)")
    }
    return try Annotation(
      cells: cells, width: width, height: height, file: file.lastPathComponent)
  }

  /// Whether a file may be one of COCO's, by its first bytes.
  static func isLikely(_ file: URL) -> Bool {
    guard let handle = try? FileHandle(forReadingFrom: file) else { return false }
    defer { try? handle.close() }
    let start = String(decoding: (try? handle.read(upToCount: 4096)) ?? Data(), as: UTF8.self)
    let keys = ["images", "annotations", "categories"].map { "\"\($0)\"" }
    return start.drop { $0.isWhitespace || $0 == "\u{FEFF}" }.hasPrefix("{")
      && keys.contains(where: start.contains)
  }
}
