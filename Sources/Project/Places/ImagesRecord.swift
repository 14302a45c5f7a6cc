import Basics
import Files
import Foundation

/// Of which folder of images a project is that is not kept with them: its `images.json`.
///
/// The folder's path changes when it is renamed, and another folder may come to have it. Its number on the
/// disk stays, but goes to another folder once it is deleted, and some network disks give new ones. So
/// the first bytes of a few images are kept too: where number and images agree, it is the folder.
struct ImagesRecord: Codable, Equatable, Sendable {
  /// An image by which the folder is known.
  struct Sample: Codable, Equatable, Sendable {
    /// Its path in the folder.
    let file: String
    /// How long it is.
    let bytes: Int
    /// The hash (FNV-1a) of its first bytes, in letters and digits.
    let start: String
  }

  /// The folder's path, without a link in it.
  let path: String
  /// Its inode.
  let number: UInt64?
  /// The first, a middle and the last of its images.
  let samples: [Sample]

  /// So many bytes of an image tell it from all others.
  private static let startLength = 1 << 18
}

extension ImagesRecord {
  /// Describes a folder with its images.
  init(of images: URL, files: [URL]) {
    path = Self.path(of: images)
    number = Self.number(at: path)
    let root = path + "/"
    let chosen = files.isEmpty ? [] : [0, files.count / 2, files.count - 1].map { files[$0] }
    samples = Set(chosen.map(FolderListing.realPath)).sorted().compactMap { file in
      file.hasPrefix(root) ? Self.sample(String(file.dropFirst(root.count)), in: images) : nil
    }
  }

  /// The path of a folder, without a link in it.
  static func path(of images: URL) -> String {
    FolderListing.realPath(images.standardizedFileURL)
  }

  /// Whether it says of a folder what there is to say, the images not looked into.
  func isOf(_ images: URL) -> Bool {
    path == Self.path(of: images) && number == Self.number(at: path) && !samples.isEmpty
      && samples.allSatisfy { Self.length(of: $0.file, in: images) == $0.bytes }
  }

  /// Whether its folder is still where it was.
  var isInPlace: Bool {
    let there = URL(filePath: path, directoryHint: .isDirectory)
    return FileKind(there) == .folder && !isOfAnother(than: there)
  }

  /// Whether a folder has the number of the one that it is of.
  func hasNumber(of images: URL) -> Bool {
    number != nil && number == Self.number(at: Self.path(of: images))
  }

  /// Whether all its images are in a folder, as they were.
  func hasImages(of images: URL) -> Bool {
    !samples.isEmpty && samples.allSatisfy { isThere($0, in: images) }
  }

  /// Whether it is of another folder than the one that has its path now: neither number nor any image agrees.
  func isOfAnother(than images: URL) -> Bool {
    !samples.isEmpty && !hasNumber(of: images) && !samples.contains { isThere($0, in: images) }
  }

  private func isThere(_ sample: Sample, in images: URL) -> Bool {
    Self.length(of: sample.file, in: images) == sample.bytes
      && Self.sample(sample.file, in: images) == sample
  }

  private static func sample(_ name: String, in images: URL) -> Sample? {
    guard let bytes = length(of: name, in: images),
      let file = try? FileHandle(forReadingFrom: images.appending(path: name)),
      let start = try? file.read(upToCount: startLength)
    else { return nil }
    var hash = FNV1a()
    for byte in start { hash.add(UInt64(byte)) }
    return Sample(file: name, bytes: bytes, start: String(hash.value, radix: 36))
  }

  private static func length(of name: String, in images: URL) -> Int? {
    let file = images.appending(path: name, directoryHint: .notDirectory)
    guard FileKind(file) == .file else { return nil }
    return try? file.resourceValues(forKeys: [.fileSizeKey]).fileSize
  }

  private static func number(at path: String) -> UInt64? {
    let attributes = try? FileManager.default.attributesOfItem(atPath: path)
    return (attributes?[.systemFileNumber] as? NSNumber)?.uint64Value
  }
}
