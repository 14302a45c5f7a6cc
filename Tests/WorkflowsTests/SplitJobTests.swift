import Comparison
import Files
import Foundation
import Imaging
@testable import Project
import Recipes
import TestSupport
import Testing
import Workflows

struct SplitJobTests {
  private let folder: TestFolder

  init() throws {
    folder = try TestFolder()
    for number in 0..<9 {
      try folder.image("in/m\(number % 3)_t\(number).png")
      try folder.mask("truth/seg_m\(number % 3)_t\(number).png", area: 3)
    }
    try folder.image("in/bare_t0.png")
  }

  private func job(_ division: Comparison.Division) throws -> SplitJob {
    let images = try ImageFolder(folder.path("in"))
    return try SplitJob(
      division, of: images, masks: try images.masks(in: folder.path("truth"), values: nil))
  }

  private func draw(_ division: Comparison.Division, to name: String) throws {
    _ = try job(division).write(validating: 0, to: folder.path(name), place: "name")
  }

  @Test func `what has a mask is drawn by its groups and read as a split`() throws {
    let keys = try ImageScan(of: folder.url.appending(path: "in")).images.map(\.key)
    let tables = try job(.drawn(share: 0.3, seed: 0, groups: "^(m[0-9])_"))
      .write(validating: 0, to: folder.path("split.csv"), place: "name")
    let path = folder.path("split.csv")
    #expect(tables.map(\.text) == ["6 to train, 0 to validate, 3 to test on: \(path)\n"])
    let read = try Split.read(folder.url.appending(path: "split.csv"), images: keys)
    #expect(read.unknown.isEmpty && read.split.parts.count == 9)
    #expect(read.split.images(.test, of: keys).count == 3)
    try draw(.folds(3, seed: 0, groups: nil), to: "folds")
    for fold in 1...3 {
      let file = folder.url.appending(path: "folds/fold-\(fold).csv")
      #expect(try Split.read(file, images: keys).split.images(.test, of: keys).count == 3)
    }
  }

  @Test func `images of the groups that are not there are told, those without mask are not`() throws
  {
    let table = "image,group\nbare_t0.png,a\nno.png,a\nm0_t0.png,a\n"
    try folder.write(Data(table.utf8), to: "groups.csv")
    let notes = try job(.folds(3, seed: 0, groups: folder.path("groups.csv"))).notes
    #expect(notes == ["1 images of the groups are not there, such as no.png"])
  }

  @Test func `nothing is written over, and what cannot be done is refused`() throws {
    try folder.write(Data("mine".utf8), to: "split.csv")
    #expect(throws: WorkflowError.self) {
      try draw(.drawn(share: 0.3, seed: 0, groups: nil), to: "split.csv")
    }
    #expect(try folder.data("split.csv") == Data("mine".utf8))
    #expect(throws: ProjectError.self) { try draw(.folds(11, seed: 0, groups: nil), to: "f") }
    #expect(throws: ProjectError.self) { try job(.drawn(share: 0.3, seed: 0, groups: "[")) }
    let bare = try ImageFolder(folder.path("in"))
    #expect(throws: WorkflowError.self) {
      try SplitJob(
        .folds(2, seed: 0, groups: nil), of: bare,
        masks: try bare.masks(in: nil, values: nil))
    }
  }
}
