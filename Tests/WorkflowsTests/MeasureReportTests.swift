import Foundation
import FoundationXML
import Imaging
import Objects
import Project
import Recipes
import TestSupport
import Testing
import Workflows

/// Cells of a project as tables, figures and files of other programs.
struct MeasureReportTests {
  /// A project of three images, of which two have an accepted cell of so many pixels.
  private func project(_ folder: TestFolder, areas: [Int] = [5, 7]) throws -> ProjectStore {
    for name in ["a", "b", "c"] { try folder.image("images/\(name).png") }
    let store = try ProjectStore.open(images: folder.url.appending(path: "images"))
    for (name, area) in zip(["a", "b"], areas) {
      try store.decide(
        Decision(image: ImageKey("\(name).png"), state: .accepted, time: 1), mask: .leading(area))
    }
    return store
  }

  @Test func `a report has both tables, a histogram and a scatter plot`() throws {
    let folder = try TestFolder()
    let store = try project(folder)
    defer { store.close() }
    let job = try MeasuringJob(store)
    var report = MeasureReport(of: job)
    try job.run {
      report.add($0)
    } failed: {
      Issue.record($0)
    }
    #expect(job.images.count == 2 && report.title == "2 cells of 2 images")
    #expect(report.cellTable.contains("\na.png,1,5,") && report.cellTable.contains("\nb.png,1,7,"))
    let target = folder.url.appending(path: "report", directoryHint: .isDirectory)
    try report.write(into: target)
    let names = [
      "cells.csv", "images.csv", "area.svg", "area.png", "area-circularity.svg",
      "area-circularity.png",
    ]
    #expect(MeasureReport.files(in: target).map(\.lastPathComponent) == names)
    #expect(try folder.data("report/cells.csv") == Data(report.cellTable.utf8))
    #expect(try folder.data("report/images.csv") == Data(report.imageTable.utf8))
    for name in names where name.hasSuffix(".png") {
      let image = try ImageFile.read(target.appending(path: name))
      #expect(image.width == 1_280 && image.height == 880, "\(name)")
    }
    for name in names where name.hasSuffix(".svg") {
      let data = try folder.data("report/\(name)")
      #expect(XMLParser(data: data).parse(), "\(name)")
      #expect(String(decoding: data, as: UTF8.self).contains("2 cells of 2 images"))
      #expect(String(decoding: data, as: UTF8.self).contains("Area (px²)"))
    }
    // Once more, over what is there.
    try report.write(into: target)
  }

  @Test func `measuring stops between two images, and needs an accepted mask`() throws {
    let folder = try TestFolder()
    let store = try project(folder)
    var count = 0
    try MeasuringJob(store).run(isStopped: { count == 1 }) { _ in
      count += 1
    } failed: { _ in
    }
    #expect(count == 1)
    store.close()
    let empty = try TestFolder()
    let other = try project(empty, areas: [])
    defer { other.close() }
    #expect(throws: WorkflowError.self) { try MeasuringJob(other) }
  }

  @Test func `a stopped export keeps whole files, and no file of some images`() throws {
    let folder = try TestFolder()
    let store = try project(folder)
    defer { store.close() }
    for (format, files) in [("png", ["a-labels.png", "manifest.csv"]), ("coco", [])] {
      var done = 0
      let target = folder.path(format)
      let written = try CellExport(
        of: store, as: #require(CellFormat.named(format)), .accepted, images: "x", into: target,
        place: "place"
      ).run(isStopped: { done == 1 }) { count, _, _ in done = count }
      let left = (try? FileManager.default.contentsOfDirectory(atPath: target).sorted()) ?? []
      #expect(left == files)
      #expect(written.images == (files.isEmpty ? 0 : 1))
    }
  }
}
