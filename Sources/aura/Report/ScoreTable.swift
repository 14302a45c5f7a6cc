import Foundation
import Imaging
import Project

/// Scores of images, their mean and standard deviation, as text, CSV and JSON.
struct ScoreTable: Encodable {
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

  /// Adds an image.
  mutating func add(_ key: ImageKey, _ scores: Scores) {
    images.append(Row(key.text, scores))
    self.scores.append(scores)
  }

  /// The mean of each score over the images.
  var mean: Row {
    Row("mean", Scores.mean(scores) ?? Scores(iou: 0, dice: 0, precision: 0, recall: 0))
  }

  /// The standard deviation of each score over the images, of at least two.
  var standardDeviation: Row? { Scores.standardDeviation(scores).map { Row("std", $0) } }

  /// Lines for people: every image, then mean and standard deviation.
  var text: String {
    let width = max(8, images.map(\.image.count).max() ?? 0)
    let heading =
      Self.padded("image", width) + Self.titles.map { "  " + Self.rightAligned($0, 6) }.joined()
      + "\n"
    let oneEmpty = scores.count(where: \.isOneEmpty)
    let note =
      oneEmpty == 0
      ? "" : "with one mask empty, as of \(oneEmpty) here, distances are the image's diagonal\n"
    return heading
      + (images + summaries).map { row in
        Self.padded(row.image, width)
          + row.shares.map { "  " + Self.cell($0, width: 6, digits: 4) }.joined()
          + row.pixels.map { "  " + Self.cell($0, width: 6, digits: 1) }.joined() + "\n"
      }.joined() + note
  }

  /// Lines for tables: every image, then mean and standard deviation; distances are in pixels.
  var csv: String {
    CSV.line([
      "image", "iou", "dice", "precision", "recall", "boundary_iou", "hausdorff", "hausdorff95",
    ])
      + (images + summaries).map { row in
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

  private var summaries: [Row] { [mean] + (standardDeviation.map { [$0] } ?? []) }

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
