import ArgumentParser
import Console
import Foundation
import Imaging
import TestSupport
import Testing
import WorkflowTesting

@testable import aura

struct AugmentTests {
  private func run(_ arguments: [String]) throws {
    try Shell.run(["augment"] + arguments)
  }

  @Test func `a sheet has a row an image with a mask, the same at every drawing`() throws {
    let folder = try TestFolder()
    for number in 1...3 { try folder.image("images/\(number).png") }
    for number in 1...2 { try folder.mask("images/masks/\(number).png", area: 6 * number) }
    for name in ["one", "two"] {
      try run([
        folder.path("images"), "--sheet", folder.path("\(name).png"), "--size", "64",
        "--variants", "3", "--augmentation", "rotation=30,elastic:0.5,clahe",
      ])
    }
    #expect(try folder.data("one.png") == folder.data("two.png"))
    let sheet = try ImageFile.read(folder.url.appending(path: "one.png"))
    #expect(sheet.width == 2 * 4 * 64 && sheet.height == 2 * 64)
    // The first pair is the image as it is, the next ones are not.
    func picture(_ column: Int) -> [Float] {
      (0..<64).flatMap { (row: Int) -> ArraySlice<Float> in
        let start = row * sheet.width + 128 * column
        return sheet.values[start..<start + 64]
      }
    }
    #expect(picture(0) != picture(1) && picture(1) != picture(2))
  }

  @Test func `nothing is drawn over a file, or without masks`() throws {
    let folder = try TestFolder()
    try folder.image("images/1.png")
    let sheet = folder.path("sheet.png")
    let bare = #expect(throws: Failure.self) { try run([folder.path("images"), "--sheet", sheet]) }
    #expect(bare?.status == .missingInput)
    #expect(!FileManager.default.fileExists(atPath: sheet))
    try folder.write(Data("mine".utf8), to: "sheet.png")
    let taken = #expect(throws: Failure.self) {
      try run([folder.path("images"), "--sheet", sheet])
    }
    #expect(taken?.status == .cannotCreate)
    #expect(try folder.data("sheet.png") == Data("mine".utf8))
  }
}
