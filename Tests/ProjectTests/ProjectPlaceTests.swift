import Foundation
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
    #expect(try read.acceptedMask(of: ImageKey("a.png")) == .leading(5))
    // Once it can be written, both ways of opening choose it.
    try FileManager.default.removeItem(at: foreign)
    try FileManager.default.createDirectory(at: foreign, withIntermediateDirectories: true)
    #expect(try open(.readOnly).place.reason == .withImages)
    #expect(try open(.readWrite).place.reason == .withImages)
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
