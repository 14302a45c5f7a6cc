import ArgumentParser
import Console
import Foundation
import Imaging
import Project
import Recipes
import TestSupport
import Testing
import WorkflowTesting

@testable import aura

struct ImportCommandTests {
  private func run(_ arguments: [String]) throws {
    var command = try Aura.parseAsRoot(arguments)
    try command.run()
  }

  private func cells() throws -> TestFolder {
    let folder = try TestFolder()
    for number in 0..<10 {
      try folder.image("in/m\(number % 3)_t\(number).png")
      try folder.mask("truth/seg_m\(number % 3)_t\(number).png", area: 3)
    }
    try folder.image("in/bare_t0.png")
    return folder
  }

  @Test func `what is imported can be split by its groups and read as a split`() throws {
    let folder = try cells()
    try run([
      "import", "masks", folder.path("in"), folder.path("out"), "--masks", folder.path("truth"),
      "--skip", "m0_t9",
    ])
    try run([
      "split", folder.path("out"), "--test", "0.3", "--groups", "^(m[0-9])_", "-o",
      folder.path("split.csv"),
    ])
    let keys = try ImageScan(of: folder.url.appending(path: "out")).images.map(\.key)
    #expect(keys.count == 9)
    let read = try Split.read(folder.url.appending(path: "split.csv"), images: keys)
    #expect(read.unknown.isEmpty && read.split.parts.count == 9)
    #expect(read.split.images(.test, of: keys).count == 3)
    try run(["split", folder.path("out"), "--folds", "3", "-o", folder.path("folds")])
    for fold in 1...3 {
      let file = folder.url.appending(path: "folds/fold-\(fold).csv")
      #expect(try Split.read(file, images: keys).split.images(.test, of: keys).count == 3)
    }
  }

  @Test func `nothing is written over, and what cannot be done has its exit code`() throws {
    let folder = try cells()
    try folder.write(Data("mine".utf8), to: "split.csv")
    try folder.write(Data("mine".utf8), to: "out/file")
    func status(_ arguments: [String]) throws -> Console.ExitStatus? {
      do {
        try run(arguments)
        return nil
      } catch {
        return Failure(error).status
      }
    }
    let (input, masks) = (folder.path("in"), folder.path("truth"))
    let split = ["split", input, "--masks", masks, "-o"]
    #expect(try status(split + [folder.path("split.csv"), "--test", "0.3"]) == .cannotCreate)
    #expect(try folder.data("split.csv") == Data("mine".utf8))
    #expect(try status(split + [folder.path("f"), "--folds", "11"]) == .badInput)
    #expect(
      try status(split + [folder.path("f"), "--test", "0.3", "--groups", "["]) == .badInput)
    let masksImport = ["import", "masks", input, folder.path("out"), "--masks", masks]
    #expect(try status(masksImport) == .cannotCreate)
    #expect(try status(["import", "ctc", input, folder.path("new")]) == .badInput)
    #expect(
      try status(["import", "bu-bil", folder.path("none"), folder.path("new")]) == .missingInput)
    #expect(
      try status(["import", "coco", folder.path("none.json"), input, folder.path("new")])
        == .badInput)
    #expect(!FileManager.default.fileExists(atPath: folder.path("new")))
  }

  @Test(arguments: [
    ["split", "x", "-o", "y"], ["split", "x", "-o", "y", "--test", "0"],
    ["split", "x", "-o", "y", "--test", "0.3", "--folds", "3"],
    ["split", "x", "-o", "y", "--folds", "1"], ["split", "x", "--test", "0.3"],
    ["split", "x", "-o", "y", "--test", "0.3", "--validation", "1"],
    ["import", "ctc", "x", "y", "--truth", "bronze"], ["import", "masks", "x"],
  ])
  func `wrong usage is refused before anything is read`(arguments: [String]) throws {
    let error = #expect(throws: (any Error).self) { try Aura.parseAsRoot(arguments) }
    #expect(Aura.exitCode(for: try #require(error)) == .validationFailure)
  }
}
