import Files
import Foundation
import Imaging
import Recipes
import Synchronization
import TestSupport
import Testing

@testable import Project

extension ProjectStore {
  /// Copies all labels and goes on in the copy.
  func writeElsewhere(
    _ folder: URL, adding strokes: [(stroke: Stroke, key: ImageKey)]
  ) throws(ProjectError) -> [String] {
    var copy = try copyLabels(to: folder)
    do throws(ProjectError) {
      return try goOn(in: &copy, adding: strokes)
    } catch {
      copy.discard()
      throw error
    }
  }
}

/// A copy of a project's labels while it is made.
struct LabelCopyTests {
  private let a = ImageKey("a.png")
  private let b = ImageKey("plate/b.tif")
  private let folder: TestFolder
  private let store: ProjectStore
  private let target: URL

  init() throws {
    folder = try TestFolder()
    for name in ["a.png", "plate/b.tif"] { try folder.image(name) }
    store = try ProjectStore.open(images: folder.url)
    try store.append(.drawing(0..<5), to: a)
    try store.decide(Decision(image: b, state: .accepted, time: 1), mask: .leading(3))
    target = folder.url.appending(path: "copy", directoryHint: .isDirectory)
  }

  @Test func `what is drawn and decided while labels are copied is in the copy`() throws {
    var copy = try store.copyLabels(to: target)
    try store.append(.undo, to: a)
    try store.decide(Decision(image: a, state: .accepted, time: 2), mask: .leading(5))
    try store.decide(Decision(image: b, state: .rejected, time: 3), mask: nil)
    try store.propose(.leading(2), Proposal(image: b, uncertainty: 0.5, run: "ft-01", time: 4))
    #expect(try store.goOn(in: &copy, adding: [(.redo, a)]).isEmpty)
    try store.append(.undo, to: a)
    #expect(store.folder.path == target.path)
    #expect(!folder.listing.contains("copy/.copying"))
    #expect(!folder.listing.contains("copy/masks/plate/b.tif.png"))
    store.close()
    let edit = Stroke.drawing(0..<5)
    for (project, strokes) in [(target, [edit, .undo, .redo, .undo]), (nil, [edit, .undo])] {
      let again = try ProjectStore.open(images: folder.url, project: project)
      #expect(again.report.notices.isEmpty && again.strokes(of: a) == strokes)
      #expect(again.decision(on: a)?.state == .accepted && again.entry(of: b).state == .proposed)
      #expect(try again.acceptedCells(of: a)?.mask == .leading(5))
      #expect(again.proposal(of: b)?.mask == .leading(2))
    }
  }

  @Test func `a mask that is accepted again while labels are copied is the later one`() throws {
    var copy = try store.copyLabels(to: target)
    try store.decide(Decision(image: b, state: .accepted, time: 1), mask: .leading(7))
    _ = try store.goOn(in: &copy, adding: [])
    #expect(try store.acceptedCells(of: b)?.mask == .leading(7))
  }

  @Test(.timeLimit(.minutes(10)))
  func `nobody waits for the masks that are copied`() throws {
    let many = try TestFolder()
    for index in 0..<100 { try many.image("\(index).png") }
    let store = try ProjectStore.open(images: many.url)
    for key in store.keys {
      try store.decide(Decision(image: key, state: .accepted, time: 1), mask: .leading(5))
    }
    let files = ProjectFiles(folder: many.url.appending(path: "copy"))
    let copy = Mutex<(isDone: Bool, labels: LabelCopy?)>((false, nil))
    Thread.detachNewThread {
      let labels = try? store.copyLabels(to: files.folder)
      copy.withLock { $0 = (true, labels) }
    }
    var wasFree = false
    while !copy.withLock(\.isDone) {
      // Some masks are there, and what is written after them is not.
      guard FileKind(files.folder.appending(path: "masks")) != nil else { continue }
      let isFree = store.writer.withLockIfAvailable { _ in true } == true
      if isFree, FileKind(files.decisions) == nil { wasFree = true }
    }
    #expect(wasFree)
    let copied = copy.withLock(\.labels)
    var labels = try #require(copied)
    _ = try store.goOn(in: &labels, adding: [])
    #expect(store.labelledKeys.count == 100)
  }

  @Test func `a copy that cannot be finished leaves all as it was, and work goes on`() throws {
    let before = folder.listing
    var copy = try store.copyLabels(to: target)
    // A folder where the file would be that makes it a project.
    try AtomicWrite.makeFolder(target.appending(path: "aura.json"))
    #expect(throws: ProjectError.self) { try store.goOn(in: &copy, adding: [(.redo, a)]) }
    copy.discard()
    #expect(folder.listing == before)
    try store.append(.undo, to: a)
    #expect(store.strokes(of: a).count == 2)
    #expect(store.folder.lastPathComponent == ".aura")
  }

