import Files
import Foundation
import Imaging
import Project
import Recipes

/// Scores of images, their mean and standard deviation, as text, CSV and JSON.
///
/// Where it is told what part an image had in a training, each part has a mean of its own: what a network
/// learnt from says little about what it can do.
struct ScoreTable: Encodable {
  /// What part an image had in the training of what is scored.
  enum Part: String, CaseIterable, Encodable {
    /// Put aside by a split.
    case test
    /// Not learnt from, though perhaps validated on.
    case heldOut = "held out"
    case trainedOn = "trained on"
  }

  /// The scores of the images of a part.
  struct Summary: Encodable {
    var part: Part?
    var images: Int
    var mean: Row
    var standardDeviation: Row?

    fileprivate init(_ part: Part?, _ scores: [Scores]) {
      self.part = part
      images = scores.count
      mean = Row("mean", Scores.mean(scores) ?? Scores(iou: 0, dice: 0, precision: 0, recall: 0))
      standardDeviation = Scores.standardDeviation(scores).map { Row("std", $0) }
    }

    fileprivate var rows: [(Row, Part?)] {
      ([mean] + (standardDeviation.map { [$0] } ?? [])).map { ($0, part) }
    }
  }

  /// One image, or a summary of all.
  struct Row: Encodable {
    var image: String
    var iou: Double
    var dice: Double
    var precision: Double
    var recall: Double
    var boundaryIoU: Double?
    var hausdorff: Double?
    var hausdorff95: Double?

    init(_ image: String, _ scores: Scores) {
      self.image = image
      iou = scores.iou
      dice = scores.dice
      precision = scores.precision
      recall = scores.recall
      boundaryIoU = scores.boundaryIoU
      hausdorff = scores.hausdorff
      hausdorff95 = scores.hausdorff95
    }

    fileprivate var shares: [Double?] { [iou, dice, precision, recall, boundaryIoU] }
    fileprivate var pixels: [Double?] { [hausdorff, hausdorff95] }
  }

  /// What was scored, in order.
  private(set) var images: [Row] = []
  private var scores: [Scores] = []
  private var parts: [Part?] = []

  /// Adds an image, with its part in the training where that is known.
  mutating func add(_ key: ImageKey, _ scores: Scores, part: Part? = nil) {
    images.append(Row(key.text, scores))
    self.scores.append(scores)
    parts.append(part)
  }

  /// The mean of each score over the images.
  var mean: Row { Summary(nil, scores).mean }

  /// The standard deviation of each score over the images, of at least two.
  var standardDeviation: Row? { Summary(nil, scores).standardDeviation }

  /// Each part that has images, what was not learnt from first.
  var partSummaries: [Summary] {
    Part.allCases.compactMap { part in
      let own = zip(scores, parts).filter { $0.1 == part }.map(\.0)
      return own.isEmpty ? nil : Summary(part, own)
    }
  }

  /// Lines for people: every image, then mean and standard deviation, of each part where there are any.
  var text: String {
    let width = max(8, images.map(\.image.count).max() ?? 0)
    let partSummaries = partSummaries
    let isParted = !partSummaries.isEmpty
    let partWidth = Part.allCases.map(\.rawValue.count).max() ?? 0
    func begin(_ name: String, _ part: String?) -> String {
      Self.padded(name, width) + (isParted ? "  " + Self.padded(part ?? "", partWidth) : "")
    }
    let heading =
      begin("image", "part") + Self.titles.map { "  " + Self.rightAligned($0, 6) }.joined() + "\n"
    let summaries = isParted ? partSummaries : [Summary(nil, scores)]
    let oneEmpty = scores.count(where: \.isOneEmpty)
    let note =
      oneEmpty == 0
      ? "" : "with one mask empty, as of \(oneEmpty) here, distances are the image's diagonal\n"
    let rows = Array(zip(images, parts)) + summaries.flatMap(\.rows)
    return heading
      + rows.map { row, part in
        begin(row.image, part?.rawValue)
          + row.shares.map { "  " + Self.cell($0, width: 6, digits: 4) }.joined()
          + row.pixels.map { "  " + Self.cell($0, width: 6, digits: 1) }.joined() + "\n"
      }.joined() + note
  }

  /// Lines for tables: every image, then mean and standard deviation; distances are in pixels.
  var csv: String {
    CSV.line([
      "image", "iou", "dice", "precision", "recall", "boundary_iou", "hausdorff", "hausdorff95",
    ])
      + (images + Summary(nil, scores).rows.map(\.0)).map { row in
        CSV.line([row.image] + (row.shares + row.pixels).map { $0.map { "\($0)" } ?? "" })
      }.joined()
  }

  /// Four digits behind the point.
  static func fixed(_ value: Double) -> String { fixed(value, digits: 4) }

  private static func fixed(_ value: Double, digits: Int) -> String {
    value.formatted(
      .number.precision(.fractionLength(digits)).grouping(.never).locale(
        Locale(identifier: "en_US")))
  }

  private static let titles = ["IoU", "Dice", "prec.", "recall", "bIoU", "HD", "HD95"]

  private static func cell(_ value: Double?, width: Int, digits: Int) -> String {
    rightAligned(value.map { fixed($0, digits: digits) } ?? "-", width)
  }

  private static func rightAligned(_ text: String, _ width: Int) -> String {
    String(repeating: " ", count: max(0, width - text.count)) + text
  }

  private static func padded(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.count))
  }

  private enum CodingKeys: CodingKey { case images, mean, standardDeviation }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(images, forKey: .images)
    try container.encode(mean, forKey: .mean)
    try container.encodeIfPresent(standardDeviation, forKey: .standardDeviation)
  }
}
