import Foundation
import Imaging
import Recipes
import TestSupport
import Testing

@testable import Project

struct ProjectPlaceTests {
  @Test func `the project is with its images, or where it is told to be`() throws {
    let folder = try TestFolder()
    let beside = try ProjectPlace.find(
      images: folder.url, given: nil, environment: [:], makes: true)
    #expect(beside.reason == .withImages && beside.notice == nil)
    #expect(beside.folder.path == folder.url.path + "/.aura")
    let given = try ProjectPlace.find(
      images: folder.url, given: folder.url.appending(path: "x/y"), environment: [:], makes: true)
    #expect(given.reason == .given && given.folder.path == folder.url.path + "/x/y")
    #expect(folder.listing == [".aura", "x", "x/y"])
  }

  @Test func `of two places that hold labels the one that is not taken is told`() throws {
    let (images, data) = (try TestFolder(), try TestFolder())
    let environment = ["XDG_DATA_HOME": data.url.path]
    let own = OwnFolder.find(for: images.url, environment).folder
    for folder in [images.url.appending(path: ".aura"), own] {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      try Data("{}\n".utf8).write(to: folder.appending(path: "review.jsonl"))
    }
    let place = try ProjectPlace.find(
      images: images.url, given: nil, environment: environment, makes: true)
    #expect(place.reason == .withImages)
    #expect(place.notice?.contains("other labels of yours in '\(own.path)'") == true)
  }

  @Test func `images that cannot be written get their project in the data folder, and it is said`()
    throws
  {
    // Not even root may make a folder there.
    let images = URL(filePath: "/sys/kernel", directoryHint: .isDirectory)
    let data = try TestFolder()
    let environment = ["XDG_DATA_HOME": data.url.path]
    let place = try ProjectPlace.find(
      images: images, given: nil, environment: environment, makes: true)
    #expect(place.reason == .readOnlyImages)
    #expect(place.folder.path.hasPrefix(data.url.path + "/aura/kernel-"))
    #expect(place.notice?.contains(place.folder.path) == true)
    let again = try ProjectPlace.find(
      images: images, given: nil, environment: environment, makes: false)
    #expect(again == place)
    let other = try ProjectPlace.find(
      images: URL(filePath: "/sys/module/kernel"), given: nil, environment: ["HOME": data.url.path],
      makes: false)
    #expect(other.reason == .withImages)
  }

  @Test func `reading finds what was written although a foreign .aura is there`() throws {
    let images = try TestFolder()
    let data = try TestFolder()
    let environment = ["XDG_DATA_HOME": data.url.path]
    try images.image("a.png")
    // Somebody else's project: not even root may make a file there.
    let foreign = images.url.appending(path: ".aura")
    try FileManager.default.createSymbolicLink(
      atPath: foreign.path, withDestinationPath: "/sys/kernel")
    let open = { (access: ProjectStore.Access) in
      try ProjectStore.open(images: images.url, access: access, environment: environment)
    }
    #expect(try open(.readOnly).place.reason == .withImages, "nothing is in the data folder yet")
    let store = try open(.readWrite)
    try store.decide(
      Decision(image: ImageKey("a.png"), state: .accepted, time: 1), mask: .leading(5))
    store.close()
    let read = try open(.readOnly)
    #expect(read.place.reason == .readOnlyImages)
    #expect(try read.acceptedCells(of: ImageKey("a.png"))?.mask == .leading(5))
    // Once it can be written, what is labelled is not hidden by an empty project ...
    try FileManager.default.removeItem(at: foreign)
    try FileManager.default.createDirectory(at: foreign, withIntermediateDirectories: true)
    for access in [ProjectStore.Access.readOnly, .readWrite] {
      #expect(try open(access).place.reason == .readOnlyImages)
    }
    // ... and gives way to labels with the images.
    try images.write(Data("{}\n".utf8), to: ".aura/review.jsonl")
    for access in [ProjectStore.Access.readOnly, .readWrite] {
      #expect(try open(access).place.reason == .withImages)
    }
  }

  @Test func `a project that can be read and not written is looked at, until one has a copy`() async
  {
    await #expect(processExitsWith: .success) {
      let (images, home) = (try TestFolder(), try TestFolder())
      try images.image("a.png")
      let a = ImageKey("a.png")
      let open = { (access: ProjectStore.Access, project: URL?) in
        try ProjectStore.open(
          images: images.url, project: project, access: access,
          environment: ["XDG_DATA_HOME": home.url.path])
      }
      do {
        let store = try open(.readWrite, nil)
        try store.decide(Decision(image: a, state: .accepted, time: 1), mask: .leading(5))
      }
      // An empty project hides nothing.
      try FileManager.default.createDirectory(
        at: open(.readOnly, nil).ownFolder, withIntermediateDirectories: true)
      try ProjectFiles.write(
        ProjectSettings(name: "x"), to: open(.readOnly, nil).ownFolder.appending(path: "aura.json"))
      let project = images.url.appending(path: ".aura")
      let before = images.listing
      try asNobody(owning: home.url, reading: [images.url, project]) {
        for given in [nil, project] {
          let store = try open(.readWrite, given)
          #expect(store.place.isReadOnly && store.report.notices.count == 1)
          #expect(try store.acceptedCells(of: a)?.mask == .leading(5))
          #expect(throws: ProjectError.self) { try store.append(.undo, to: a) }
          #expect(try open(.readOnly, given).labelledKeys == [a])
        }
        let store = try open(.readWrite, nil)
        #expect(try store.writeElsewhere(store.ownFolder, adding: []).isEmpty)
        try store.decide(Decision(image: a, state: .corrected, time: 2), mask: .leading(7))
        store.close()
        for access in [ProjectStore.Access.readOnly, .readWrite] {
          let own = try open(access, nil)
          #expect(own.place.reason == .ownCopy && own.report.notices.count == 1)
          // Both places are told of, whoever looks.
          for path in [own.folder.path, project.path] {
            #expect(own.place.notice?.contains("'\(path)'") == true)
          }
          #expect(try own.acceptedCells(of: a)?.mask == .leading(7))
        }
      }
      #expect(images.listing == before)
    }
  }

  @Test func `a file in the way is told, not written over`() throws {
    let folder = try TestFolder()
    try folder.write(Data("mine".utf8), to: ".aura")
    #expect(throws: ProjectError.self) {
      try ProjectPlace.find(images: folder.url, given: nil, environment: [:], makes: true)
    }
    #expect(
      try String(contentsOf: folder.url.appending(path: ".aura"), encoding: .utf8) == "mine")
  }
}
