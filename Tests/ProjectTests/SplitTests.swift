import Files
import Foundation
import Recipes
import Testing

@testable import Project

struct SplitTests {
  private let keys = ["x/B01.png", "x/B02.png", "y/B02.png", "s.tif#1", "s.tif#2"]
    .map(ImageKey.init)

  @Test func `images are named by key, file name or stem`() throws {
    let text =
      "image,split\nB01,train\nx/B02.png,test\n\"y/B02.png\",val\r\ns.tif#2,test\nB77,test\n"
    let read = try Split.parse(text, name: "s.csv", images: keys)
    #expect(read.unknown == ["B77"])
    #expect(read.split.images(.train, of: keys) == [keys[0]])
    #expect(read.split.images(.test, of: keys) == [keys[1], keys[4]])
    #expect(read.split.images(.validation, of: keys) == [keys[2]])
    #expect(try Split.parse(read.split.csv, name: "again", images: keys).split == read.split)
  }

  @Test(arguments: [
    ("B01,train\n", "no columns"), ("image,split\nB01\n", "line 2"),
    ("image,split\nB01,train\nB01,maybe\n", "line 3"), ("image,split\nB02,train\n", "2 images"),
  ])
  func `a table that cannot be used says where`(text: String, says: String) {
    do throws(ProjectError) {
      _ = try Split.parse(text, name: "s.csv", images: keys)
      Issue.record("not refused")
    } catch {
      #expect(error.description.contains(says), "\(error)")
    }
  }

  @Test func `a line that says another thing of an image is refused, the same thing twice is not`()
    throws
  {
    let text = "image,split\nB1.png,train\nB1,train\n"
    let images = [ImageKey("B1.png")]
    #expect(try Split.parse(text, name: "s.csv", images: images).split.parts == [images[0]: .train])
    let error = #expect(throws: ProjectError.self) {
      try Split.parse(text + "B1,test\n", name: "s.csv", images: images)
    }
    #expect(
      error?.description.contains("line 4 of 's.csv' says 'test' of 'B1', line 3 'train'") == true)
  }

  @Test func `a seed draws the same images whatever their order, and another seed others`() {
    let many = (0..<40).map { ImageKey("img\($0).png") }
    let split = Split(drawing: .validation, share: 0.2, of: many, seed: 3)
    #expect(split.images(.validation, of: many).count == 8)
    #expect(split.images(.train, of: many).count == 32)
    #expect(Split(drawing: .validation, share: 0.2, of: many.reversed(), seed: 3) == split)
    #expect(Split(drawing: .validation, share: 0.2, of: many, seed: 4) != split)
  }

  @Test(arguments: [(1, 0.2, 0), (2, 0.2, 1), (5, 0.2, 1), (5, 0, 0), (5, 1, 4), (0, 0.2, 0)])
  func `at least one is drawn and one is left`(count: Int, share: Double, drawn: Int) {
    let some = (0..<count).map { ImageKey("\($0)") }
    let split = Split(drawing: .test, share: share, of: some, seed: 1)
    #expect(split.images(.test, of: some).count == drawn)
    #expect(split.parts.count == count)
  }

  @Test(.enabled(if: realData != nil, "no ../shared/data: published splits are not read"))
  func `the published splits name every image`() throws {
    let data = try #require(realData)
    for (table, folder) in [
      ("bubil1", "BU-BIL/BU-BIL_Dataset1"), ("bubil2", "bubil2-rabbitsmc-crops"),
    ] {
      let images = try ImageScan(of: data.appending(path: folder)).images.map(\.key)
      let read = try Split.read(data.appending(path: "splits/\(table).csv"), images: images)
      #expect(read.unknown.isEmpty)
      #expect(read.split.parts.count == images.count)
    }
  }
}
