import Basics
import Files
import Foundation
public import Imaging
import Project
public import Recipes

/// Scores of images, their mean and standard deviation, as text, CSV and JSON.
///
/// Where it is told what part an image had in a training, each part has a mean of its own: what a network
/// learnt from says little about what it can do.
public struct ScoreTable: Encodable {
  /// What part an image had in the training of what is scored.
  public enum Part: String, CaseIterable, Encodable {
    /// Put aside by a split.
    case test
    /// Not learnt from, though perhaps validated on.
    case heldOut = "held out"
    case trainedOn = "trained on"
  }

  /// The scores of the images of a part.
  public struct Summary: Encodable {
    var part: Part?
    /// How many there are.
    public var images: Int
    var mean: Row
    var standardDeviation: Row?

    fileprivate init(_ part: Part?, _ scores: [Scores]) {
      self.part = part
      images = scores.count
      mean = Row(image: "mean", scores: Scores.mean(scores) ?? Scores())
      standardDeviation = Scores.standardDeviation(scores).map { Row(image: "std", scores: $0) }
    }

    fileprivate var rows: [(Row, Part?)] {
      ([mean] + (standardDeviation.map { [$0] } ?? [])).map { ($0, part) }
    }
  }

  /// One image, or a summary of all.
  struct Row: Encodable {
    var image: String
    var scores: Scores

    func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: Key.self)
      try container.encode(image, forKey: Key(stringValue: "image"))
      for metric in Metric.allCases {
        try container.encodeIfPresent(scores[metric], forKey: Key(stringValue: metric.rawValue))
      }
    }

    private struct Key: CodingKey {
      var stringValue: String
      var intValue: Int? { nil }

      init(stringValue: String) { self.stringValue = stringValue }
      init?(intValue: Int) { nil }
    }
  }

  /// What was scored, in order.
  private(set) var images: [Row] = []
  private var parts: [Part?] = []

  private var scores: [Scores] { images.map(\.scores) }

  /// How many images were scored.
  public var count: Int { images.count }

  /// A table without an image.
  public init() {}

  /// Adds an image, with its part in the training where that is known.
  public mutating func add(_ key: ImageKey, _ scores: Scores, part: Part? = nil) {
    images.append(Row(image: key.text, scores: scores))
    parts.append(part)
  }

  /// The mean of each score over the images.
  var mean: Row { Summary(nil, scores).mean }

  /// The standard deviation of each score over the images, of at least two.
  var standardDeviation: Row? { Summary(nil, scores).standardDeviation }

  /// Each part that has images, what was not learnt from first.
  public var partSummaries: [Summary] {
    Part.allCases.compactMap { part in
      let own = zip(scores, parts).filter { $0.1 == part }.map(\.0)
      return own.isEmpty ? nil : Summary(part, own)
    }
  }

  /// Lines for people: every image, then mean and standard deviation, of each part where there are any.
  public var text: String {
    let width = max(8, images.map(\.image.count).max() ?? 0)
    let partSummaries = partSummaries
    let isParted = !partSummaries.isEmpty
    let partWidth = Part.allCases.map(\.rawValue.count).max() ?? 0
    func begin(_ name: String, _ part: String?) -> String {
      Self.padded(name, width) + (isParted ? "  " + Self.padded(part ?? "", partWidth) : "")
    }
    let heading =
      begin("image", "part")
      + Metric.allCases.map { "  " + Self.rightAligned($0.shortTitle, 6) }.joined() + "\n"
    let summaries = isParted ? partSummaries : [Summary(nil, scores)]
    let oneEmpty = scores.count(where: \.isOneEmpty)
    let note =
      oneEmpty == 0
      ? "" : "with one mask empty, as of \(oneEmpty) here, distances are the image's diagonal\n"
    let rows = Array(zip(images, parts)) + summaries.flatMap(\.rows)
    return heading
      + rows.map { row, part in
        begin(row.image, part?.rawValue)
          + Metric.allCases.map { metric in
            let digits = metric.unit == .share ? 4 : 1
            return "  "
              + Self.rightAligned(NumberText.decimal(row.scores[metric], digits: digits), 6)
          }.joined() + "\n"
      }.joined() + note
  }

  /// Lines for tables: every image, then mean and standard deviation; distances are in pixels.
  public var csv: String {
    CSV.text(
      images + Summary(nil, scores).rows.map(\.0),
      columns: [.init("image", \.image)]
        + Metric.allCases.map { metric in .init(metric.heading) { $0.scores[metric] } })
  }

  private static func rightAligned(_ text: String, _ width: Int) -> String {
    String(repeating: " ", count: max(0, width - text.count)) + text
  }

  private static func padded(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.count))
  }

  private enum CodingKeys: CodingKey { case images, mean, standardDeviation }

  /// Writes the images, the mean and the standard deviation.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(images, forKey: .images)
    try container.encode(mean, forKey: .mean)
    try container.encodeIfPresent(standardDeviation, forKey: .standardDeviation)
  }
}
