public import Files
public import Imaging
public import Recipes

/// What can go wrong with a project on disk; the text says what, where, and what to try.
public enum ProjectError: Error, Equatable, Sendable, CustomStringConvertible {
  /// A file or folder cannot be read or written.
  case file(FileError)
  /// The folder holds no image that can be read; the number of files refused and the first one.
  case noImages(String, refused: Int, example: RefusedFile?)
  /// No image of the folder has a channel that is asked for, or kept in the project; those that there are.
  case noChannel(String, folder: String, known: [String])
  /// An image that has one channel and no colours.
  case oneChannel(ImageKey)
  /// A folder of masks holds nothing but the images that they are to be of; the first one.
  case ownMasks(String, example: String)
  /// The folder holds no image but behind links, which are not followed.
  case onlyLinks(String, count: Int, example: String)
  /// Another aura has the project open; its process number where known.
  case locked(String, process: Int?)
  /// The project's folder was moved or deleted while it was open; where it is now, if that is known.
  case moved(String, to: String?)
  /// A journal was deleted or exchanged by another program while it was open.
  case exchanged(String)
  /// An image was replaced by one of another size since its mask was drawn; both sizes as text.
  case replaced(String, mask: String, image: String)
  /// An image that is to be accepted cannot be read any more.
  case unread(ImageKey, ImagingError)
  /// The folder holds a copy of labels of which something is missing.
  case unfinished(String)
  /// A file of the project is not what it should be; why.
  case damaged(String, String)
  /// A setting in a file is what it cannot be.
  case settings(String, RecipeError)
  /// The project was made by a newer aura; the version found and the newest known.
  case newer(String, found: Int, known: Int)
  /// A key that names no image of the project.
  case unknownImage(String)
  /// A key that would leave the project's folder.
  case unsafeKey(String)
  /// A decision that needs a mask has none.
  case noMask(String)
  /// A mask has another size than its image; both sizes as text.
  case maskSize(String, mask: String, image: String)
  /// A split cannot be used; why.
  case split(String)
  /// Two images of a data set have one name.
  case sameName(String)
  /// A mask of a data set has no cell to crop around; its file and the image's name.
  case noCell(String, image: String)
  /// A data set of the Cell Tracking Challenge has no segmented frame, or only such as lack cells.
  case noFrames(String)
  /// A data set that others made cannot be imported; why.
  case dataSet(String)
  /// Masks of a data set are not read without asking what their numbers mean.
  case masks(MaskTrouble)
  /// A folder that must be new or empty has something in it.
  case notEmpty(String)

  /// One line for the user.
  public var description: String {
    switch self {
    case .file(let error):
      error.description
    case .noImages(let path, let refused, let example):
      "no image (TIFF, PNG, JPEG, BMP) in '\(path)' or the folders in it"
        + Self.refusal(refused, example) + "; give a folder of images"
    case .noChannel(let channel, let path, let known):
      "no image in '\(path)' has a channel '\(channel)'; there are \(known.joined(separator: ", ")), and"
        + " auto finds one out"
    case .oneChannel(let key):
      "'\(key)' has one channel and no colours; nothing else of it can be looked at"
    case .ownMasks(let path, let example):
      "'\(path)' holds the images themselves, such as '\(example)', and no image is its own mask; give the"
        + " folder of their masks"
    case .onlyLinks(let path, let count, let example):
      "no image (TIFF, PNG, JPEG, BMP) in '\(path)' or the folders in it; \(count)"
        + " link\(count == 1 ? " leads" : "s lead") out of it, such as '\(example)'"
    case .locked(let path, let process):
      "the project '\(path)' is open in another aura"
        + (process.map { " (process \($0))" } ?? "")
        + "; close that one first"
    case .exchanged(let path):
      "not saved: '\(path)' was deleted or replaced by another program while it was open; W writes all"
        + " labels into another folder, or leave and open the project again"
    case .moved(let path, let place):
      "the project's folder '\(path)' was "
        + (place.map { "moved to '\($0)'" } ?? "moved or deleted")
        + " while it was open, so nothing more is saved; put it back, or W writes its labels elsewhere"
    case .replaced(let key, let mask, let image):
      "'\(key)' was replaced: it is \(image) now, the mask is \(mask), so it is not saved; Ctrl-L reads"
        + " the image again"
    case .unread(let key, let error):
      "'\(key)' is not accepted, as it cannot be read any more (\(error)); its strokes are kept: put the"
        + " image back, then Ctrl-L reads it again"
    case .unfinished(let path):
      "'\(path)' holds a copy of labels that is not finished; wait if another aura writes it, else move it"
        + " away and copy again, or open the project that it was made of"
    case .damaged(let path, let reason):
      "'\(path)' is damaged: \(reason); restore it from a backup or move it away"
    case .settings(let path, let error):
      "'\(path)': \(error)"
    case .newer(let path, let found, let known):
      "'\(path)' has version \(found), this aura knows up to \(known); use a newer aura"
    case .unknownImage(let key):
      "'\(key)' is no image of this project; `aura info PATH` lists them"
    case .unsafeKey(let key):
      "'\(key)' cannot be a key: it leads out of the project's folder"
    case .noMask(let key):
      "'\(key)' cannot be accepted without a mask; draw one or take the proposal first"
    case .maskSize(let key, let mask, let image):
      "the mask of '\(key)' is \(mask), the image is \(image); give a mask of the image's own size"
    case .notEmpty(let path):
      "'\(path)' is there already and is not replaced; give a new or empty folder"
    case .masks(let trouble):
      trouble.description
    case .sameName(let name):
      "two images would be called '\(name)'"
    case .noCell(let path, _):
      "'\(path)' has no cell to crop around"
    case .noFrames(let path):
      "'\(path)' has no segmented frame: no 01_GT/SEG/man_seg000.tif, no 01_ST/SEG, or only such as "
        + "lack cells"
    case .split(let reason), .dataSet(let reason):
      reason
    }
  }

  /// Whether it is about an image that is not what it was when it was opened.
  public var isOfLostImage: Bool {
    switch self {
    case .replaced, .unread: true
    default: false
    }
  }

  private static func refusal(_ count: Int, _ example: RefusedFile?) -> String {
    guard count > 0, let example else { return "" }
    return
      " (\(count) other picture\(count == 1 ? "" : "s"), such as '\(example.path)', \(example.reason))"
  }

  /// Does what meets only files; their errors become this one.
  static func filing<Result>(
    _ body: @autoclosure () throws(FileError) -> Result
  ) throws(ProjectError) -> Result {
    do throws(FileError) {
      return try body()
    } catch {
      throw .file(error)
    }
  }
}