  @Test func `a copy that was killed when it was whole is one`() throws {
    _ = try store.writeElsewhere(target, adding: [])
    store.close()
    try folder.write(Data(), to: "copy/.copying")
    #expect(!ProjectPlace(folder: target, reason: .given).isUnfinished)
    #expect(try ProjectStore.open(images: folder.url, project: target).labelledKeys == [b])
    #expect(!folder.listing.contains("copy/.copying"))
  }

  @Test func `what a kill leaves of a copy is no project, and hides nothing`() async throws {
    store.close()
    let path = folder.url.path
    await #expect(processExitsWith: .signal(SIGKILL)) { [path = path as String] in
      let images = URL(filePath: path, directoryHint: .isDirectory)
      let store = try ProjectStore.open(images: images)
      _ = try store.copyLabels(to: images.appending(path: "copy"))
      kill(getpid(), SIGKILL)
    }
    let place = ProjectPlace(folder: target, reason: .given)
    #expect(folder.listing.contains("copy/strokes.jsonl"))
    #expect(place.isUnfinished && !place.isProject && !place.holdsLabels)
    for access in [ProjectStore.Access.readOnly, .readWrite] {
      #expect(throws: ProjectError.unfinished(target.path)) {
        try ProjectStore.open(images: folder.url, project: target, access: access)
      }
    }
    let again = try ProjectStore.open(images: folder.url)
    #expect(again.keys == [a, b] && again.report.notices.isEmpty)
    #expect(try FolderListing(of: folder.url).files == ["a.png", "plate/b.tif"])
    _ = try again.writeElsewhere(target, adding: [])
    #expect(again.labelledKeys == [b] && again.folder.path == target.path)
    #expect(folder.listing.contains("copy.unfinished-1/strokes.jsonl"))
  }

  @Test func `an empty folder takes a copy where no other can be made beside it`() async {
    await #expect(processExitsWith: .success) {
      let (images, disk) = (try TestFolder(), try TestFolder())
      try images.image("a.png")
      let a = ImageKey("a.png")
      let store = try ProjectStore.open(images: images.url)
      try store.decide(Decision(image: a, state: .accepted, time: 1), mask: .leading(5))
      let target = disk.url.appending(path: "mounted", directoryHint: .isDirectory)
      // As a disk has it that was just made.
      let found = target.appending(path: "lost+found")
      try AtomicWrite.makeFolder(found)
      try asNobody(owning: target, reading: [disk.url]) {
        try FileManager.default.setAttributes([.posixPermissions: 0], ofItemAtPath: found.path)
        var copy = try store.copyLabels(to: target)
        copy.discard()
        #expect(
          try FileManager.default.contentsOfDirectory(atPath: target.path) == ["lost+found"])
        #expect(try store.writeElsewhere(target, adding: []).isEmpty)
        store.close()
        let again = try ProjectStore.open(images: images.url, project: target)
        #expect(try again.acceptedCells(of: a)?.mask == .leading(5))
        again.close()
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: found.path)
      }
    }
  }

  @Test func `the project's own folder takes no copy, wherever it is and though it is empty`()
    throws
  {
    let images = try TestFolder()
    try images.image("a.png")
    let empty = try ProjectStore.open(images: images.url)
    for name in [".aura", "moved"] {
      if name == "moved" {
        try AtomicWrite.rename(empty.folder, to: images.url.appending(path: name))
      }
      let before = images.listing
      #expect(throws: ProjectError.notEmpty(images.path(name))) {
        try empty.writeElsewhere(images.url.appending(path: name), adding: [])
      }
      #expect(images.listing == before)
    }
  }

  @Test func `a folder that goes while labels are copied into it is told, and not emptied`() throws
  {
    var copy = try store.copyLabels(to: target)
    let moved = folder.url.appending(path: "moved")
    try AtomicWrite.rename(target, to: moved)
    try folder.write(Data("mine".utf8), to: "copy/masks/mine.txt")
    let error = ProjectError.moved(target.path, to: moved.path)
    #expect(throws: error) { try store.goOn(in: &copy, adding: []) }
    copy.discard()
    let left = folder.listing.filter { $0.hasPrefix("copy") }
    #expect(left == ["copy", "copy/masks", "copy/masks/mine.txt"])
    #expect(ProjectPlace(folder: moved, reason: .given).isUnfinished)
    try store.append(.undo, to: a)
  }
}
