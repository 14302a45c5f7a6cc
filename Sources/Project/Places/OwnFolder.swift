import Basics
import Files
import Foundation

/// The user's own folder for the project of a folder of images, found again where the images were renamed.
struct OwnFolder: Equatable, Sendable {
  /// The folder, whether or not it is there.
  let folder: URL
  /// Where the images lay when the folder was opened last, if they lay elsewhere.
  private(set) var origin: String?
  /// A folder that may be of these images, which cannot be told for sure, and where they lay then.
  private(set) var guess: Guess?

  /// A folder with labels of images that lay elsewhere, or of others that lay here.
  struct Guess: Equatable, Sendable {
    let folder: URL
    let path: String
  }

  /// Finds the folder of some images in the data folder.
  ///
  /// It is the one that was made for their path, or for the same folder before it was renamed, which is
  /// known by its number and by its images; labels count before an empty one. Those of another folder are
  /// never taken for its own.
  static func find(for images: URL, _ environment: [String: String]) -> OwnFolder {
    let data = ProjectPlace.dataFolder(environment)
    let path = ImagesRecord.path(of: images)
    let records = records(in: data)
    let here = records.filter { $0.record.path == path }
    let mine = here.filter { !$0.record.isOfAnother(than: images) }.map(\.folder)
    if let labelled = mine.first(where: holdsLabels) { return OwnFolder(folder: labelled) }
    let named = named(images, path, in: data, besides: records)
    // The version before kept no record.
    if holdsLabels(named) { return OwnFolder(folder: named) }
    let moved = records.filter {
      $0.record.path != path && !$0.record.isInPlace && holdsLabels($0.folder)
        && $0.record.hasImages(of: images)
    }
    let same = moved.filter { $0.record.hasNumber(of: images) }
    if let found = same.first, same.count == 1 {
      return OwnFolder(folder: found.folder, origin: found.record.path)
    }
    let others = here.filter { !mine.contains($0.folder) && holdsLabels($0.folder) }
    let guess = (moved + others).first.map { Guess(folder: $0.folder, path: $0.record.path) }
    return OwnFolder(folder: mine.first ?? named, guess: guess)
  }

  private static func holdsLabels(_ folder: URL) -> Bool {
    ProjectPlace(folder: folder, reason: .ownCopy).holdsLabels
  }

  /// Called by the images' folder and a hash (FNV-1a) of its whole path, so that namesakes stay apart, and by
  /// a number where that name was given to another folder.
  private static func named(
    _ images: URL, _ path: String, in data: URL, besides records: [Record]
  ) -> URL {
    var hash = FNV1a()
    for byte in path.utf8 { hash.add(UInt64(byte)) }
    let name = images.standardizedFileURL.lastPathComponent + "-" + String(hash.value, radix: 36)
    let taken = Set(records.map(\.folder.lastPathComponent))
    var free = name
    var number = 2
    while taken.contains(free) {
      free = "\(name)-\(number)"
      number += 1
    }
    return data.appending(path: free, directoryHint: .isDirectory)
  }

  private typealias Record = (folder: URL, record: ImagesRecord)

  private static func records(in data: URL) -> [Record] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: data.path)) ?? []
    return names.sorted(by: NaturalOrder.precedes).compactMap { name in
      let folder = data.appending(path: name, directoryHint: .isDirectory)
      let file = ProjectFiles(folder: folder).images
      guard FileKind(file) == .file,
        let record = try? ProjectFiles.decode(ImagesRecord.self, from: file)
      else { return nil }
      return (folder, record)
    }
  }
}

extension ProjectStore {
  /// Notes in the user's own folder of which images it is, so that it is found when they are renamed.
  func recordImages() {
    let file = files.images
    let known = try? ProjectFiles.decode(ImagesRecord.self, from: file)
    if known?.isOf(images) == true { return }
    let record = ImagesRecord(of: images, files: sources.map(\.file))
    // Without it all is as it was; the next opening tries again.
    try? ProjectFiles.write(record, to: file, below: folder)
  }
}
