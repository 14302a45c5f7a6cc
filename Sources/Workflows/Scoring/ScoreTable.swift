import Basics
import Files
import Foundation
import Imaging
import Project
import Recipes

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
    var images: Int
    var mean: Row
    /// Of at least two images.
    var standardDeviation: Row?

    fileprivate init(_ part: Part?, _ rows: [Row]) {
      // Where there is nothing to find, finding nothing is no merit: such images would lift every mean.
      let scores = rows.map(\.scores).filter { !$0.isEmpty }
      self.part = part
      images = rows.count
      mean = Row(image: "mean", scores: Scores.mean(scores) ?? Scores(), part: part)
      standardDeviation = Scores.standardDeviation(scores).map {
        Row(image: "std", scores: $0, part: part)
      }
    }

    fileprivate var rows: [Row] { [mean] + [standardDeviation].compactMap(\.self) }
  }

  /// One image, or a summary of all.
  struct Row: Encodable {
    var image: String
    var scores: Scores
    var part: Part?

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

  /// How many images were scored.
  public var count: Int { images.count }

  /// All images, whatever their part.
  var all: Summary { Summary(nil, images) }

  /// Each part that has images, what was not learnt from first.
  public var partSummaries: [Summary] {
    Part.allCases.compactMap { part in
      let own = images.filter { $0.part == part }
      return own.isEmpty ? nil : Summary(part, own)
    }
  }

  /// Adds an image, with its part in the training where that is known.
  mutating func add(_ key: ImageKey, _ scores: Scores, part: Part? = nil) {
    images.append(Row(image: key.text, scores: scores, part: part))
  }

  /// Lines for people: every image, then mean and standard deviation, of each part where there are any.
  public var text: String {
    let parts = partSummaries
    let isParted = !parts.isEmpty
    // Columns have a width of their own, so that tables look alike.
    let metrics = Metric.measured(in: images.map(\.scores))
    let titles = metrics.map(\.shortTitle).map {
      String(repeating: " ", count: max(0, 6 - $0.count)) + $0
    }
    let heading = ["image   "] + (isParted ? ["part      "] : []) + titles
    let rows = images + (isParted ? parts : [all]).flatMap(\.rows)
    let lines = rows.map { row in
      let part = isParted ? [row.part?.rawValue ?? ""] : []
      let figures = metrics.map { metric in
        NumberText.decimal(row.scores[metric], digits: metric.unit.digits)
      }
      return [row.image] + part + figures
    }
    let oneEmpty = images.count(where: \.scores.isOneEmpty)
    let note =
      oneEmpty == 0
      ? "" : "with one mask empty, as of \(oneEmpty) here, distances are the image's diagonal\n"
    return TextColumns.text([heading] + lines, left: isParted ? 2 : 1) + note
  }

  /// Lines for tables: every image, then mean and standard deviation; distances are in pixels.
  public var csv: String {
    CSV.text(
      images + all.rows,
      columns: [.init("image", \.image)]
        + Metric.measured(in: images.map(\.scores)).map { metric in
          .init(metric.heading) { $0.scores[metric] }
        })
  }

  private enum CodingKeys: CodingKey { case images, mean, standardDeviation }

  /// Writes the images, the mean and the standard deviation.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(images, forKey: .images)
    try container.encode(all.mean, forKey: .mean)
    try container.encodeIfPresent(all.standardDeviation, forKey: .standardDeviation)
  }
}

extension Metric.Unit {
  /// Digits behind the point in a table.
  fileprivate var digits: Int { self == .share || self == .error ? 4 : 1 }
}
