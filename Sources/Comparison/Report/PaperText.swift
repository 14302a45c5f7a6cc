import Imaging
import Project
import Recipes

/// The paper's figures beside ours, and what became of its claims.
struct PaperText {
  let table: PaperTable
  let results: ComparisonResults
  let summary: ComparisonSummary

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
    var lines = MarkdownTable(titles: ["System", "Whose"] + PaperTable.metrics.map(\.title))
    for row in table.rows {
      lines.rows.append(
        [row.title, "paper"]
          + PaperTable.metrics.map { metric in row[metric].map(metric.text) ?? "-" })
      for recipe in summary.recipes where table.row(of: recipe.recipe) == row {
        let ours = PaperTable.metrics.map { metric in
          guard let found = summary.summary(metric, of: recipe.name) else { return "-" }
          return metric.text(found.mean) + found.ends(metric)
        }
        lines.rows.append(["", "`\(recipe.name)`"] + ours)
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
        best.recipe.isAuraNet ? "so it is here (`\(best.name)`)" : "here `\(best.name)` is"
      return "\"AURA-net is best on \(metric.title)\": \(verdict)."
    }
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

extension PaperTable {
  /// How a recipe's run differs from what the paper says of its own, in words; empty where it does not.
  func differences(of recipe: Recipe) -> [String] {
    var found: [String] = []
    switch (recipe.weights, Self.pretrained.contains(recipe.architecture)) {
    case (.random, false): break
    case (.random, true): found.append("random weights, the paper's encoder is ImageNet's")
    case (.simulatedEncoder, _):
      found.append("an encoder learnt from simulated images, the paper's from ImageNet")
    case (.simulated, true):
      found.append(
        "the whole network learnt from simulated images, the paper's encoder from ImageNet")
    case (.simulated, false):
      found.append("the whole network learnt from simulated images, the paper's from nothing")
    case (.file(let name), let isPretrained):
      found.append(
        "weights of '\(name)', the paper's \(isPretrained ? "encoder is ImageNet's" : "are random")"
      )
    }
    if recipe.size != paper.size {
      found.append("\(recipe.size) pixels a side, the paper's \(paper.size)")
    }
    if let steps = recipe.steps {
      found.append("\(steps) steps, the paper's \(paper.epochs) epochs")
    } else if recipe.epochs != paper.epochs {
      found.append("\(recipe.epochs) epochs, the paper's \(paper.epochs)")
    }
    return found + settings(of: recipe)
  }

  /// The other settings that are not the protocol's, by their names in YAML.
  private func settings(of recipe: Recipe) -> [String] {
    guard let row = row(of: recipe) else { return [] }
    var expected = Recipe()
    expected.augmentation = .paper
    // CE-Net has its row whatever the loss; other rows have the active contour term or not.
    if row.architecture == .ceNet {
      expected.loss.gamma = recipe.loss.gamma
    } else if !row.hasActiveContour {
      expected.loss.gamma = 0
    }
    return Recipe.settings.compactMap { setting in
      guard setting.isShared, !Self.toldInWords.contains(setting.name) else { return nil }
      let (ours, theirs) = (setting.text(of: recipe), setting.text(of: expected))
      guard ours != theirs, let ours, let theirs else { return nil }
      return "\(setting.name) \(ours), the protocol's \(theirs)"
    }
  }

  private static let toldInWords: Set = ["architecture", "weights", "size", "epochs", "steps"]

  /// What of the data and the scoring is otherwise than the paper's, a sentence each.
  func remarks(on plan: ComparisonPlan) -> [String] {
    var remarks = [
      "The paper does not say which images it tested on; here they are those of the stored split."
    ]
    let source = "The images are those of '\(plan.data.images)'"
    if plan.data.images.hasSuffix("BU-BIL_Dataset\(paper.dataset)/RawImages"), paper.dataset == 1 {
      remarks.append(
        source + ", by its name BU-BIL's data set 1: whole images, as in the paper (35 of them).")
    } else if paper.dataset == 1 {
      remarks.append(source + "; the paper's are BU-BIL's data set 1.")
    } else {
      remarks.append(
        source + "; the paper's are crops of BU-BIL's data set \(paper.dataset), which are not "
          + "published, so at most the protocol is the same.")
    }
    remarks.append(
      "The paper does not define its HD. Its 3 to 12 are far below the pixel distances of masks with"
        + " such an IoU, so both are shown and not compared.")
    if plan.scoring != .paper {
      remarks.append("Scored at each image's own size; the paper scores the resized crop.")
    }
    return remarks
  }

  private static let pretrained: Set<Architecture> = [.unetResNet, .auraNet, .ceNet]
}
