import Foundation
import Recipes
import TestSupport
import Testing

@testable import Project

struct SplitGroupsTests {
  private let single = (0..<35).map { ImageKey("B\($0).png") }
  private let wells = (0..<8).flatMap { well in
    (0...well).map { ImageKey("plate/w\(well)_t\($0).tif") }
  }

  /// Whether no group has images in two parts.
  private func keepsTogether(_ split: Split, _ groups: ImageGroups) -> Bool {
    Dictionary(grouping: groups.names, by: \.value).values.allSatisfy { members in
      Set(members.map { split.parts[$0.key] }).count == 1
    }
  }

  @Test(arguments: 0..<8 as Range<UInt64>)
  func `groups stay together, and the share is met as closely as they allow`(seed: UInt64) throws {
    let groups = try ImageGroups("^(.*)_t[0-9]+", of: wells)
    let split = try Split(testing: 0.3, validating: 0.2, of: wells, groups: groups, seed: seed)
    #expect(keepsTogether(split, groups))
    #expect(split.parts.count == wells.count)
    for part in Split.Part.allCases { #expect(!split.images(part, of: wells).isEmpty) }
    // A draw ends off its share by less than half of the largest group that it passed over.
    let wanted = (0.3 * Double(wells.count)).rounded()
    #expect(abs(Double(split.images(.test, of: wells).count) - wanted) <= 4)
    let again = try Split(
      testing: 0.3, validating: 0.2, of: wells.reversed(), groups: groups, seed: seed)
    #expect(again == split)
    #expect(try Split(testing: 0.3, of: wells, groups: groups, seed: seed + 100) != split)
  }

  @Test func `without groups the test images are those of a plain draw`() throws {
    for seed in 0..<4 as Range<UInt64> {
      let split = try Split(testing: 0.3, of: single, seed: seed)
      #expect(split == Split(drawing: .test, share: 0.3, of: single, seed: seed))
    }
    let validated = try Split(testing: 0.3, validating: 0.2, of: single, seed: 1)
    let plain = try Split(testing: 0.3, of: single, seed: 1)
    #expect(validated.images(.test, of: single) == plain.images(.test, of: single))
    #expect(validated.images(.validation, of: single).count == 5)
  }

  @Test(arguments: [(2, 5), (5, 5), (7, 5), (35, 1)])
  func `each image is tested on in one fold, and the folds are even`(
    count: Int, seed: UInt64
  ) throws {
    let folds = try Split.folds(count, of: single, seed: seed)
    #expect(folds.count == count)
    let sizes = folds.map { $0.images(.test, of: single).count }
    #expect((sizes.max() ?? 0) - (sizes.min() ?? 0) <= 1)
    #expect(Set(folds.flatMap { $0.images(.test, of: single) }).count == single.count)
    #expect(sizes.reduce(0, +) == single.count)
    #expect(try Split.folds(count, of: single.reversed(), seed: seed) == folds)
    #expect(try Split.folds(count, of: single, seed: seed + 1) != folds)
  }

  @Test func `folds keep groups together, those to validate on too`() throws {
    let groups = try ImageGroups("^(.*)_t[0-9]+", of: wells)
    let folds = try Split.folds(4, validating: 0.2, of: wells, groups: groups, seed: 2)
    for fold in folds {
      #expect(keepsTogether(fold, groups))
      #expect(!fold.images(.validation, of: wells).isEmpty)
      #expect(fold.parts.count == wells.count)
    }
    // 8 wells of 1 to 8 images: 4 folds of 9.
    #expect(folds.map { $0.images(.test, of: wells).count } == [9, 9, 9, 9])
  }

  @Test func `images are together by what parentheses find, or by all that is found`()
    throws
  {
    let keys = ["a1/x.png", "a1/y.png", "a2/x.png", "rest.png"].map(ImageKey.init)
    let groups = try ImageGroups("^a[0-9]", of: keys)
    #expect(groups.names == [keys[0]: "a1", keys[1]: "a1", keys[2]: "a2"])
    let byName = try ImageGroups("^(a)[0-9]/([xy])", of: keys)
    #expect(byName.members(of: keys) == [[keys[0], keys[2]], [keys[1]], [keys[3]]])
    #expect(groups.members(of: keys) == [[keys[0], keys[1]], [keys[2]], [keys[3]]])
  }

  @Test func `a table gives groups, and says which of its images are not there`() throws {
    let folder = try TestFolder()
    try folder.write(
      Data("image,group\nB1,day 1\nB2.png,day 1\nB3,\nB77,day 2\n".utf8), to: "groups.csv")
    let groups = try ImageGroups(folder.url.appending(path: "groups.csv").path, of: single)
    #expect(groups.names == [single[1]: "day 1", single[2]: "day 1"])
    #expect(groups.unknown == ["B77"])
  }

  @Test(arguments: [("[", "regular expression"), ("^z", "no image"), ("/none.csv", "not exist")])
  func `groups that cannot be used are refused`(groups: String, says: String) {
    do throws(ProjectError) {
      _ = try ImageGroups(groups, of: single)
      Issue.record("not refused")
    } catch {
      #expect(error.description.contains(says), "\(error)")
      #expect(!error.description.contains("\n"))
    }
  }

  @Test func `too few groups are refused`() throws {
    let one = try ImageGroups("^B", of: single)
    for groups in [one] {
      #expect(throws: ProjectError.self) {
        try Split(testing: 0.3, of: single, groups: groups, seed: 1)
      }
      #expect(throws: ProjectError.self) {
        try Split.folds(2, of: single, groups: groups, seed: 1)
      }
    }
    #expect(throws: ProjectError.self) { try Split.folds(36, of: single, seed: 1) }
    #expect(throws: ProjectError.self) { try Split.folds(1, of: single, seed: 1) }
    #expect(throws: ProjectError.self) { try Split(testing: 1, of: single, seed: 1) }
    #expect(try Split(testing: 0, of: single, seed: 1).images(.train, of: single) == single)
  }
}
