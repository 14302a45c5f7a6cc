import Foundation
import Imaging
import Project

/// Scores of images and their mean, as text, CSV and JSON.
struct ScoreTable: Encodable {
  /// One image.
  struct Row: Encodable {
    var image: String
    var iou: Double
    var dice: Double
    var precision: Double
    var recall: Double
  }

  /// What was scored, in order.
  private(set) var images: [Row] = []

  /// Adds an image.
  mutating func add(_ key: ImageKey, _ scores: Scores) {
    images.append(
      Row(
        image: key.text, iou: scores.iou, dice: scores.dice, precision: scores.precision,
        recall: scores.recall))
  }

  /// The mean of each score over the images.
  var mean: Row {
    func mean(_ score: (Row) -> Double) -> Double {
      images.isEmpty ? 0 : images.map(score).reduce(0, +) / Double(images.count)
    }
    return Row(
      image: "mean", iou: mean(\.iou), dice: mean(\.dice), precision: mean(\.precision),
      recall: mean(\.recall))
  }

  /// Lines for people: every image, then the mean.
  var text: String {
    let width = max(8, images.map(\.image.count).max() ?? 0)
    let heading = Self.padded("image", width) + "    IoU   Dice  prec.  recall\n"
    return heading
      + (images + [mean]).map { row in
        Self.padded(row.image, width)
          + [row.iou, row.dice, row.precision, row.recall].map { "  " + Self.fixed($0) }.joined()
          + "\n"
      }.joined()
  }

  /// Lines for tables: every image, then the mean.
  var csv: String {
    CSV.line(["image", "iou", "dice", "precision", "recall"])
      + (images + [mean]).map { row in
        CSV.line([row.image] + [row.iou, row.dice, row.precision, row.recall].map { "\($0)" })
      }.joined()
  }

  /// Four digits behind the point.
  static func fixed(_ value: Double) -> String {
    value.formatted(.number.precision(.fractionLength(4)).locale(Locale(identifier: "en_US")))
  }

  private static func padded(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.count))
  }

  private enum CodingKeys: CodingKey { case images, mean }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(images, forKey: .images)
    try container.encode(mean, forKey: .mean)
  }
}
