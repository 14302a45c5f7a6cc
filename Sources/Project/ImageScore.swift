public import Files
public import Imaging
public import Recipes

/// A line of `scores.csv`: how a run's network does on one labelled image.
public struct ImageScore: Equatable, Sendable {
  /// The image.
  public var image: ImageKey
  /// Whether the run trained on it.
  public var trainedOn: Bool
  /// What was measured.
  public var scores: Scores

  /// Makes a line.
  public init(image: ImageKey, trainedOn: Bool, scores: Scores) {
    self.image = image
    self.trainedOn = trainedOn
    self.scores = scores
  }

  /// Intersection over union, 0...1.
  public var iou: Double { scores.iou }

  /// The table; what was not measured is left blank.
  static let table = CSVTable<ImageScore>(
    blank: ImageScore(image: ImageKey(""), trainedOn: false, scores: Scores()),
    [
      .init(
        "image", get: { $0.image.text },
        set: {
          $0.image = ImageKey($1); return true
        }),
      .init("trained_on", \.trainedOn),
    ] + Metric.columns(\.scores))

  /// Reads the table; `file` stands in messages.
  ///
  /// - Throws: `ProjectError.damaged` for a line that is no score.
  static func read(_ text: String, file: String) throws(ProjectError) -> [ImageScore] {
    var scores: [ImageScore] = []
    for (line, row) in table.rows(of: text) {
      guard let row, row.scores[.iou] != nil else {
        throw .damaged(file, "line \(line) is no score of an image")
      }
      scores.append(row)
    }
    return scores
  }
}

extension Metric {
  /// The columns of a table whose rows have scores, a metric each; values that a metric cannot have are
  /// no row.
  public static func columns<Row>(
    _ scores: any (WritableKeyPath<Row, Scores> & Sendable)
  ) -> [CSVTable<Row>.Column] {
    allCases.map { metric in
      CSVTable<Row>.Column(metric.heading) { row in
        row[keyPath: scores][metric]
      } set: { row, value in
        row[keyPath: scores][metric] = value
        return value.map(metric.range.contains) ?? true
      }
    }
  }
}
