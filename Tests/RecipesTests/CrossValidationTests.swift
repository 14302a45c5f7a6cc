import Basics
import Foundation
import Recipes
import Testing

struct CrossValidationTests {
  private static func measured(
    _ ious: [Double?], cells: Bool = false, fromNetwork: [ImageKey] = []
  ) -> CrossValidation {
    var measured = CrossValidation(folds: 3, steps: 33, fromNetwork: fromNetwork, basis: "b")
    measured.foldsDone = 3
    measured.scores = ious.enumerated().map { index, iou in
      .init(
        image: ImageKey("\(index).png"), fold: index % 3 + 1, iou: iou,
        cellF1: cells ? iou : nil, countError: cells ? 0.12 : nil)
    }
    return measured
  }

  @Test func `what it gave is a line, with its interval`() {
    let measured = Self.measured([0.5, 0.6, 0.7, 0.6, 0.6], cells: true)
    #expect(
      measured.text == "cross-validated on 5 labels: IoU .60 (.51 to .69), F1 .60 (.51 to .69), "
        + "count error 12 %; 95 % intervals, 3 trainings of 33 steps")
    #expect(
      measured.shortText
        == "cross-validated: IoU .60 (.51 to .69), F1 .60, count error 12 %, 5 labels")
    #expect(measured.shortText.count <= 78, "it fits a window of 80 columns")
    #expect(measured.iouText == ".60 (.51 to .69)")
  }

  @Test func `two labels have no interval, and what came from a network is told`() {
    let measured = Self.measured([0.5, 0.6], fromNetwork: [ImageKey("x"), ImageKey("y")])
    #expect(
      measured.text == "cross-validated on 2 labels: IoU .55; 3 trainings of 33 steps; "
        + "2 masks that came from a network are not counted")
  }

  @Test func `without a figure it says why`() {
    #expect(
      Self.measured([], fromNetwork: [ImageKey("x")]).text
        == "not cross-validated: no mask is left to measure by; 1 mask that came from a network is "
        + "not counted")
    #expect(
      Self.measured([nil]).text
        == "not cross-validated: no label has a cell, and none was found")
    #expect(Self.measured([]).text == "not cross-validated: no label could be looked at")
    #expect(Self.measured([]).iouText == nil)
  }

  @Test func `images without a cell, true or found, are no part of the mean`() {
    #expect(Self.measured([nil, 0.5, 0.7]).iou?.mean == 0.6)
    #expect(Self.measured([nil, 0.5, 0.7]).iou?.count == 2)
  }

  @Test func `JSON comes back, and has the figures for others`() throws {
    let measured = Self.measured([0.5, nil, 0.7, 0.6], cells: true, fromNetwork: [ImageKey("x")])
    let json = try JSONEncoder().encode(measured)
    #expect(try JSONDecoder().decode(CrossValidation.self, from: json) == measured)
    let object = try #require(JSONSerialization.jsonObject(with: json) as? [String: Any])
    let iou = try #require(object["iou"] as? [String: Any])
    #expect(iou["count"] as? Int == 3 && iou["mean"] as? Double == measured.iou?.mean)
    #expect(iou["margin"] != nil && object["cellF1"] != nil && object["countError"] != nil)
  }

  @Test func `a recipe of before has its default, and one without it trains the same`() throws {
    let read = try JSONDecoder().decode(
      Recipe.self, from: Data("{\"fineTuning\": {\"warmup\": 3}}".utf8))
    #expect(read.optimisation.crossValidation == .auto)
    var other = read
    other.optimisation.crossValidation = .full
    #expect(other != read && other.training == read.training)
    other.seed = 4
    #expect(other.training != read.training)
  }

  @Test func `its progress is told in words and as a share`() {
    let progress = CheckProgress(fold: 2, folds: 3, step: 50, steps: 99)
    #expect(progress.text == "fold 2 of 3" && abs(progress.fraction - 50 / 99.0) < 1e-12)
    #expect(CheckProgress(fold: 1, folds: 1, step: 0, steps: 0).fraction == 0)
  }
}
