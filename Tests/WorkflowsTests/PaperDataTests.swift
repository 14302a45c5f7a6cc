import Comparison
import Foundation
import Recipes
import TestSupport
import Testing
import WorkflowTesting

@testable import Workflows

struct PaperDataTests {
  private let folder: TestFolder

  init() throws { folder = try TestFolder() }

  private func make(_ path: String) throws {
    try FileManager.default.createDirectory(
      at: folder.url.appending(path: path), withIntermediateDirectories: true)
  }

  private func found(_ path: String, _ table: String) throws -> String {
    let paper = try #require(PaperProtocol(table))
    let images = try PaperData(folder.path(path)).folders(of: paper).images
    return String(images.dropFirst(folder.url.path.count + 1))
  }

  @Test func `data set 1 is found in BU-BIL's folder and in its own`() throws {
    for part in ["RawImages", "GoldStandard"] {
      try make("BU-BIL_Dataset1/\(part)")
      try make("mine/\(part)")
    }
    #expect(try found(".", "table1") == "BU-BIL_Dataset1/RawImages")
    #expect(try found("BU-BIL_Dataset1", "table4") == "BU-BIL_Dataset1/RawImages")
    #expect(try found("mine", "table4") == "mine/RawImages")
  }

  @Test func `what aura import made is taken for any table`() throws {
    try make("rabbit/masks")
    for table in ["table1", "table2", "table3", "table4"] {
      let paper = try #require(PaperProtocol(table))
      let found = try PaperData(folder.path("rabbit")).folders(of: paper)
      #expect(URL(filePath: found.images).standardizedFileURL.lastPathComponent == "rabbit")
      #expect(found.masks?.hasSuffix("rabbit/masks") == true)
    }
  }

  @Test func `another data set is not taken for the table's`() throws {
    for part in ["RawImages", "GoldStandard"] { try make("BU-BIL_Dataset2/\(part)") }
    let error = #expect(throws: WorkflowError.self) { try found("BU-BIL_Dataset2", "table1") }
    #expect(error?.description.contains("it is another data set") == true)
    let cut = #expect(throws: WorkflowError.self) { try found("BU-BIL_Dataset2", "table2") }
    #expect(cut?.description.contains("of which one is annotated") == true)
  }
}
