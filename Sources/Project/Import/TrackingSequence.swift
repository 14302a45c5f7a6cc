import Files
import Basics
import Foundation
import Imaging

/// A time-lapse of the Cell Tracking Challenge with what people and computers drew on it.
struct TrackingSequence {
  /// A frame, or a slice of one that is a volume.
  struct Place: Hashable {
    /// The frame's number.
    let frame: Int
    /// The slice, from 0; nil for all that the frame has.
    let slice: Int?
  }

  /// A file of numbered cells.
  struct Segmentation {
    /// Which frame, and slice.
    let place: Place
    /// The file.
    let file: URL
  }

  /// `01`, `02`, ...
  let name: String
  /// The folder of its frames.
  let folder: URL
  /// The file of each frame by its number.
  let frames: [Int: URL]

  /// The sequences of a data set, in order.
  ///
  /// - Throws: `ProjectError` where there is none.
  static func all(in dataSet: URL) throws(ProjectError) -> [TrackingSequence] {
    guard FileKind(dataSet) == .folder else { throw .file(.noFolder(dataSet.path)) }
    let found = try names(in: dataSet)
      .filter { $0.count >= 2 && $0.allSatisfy(\.isASCIIDigit) }
      .map { name throws(ProjectError) in try TrackingSequence(name: name, dataSet: dataSet) }
      .filter { !$0.frames.isEmpty }
    guard !found.isEmpty else {
      throw .dataSet(
        "'\(dataSet.path)' has no sequence of the Cell Tracking Challenge: no 01/t000.tif in it")
    }
    return found
  }

  private init(name: String, dataSet: URL) throws(ProjectError) {
    self.name = name
    folder = dataSet.appending(path: name, directoryHint: .isDirectory)
    var frames: [Int: URL] = [:]
    for file in try Self.names(in: folder) {
      guard let numbers = Self.numbers(of: file, after: "t"), numbers.count == 1 else { continue }
      frames[numbers[0]] = folder.appending(path: file, directoryHint: .notDirectory)
    }
    self.frames = frames
  }

  /// The segmentations of a kind, in order.
  func segmentations(
    _ truth: ImportSet.TrackingTruth
  ) throws(ProjectError) -> [Segmentation] {
    let folder = truthFolder(truth == .silver ? "ST" : "GT", "SEG")
    return try Self.names(in: folder).compactMap { file in
      guard let numbers = Self.numbers(of: file, after: "man_seg"), (1...2).contains(numbers.count)
      else { return nil }
      return Segmentation(
        place: Place(frame: numbers[0], slice: numbers.count == 2 ? numbers[1] : nil),
        file: folder.appending(path: file, directoryHint: .notDirectory))
    }
  }

  /// Whether a tracked cell has no pixel in a segmentation; volumes are not looked at.
  func lacksCells(_ segmentation: Segmentation) throws -> Bool {
    guard segmentation.place.slice == nil,
      let markers = try markers(of: segmentation.place.frame),
      try ImageFile.pageCount(of: segmentation.file) == 1
    else { return false }
    let cells = try ImageFile.read(segmentation.file)
    let tracked = try ImageFile.read(markers)
    guard cells.width == tracked.width, cells.height == tracked.height else {
      throw ProjectError.dataSet(
        "'\(markers.path)' is \(tracked.width)x\(tracked.height), '\(segmentation.file.path)' is"
          + " \(cells.width)x\(cells.height); they must have the same size")
    }
    var missing = Set(tracked.values)
    missing.remove(0)
    for (marker, cell) in zip(tracked.values, cells.values) where cell != 0 {
      missing.remove(marker)
    }
    return !missing.isEmpty
  }

  /// The images that a segmentation is for: one, or one a slice of a volume.
  func items(of segmentation: Segmentation, frame: URL) throws -> [ImportItem] {
    let stem = "\(name)/\(RelativePath(frame.lastPathComponent).stem)"
    func item(_ slice: Int, page: Int, isAlone: Bool) -> ImportItem {
      ImportItem(
        name: isAlone ? stem : "\(stem)-z\(slice)", image: frame, page: slice,
        truth: .mask(.picture(segmentation.file, page: page), rule: .labels), group: name)
    }
    if let slice = segmentation.place.slice { return [item(slice, page: 0, isAlone: false)] }
    let pages = try ImageFile.pageCount(of: segmentation.file)
    guard try ImageFile.pageCount(of: frame) == pages else {
      throw ProjectError.dataSet(
        "'\(segmentation.file.path)' has \(pages) slices and '\(frame.path)' has not")
    }
    return (0..<pages).map { item($0, page: $0, isAlone: pages == 1) }
  }

  private func markers(of frame: Int) throws(ProjectError) -> URL? {
    let folder = truthFolder("GT", "TRA")
    return try Self.names(in: folder).first { Self.numbers(of: $0, after: "man_track") == [frame] }
      .map { folder.appending(path: $0, directoryHint: .notDirectory) }
  }

  private func truthFolder(_ kind: String, _ part: String) -> URL {
    folder.deletingLastPathComponent().appending(
      path: "\(name)_\(kind)/\(part)", directoryHint: .isDirectory)
  }

  /// What a folder holds; nothing where there is none, or a file.
  private static func names(in folder: URL) throws(ProjectError) -> [String] {
    guard FileKind(folder) == .folder else { return [] }
    return try ProjectError.filing(FolderListing.names(in: folder))
      .sorted(by: NaturalOrder.precedes)
  }

  /// The numbers of `man_seg_003_007.tif` after `man_seg`: 3 and 7; nil for another name.
  private static func numbers(of file: String, after prefix: String) -> [Int]? {
    let path = RelativePath(file)
    guard ["tif", "tiff"].contains(path.fileExtension) else { return nil }
    let stem = path.stem
    guard stem.hasPrefix(prefix) else { return nil }
    let parts = stem.dropFirst(prefix.count).split(separator: "_")
    guard parts.allSatisfy({ $0.allSatisfy(\.isASCIIDigit) }) else { return nil }
    let numbers = parts.compactMap { Int($0) }
    return numbers.count == parts.count && !numbers.isEmpty ? numbers : nil
  }
}

extension Character {
  fileprivate var isASCIIDigit: Bool { ("0"..."9").contains(self) }
}
