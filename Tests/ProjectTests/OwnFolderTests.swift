import Files
import Foundation
import Imaging
import Recipes
import TestSupport
import Testing

@testable import Project

/// The user's own project of images that cannot be written, when their folder gets another path.
struct OwnFolderTests {
  private let a = ImageKey("a.png")
  private let (disk, data): (TestFolder, TestFolder)
  /// The folder of images as it is called at first.
  private let first: URL

  init() throws {
    (disk, data) = (try TestFolder(), try TestFolder())
    first = disk.url.appending(path: "first", directoryHint: .isDirectory)
    try make(first)
    let store = try open(first)
    try store.decide(Decision(image: a, state: .accepted, time: 1), mask: .leading(5))
  }

  /// Makes a folder of images that not even root may write a project into.
  private func make(_ folder: URL, width: Int = 6) throws {
    for name in ["a.png", "b.png", "c.png"] {
      try disk.image("\(folder.lastPathComponent)/\(name)", width: width)
    }
    try FileManager.default.createSymbolicLink(
      atPath: folder.appending(path: ".aura").path, withDestinationPath: "/sys/kernel")
  }

  private func open(
    _ images: URL, _ access: ProjectStore.Access = .readWrite
  ) throws -> ProjectStore {
    try ProjectStore.open(
      images: images, access: access, environment: ["XDG_DATA_HOME": data.url.path])
  }

  private func rename(_ folder: URL, _ name: String) throws -> URL {
    let target = disk.url.appending(path: name, directoryHint: .isDirectory)
    try AtomicWrite.rename(folder, to: target)
    return target
  }

  @Test func `labels are found again when the images are renamed, which is told once`() throws {
    var images = first
    for name in ["second", "third"] {
      let before = images
      images = try rename(images, name)
      for access in [ProjectStore.Access.readOnly, .readWrite] {
        let store = try open(images, access)
        #expect(try store.acceptedCells(of: a)?.mask == .leading(5))
        #expect(store.ownFolder == store.folder && store.place.reason == .readOnlyImages)
        #expect(store.report.notices.count == 1)
        #expect(store.told.contains("'\(before.path)'"))
      }
      #expect(try !open(images).told.contains("'\(before.path)'"))
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: data.path("aura")).count == 1)
  }

  @Test(arguments: [true, false])
  func `another folder that takes the path has labels of its own`(isFirst: Bool) throws {
    let own = try open(first).folder
    let renamed = try rename(first, "second")
    try make(first, width: 9)
    if !isFirst { #expect(try open(renamed).labelledKeys == [a]) }
    do {
      let other = try open(first)
      #expect(other.labelledKeys.isEmpty && other.folder.path != own.path)
      // Whose labels lie at its path is told as long as they may be looked for here.
      #expect(other.told.contains("'\(own.path)'") == isFirst)
      try other.decide(Decision(image: a, state: .accepted, time: 2), mask: .leading(7, width: 9))
    }
    #expect(try open(renamed).acceptedCells(of: a)?.mask == .leading(5))
    #expect(try open(first).acceptedCells(of: a)?.mask == .leading(7, width: 9))
    #expect(try open(renamed).folder.path == own.path)
  }

  @Test func `a copy of the images somewhere else is only told of the labels`() throws {
    let own = try open(first).folder
    let copy = disk.url.appending(path: "copy", directoryHint: .isDirectory)
    try FileManager.default.copyItem(at: first, to: copy)
    #expect(try !open(copy).told.contains("'\(own.path)'"), "both are there")
    try FileManager.default.removeItem(at: first)
    let store = try open(copy)
    #expect(store.labelledKeys.isEmpty && store.folder.path != own.path)
    let told = ["'\(own.path)'", "'\(first.path)'", "give that folder as the project"]
    for words in told { #expect(store.told.contains(words)) }
    let given = try ProjectStore.open(images: copy, project: own, access: .readOnly)
    #expect(given.labelledKeys == [a])
  }

  @Test func `a folder that got the number of one that was deleted is not taken for it`() throws {
    let own = try open(first).folder
    let file = ProjectFiles(folder: own).images
    let other = disk.url.appending(path: "other", directoryHint: .isDirectory)
    try make(other, width: 9)
    let known = try ProjectFiles.decode(ImagesRecord.self, from: file)
    let number = ImagesRecord(of: other, files: []).number
    try ProjectFiles.write(
      ImagesRecord(path: known.path, number: number, samples: known.samples), to: file)
    try FileManager.default.removeItem(at: first)
    let store = try open(other)
    #expect(store.labelledKeys.isEmpty && store.folder.path != own.path)
    #expect(!store.told.contains(own.path))
  }

  @Test func `a project of the version before, which kept no record, is found by its name`() throws
  {
    let own = try open(first).folder
    try FileManager.default.removeItem(at: ProjectFiles(folder: own).images)
    #expect(try open(first).acceptedCells(of: a)?.mask == .leading(5))
    let renamed = try rename(first, "second")
    #expect(try open(renamed).acceptedCells(of: a)?.mask == .leading(5))
  }
}

extension ProjectStore {
  /// All that is said at opening.
  fileprivate var told: String { report.notices.joined(separator: "\n") }
}
