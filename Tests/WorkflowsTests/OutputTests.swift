import Files
import Foundation
import Imaging
import Project
import Recipes
import TestSupport
import Testing

@testable import Workflows

struct OutputTests {
  @Test func `a mask has its image's name, and its whole name where two would share one`() {
    let keys = ["a.tif", "b.png", "b.tif", "plate/a.png", "stack.tif#3", "noextension"]
      .map { ImageKey($0) }
    let names = Output.maskFiles(of: keys, in: "/out").mapValues { String($0.path.dropFirst(5)) }
    #expect(names[ImageKey("a.tif")] == "a.png")
    #expect(names[ImageKey("b.png")] == "b.png.png")
    #expect(names[ImageKey("b.tif")] == "b.tif.png")
    #expect(names[ImageKey("plate/a.png")] == "plate/a.png")
    #expect(names[ImageKey("stack.tif#3")] == "stack#3.png")
    #expect(names[ImageKey("noextension")] == "noextension.png")
    #expect(Set(names.values).count == keys.count)
  }

  @Test func `a table has every image, mean and standard deviation`() throws {
    var truth = Mask(width: 4, height: 1)
    truth.fill(0..<2, with: true)
    var half = Mask(width: 4, height: 1)
    half.fill(0..<1, with: true)
    var table = ScoreTable()
    table.add(
      ImageKey("a,1.png"), Scores(prediction: truth, truth: truth, withBoundaries: true))
    #expect(table.all.standardDeviation == nil, "of one image")
    table.add(ImageKey("b.png"), Scores(prediction: half, truth: truth, withBoundaries: true))
    #expect(table.all.mean.scores.iou == 0.75)
    #expect(table.all.mean.scores[.recall] == 0.75)
    #expect(table.all.mean.scores[.precision] == 1)
    let lines = table.csv.split(separator: "\n")
    #expect(lines.count == 5)
    #expect(lines[0].hasSuffix(",hausdorff,hausdorff95,boundary_iou"))
    #expect(lines[2] == "b.png,0.5," + "\(2.0 / 3),1.0,0.5,1.0,0.95,0.5")
    #expect(lines[4].hasPrefix("std,0.35355339"))
    #expect(!table.text.contains("diagonal"))
    let nothing = Mask(width: 4, height: 1)
    table.add(
      ImageKey("c.png"), Scores(prediction: nothing, truth: truth, withBoundaries: true))
    #expect(table.text.contains("diagonal"))
    #expect(
      String(decoding: try JSONEncoder().encode(table), as: UTF8.self).contains(
        "\"standardDeviation\":{"))
    #expect(lines[1].hasPrefix("\"a,1.png\",1.0,"))
    #expect(table.text.contains("mean"))
  }

  @Test func `a folder that holds a run, and one to go on in that is not there, are refused`()
    throws
  {
    let folder = try TestFolder()
    let missing = #expect(throws: WorkflowError.self) {
      try Output.runFolder(folder.path("none"), isBegun: true, place: "place")
    }
    #expect(missing?.description.hasSuffix("holds no run to go on with") == true)
    #expect(try Output.runFolder(folder.url.path, isBegun: false, place: "place").url == folder.url)
    #expect(try Output.runFolder(folder.url.path, isBegun: true, place: "place").url == folder.url)
    // What a run leaves that is killed before its first file.
    try folder.write(Data("1\n".utf8), to: "lock")
    try folder.write(Data(), to: ".x.aura-tmp")
    #expect(try Output.runFolder(folder.url.path, isBegun: true, place: "place").url == folder.url)
    try folder.write(Data("x".utf8), to: "best.safetensors")
    let none = #expect(throws: WorkflowError.self) {
      try Output.runFolder(folder.url.path, isBegun: true, place: "place")
    }
    #expect(none?.description.hasSuffix("holds no run to go on with") == true)
    #expect(folder.listing == [".x.aura-tmp", "best.safetensors", "lock"])
    let begun = RunFolder(id: "run", url: folder.url.appending(path: "run"))
    try begun.write(Recipe())
    try folder.write(Data("x".utf8), to: "run/notes.txt")
    #expect(
      try Output.runFolder(begun.url.path, isBegun: true, place: "place").url.path
        == begun.url.path)
    let taken = #expect(throws: WorkflowError.self) {
      try Output.runFolder(folder.url.path, isBegun: false, place: "place")
    }
    #expect(taken?.description.hasSuffix("holds a run already; give another place") == true)
  }
}
