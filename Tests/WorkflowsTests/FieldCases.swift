import Foundation
import Project

@testable import Workflows

/// Inputs as people bring them, beside the project or where AURA_TEST_DATA says; not part of the project.
enum FieldCases {
  static let root: URL = {
    let given = ProcessInfo.processInfo.environment["AURA_TEST_DATA"].map { URL(filePath: $0) }
    let here = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    let beside = here.deletingLastPathComponent().deletingLastPathComponent()
    return (given ?? beside.appending(path: "shared/data")).appending(path: "field-cases")
  }()

  /// Whether they are there; says so once where they are not.
  static let arePresent: Bool = {
    let found = FileManager.default.fileExists(atPath: root.path)
    if !found { print("SKIPPED: no field cases at \(root.path); set AURA_TEST_DATA") }
    return found
  }()

  static func path(_ name: String) -> String { root.appending(path: name).path }
}

/// A look at a folder, with all that it told.
struct Checked {
  let check: FolderCheck
  let records: [String: ImageRecord]
  let summary: CheckSummary

  init(
    _ path: String, masks: String? = nil, channel: Channel? = nil, isQuick: Bool = false
  ) throws {
    let folder = try ImageFolder(path, channel: ChannelChoice(channel))
    var check = FolderCheck(folder, masks: masks, isQuick: isQuick)
    var summary = CheckSummary()
    check.run { summary.add($0) }
    self.check = check
    self.summary = summary
    records = Dictionary(summary.records.map { ($0.image, $0) }) { first, _ in first }
  }

  /// A field case with the masks beside its images.
  init(case name: String, masks: String? = "masks", isQuick: Bool = false) throws {
    try self.init(
      FieldCases.path(name + "/images"), masks: masks.map { FieldCases.path("\(name)/\($0)") },
      isQuick: isQuick)
  }

  var text: String { summary.text(check.findings) }
}
