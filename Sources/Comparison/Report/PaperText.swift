import Imaging
import Project
import Recipes

/// The paper's figures beside ours, and what became of its claims.
struct PaperText {
  private let table: PaperTable
  private let results: ComparisonResults
  private let summary: ComparisonSummary

  init(table: PaperTable, _ results: ComparisonResults, _ summary: ComparisonSummary) {
    self.table = table
    self.results = results
    self.summary = summary
  }

  /// The section of the report.
  var text: String {
    let remarks = table.remarks(on: results.plan).map { "- \($0)" }.joined(separator: "\n")
    var parts = ["## The paper's table \(table.paper.table) beside this", figures]
    parts.append("What differs from the paper:\n\n\(remarks)\n\(differences)")
    let claims = claims
    if !claims.isEmpty {
      parts.append("### The paper's claims\n\n" + claims.map { "- \($0)" }.joined(separator: "\n"))
    }
    return parts.joined(separator: "\n\n")
  }

  private var figures: String {
    var lines = MarkdownTable(["System", "Whose"] + PaperTable.metrics.map(\.title))
    for row in table.rows {
      lines.add(
        [row.title, "paper"]
          + PaperTable.metrics.map { metric in row[metric].map(metric.text) ?? "-" })
      for recipe in summary.recipes where table.row(of: recipe.recipe) == row {
        let ours = PaperTable.metrics.map { metric in
          guard let found = summary.summary(metric, of: recipe.name) else { return "-" }
          let ends = found.interval.map {
            " [\(metric.text($0.lowerBound)), \(metric.text($0.upperBound))]"
          }
          return metric.text(found.mean) + (ends ?? "")
        }
        lines.add(["", "`\(recipe.name)`"] + ours)
      }
    }
    return lines.text
  }

  private var differences: String {
    let inTable = summary.recipes.filter { table.row(of: $0.recipe) != nil }
    let all = inTable.map { table.differences(of: $0.recipe) }
    let common = (all.first ?? []).filter { text in all.allSatisfy { $0.contains(text) } }
    var lines = common.isEmpty ? [] : ["- All: \(common.joined(separator: "; "))."]
    for (recipe, found) in zip(inTable, all) {
      let own = found.filter { !common.contains($0) }
      if !own.isEmpty { lines.append("- `\(recipe.name)`: \(own.joined(separator: "; ")).") }
    }
    let others = summary.recipes.filter { table.row(of: $0.recipe) == nil }
    lines += others.map { "- `\($0.name)` is not in the paper's table." }
    return lines.joined(separator: "\n")
  }

  /// What the paper claims of this table, each with what was found here.
  private var claims: [String] {
    table.paper.table == 4 ? ablationClaims : firstPlaceClaims
  }

  private var firstPlaceClaims: [String] {
    // Of its own systems alone, when all of them have a result; its HD is not ours.
    let systems = results.published(summary.recipes)
    let rows = table.rows.filter { row in systems.contains { table.row(of: $0.recipe) == row } }
    guard rows.count == table.rows.count else { return [] }
    return [Metric.iou, .dice].compactMap { metric in
      guard let best = summary.best(metric, among: systems) else { return nil }
      let verdict =
        Self.isAuraNet(best) ? "so it is here (`\(best.name)`)" : "here `\(best.name)` is"
      return "\"AURA-net is best on \(metric.title)\": \(verdict)."
    }
  }

  private static func isAuraNet(_ named: NamedRecipe) -> Bool {
    named.recipe.architecture == .auraNet && named.recipe.hasActiveContour
  }

  private var ablationClaims: [String] {
    let pairs = Ablation.pairs(among: results.published(summary.recipes))
    return Ablation.Part.allCases.compactMap { part in
      let differences = pairs.filter { $0.part == part }.compactMap {
        summary.difference(.iou, of: $0.with.name, from: $0.without.name)
      }
      guard !differences.isEmpty else { return nil }
      let raised = differences.count { $0.mean > 0 }
      let sure = differences.count { $0.mean > 0 && $0.leavesZeroOut }
      let claim =
        part == .activeContour
        ? "The AC loss raises IoU in all four pairs"
        : "\(part.rawValue) is among what matters most"
      return "\"\(claim)\": here it raises the mean IoU in \(raised) of \(differences.count) pairs,"
        + " and in \(sure) the interval leaves zero out."
    }
  }
}
