public import Foundation
import Imaging
import Project

extension ComparisonPlan {
  /// Reads a plan; the paths in it are seen from the file's own folder.
  ///
  /// - Parameter file: The YAML file.
  /// - Throws: `ComparisonError.yaml` with the line.
  public init(contentsOf file: URL) throws(ComparisonError) {
    try self.init(
      try ComparisonError.text(of: file), file: file.path,
      folder: file.deletingLastPathComponent())
  }

  /// Reads the text of a plan; `file` stands in messages, paths are seen from `folder`.
  ///
  /// - Throws: `ComparisonError.yaml` with the line.
  public init(_ text: String, file: String, folder: URL) throws(ComparisonError) {
    self = try PlanReader(folder: folder).plan(try YAMLPlace(text, file: file))
  }

  /// The plan in full, as `init` reads it.
  public var yaml: String {
    var lines = ["data:", "  images: \(YAMLText.scalar(data.images))"]
    if let masks = data.masks { lines.append("  masks: \(YAMLText.scalar(masks))") }
    lines.append("  maskPolarity: \(data.polarity.rawValue)")
    lines.append("  split: \(division.yaml)")
    lines.append("seeds: \(YAMLText.list(seeds.map { "\($0)" }))")
    lines.append("protocol: \(scoring.rawValue)")
    if let paperTable { lines.append("paper: table\(paperTable)") }
    lines.append("recipes:")
    for named in recipes {
      for (index, line) in RecipeFile.lines(of: named).enumerated() {
        lines.append((index == 0 ? "  - " : "    ") + line)
      }
    }
    if let search {
      lines.append("search:")
      lines.append("  recipe: \(YAMLText.scalar(search.recipe))")
      for line in search.lines {
        lines.append(
          "  \(line.parameter.rawValue): \(YAMLText.list(line.values.map { "\($0)" }))")
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }
}

extension Division {
  fileprivate var yaml: String {
    switch self {
    case .file(let path): YAMLText.scalar(path)
    case .drawn(let share, let seed, let groups):
      "{test: \(share), seed: \(seed)\(Self.yaml(groups))}"
    case .folds(let count, let seed, let groups):
      "{folds: \(count), seed: \(seed)\(Self.yaml(groups))}"
    }
  }

  private static func yaml(_ groups: String?) -> String {
    groups.map { ", groups: \(YAMLText.scalar($0))" } ?? ""
  }
}
