import Imaging
import Project
import Recipes

/// The report of a comparison in Markdown.
struct ReportText {
  let results: ComparisonResults
  let summary: ComparisonSummary

  /// The whole text.
  var text: String {
    guard !summary.recipes.isEmpty else {
      return "# Comparison\n\n\(progress)\n"
    }
    let paper = results.plan.paperTable.flatMap { PaperTable($0) }
    var sections = [heading, scores]
    if summary.recipes.count > 1 { sections.append(differences(from: reference, paper)) }
    let pairs = Ablation.pairs(among: results.planned(summary.recipes))
    if !pairs.isEmpty { sections.append(parts(pairs, paper)) }
    if let paper {
      sections.append(PaperText(table: paper, results: results, summary: summary).text)
    }
    if let search = results.search {
      let found = search.found?.name
      let isScored = found.map { !results.runs(of: $0).isEmpty } ?? false
      sections.append(SearchText(results: search, isScored: isScored).text)
    }
    sections += [pictures, RunText(results: results).text, method]
    return sections.joined(separator: "\n\n") + "\n"
  }

  /// What the others are compared with: AURA-net as the paper has it, or else the first recipe.
  var reference: NamedRecipe {
    summary.recipes.first { $0.name == "aura-net" }
      ?? summary.recipes.first { $0.recipe.isAuraNet } ?? summary.recipes[0]
  }

  private var heading: String {
    let plan = results.plan
    let runs = plan.division.foldCount.map { " and \($0) folds" } ?? ""
    let sizes = Set(plan.recipes.map(\.recipe.size)).sorted().map { "\($0)" }
    return """
      # Comparison of \(Self.count(summary.recipes.count, "recipe"))

      \(Self.count(summary.images.count, "test image")), \(Self.count(plan.seeds.count, "seed"))\(runs), \
      trained at \(sizes.joined(separator: " and ")) pixels, scored \
      \(plan.scoring == .paper ? "on the resized crop (the paper's protocol)" : "at each image's own size").
      \(progress)
      """
  }

  private var progress: String {
    let (left, broken) = (results.unfinished, results.broken)
    let all = Self.count(results.plan.runs.count, "run")
    guard !left.isEmpty || !broken.isEmpty else { return "All \(all) are finished." }
    var text = "**\(results.runs.count) of \(all) are finished so far.**"
    if !left.isEmpty { text += " Not yet: \(Self.names(left))." }
    if !broken.isEmpty {
      text += " **Broken off, in no figure below: \(Self.names(broken.map(\.run))).**"
    }
    return text
  }

  private static func names(_ runs: [ComparisonRun]) -> String {
    runs.prefix(8).map { "`\($0.name)`" }.joined(separator: ", ")
      + (runs.count > 8 ? " and \(runs.count - 8) more" : "")
  }

  /// `10`, or where runs of the recipe broke off `10, 2 of 3 runs`.
  private func images(of recipe: String) -> String {
    let images = summary.summary(.iou, of: recipe)?.count ?? 0
    guard results.broken.contains(where: { $0.run.recipe == recipe }) else { return "\(images)" }
    let all = results.plan.runs.count { $0.recipe == recipe }
    return "\(images), \(results.runs(of: recipe).count) of \(all) runs"
  }

  private var scores: String {
    let metrics = Metric.measured(in: results.runs.flatMap { $0.scores.map(\.scores) })
    var table = MarkdownTable(titles: ["Recipe"] + metrics.map(\.title) + ["Images"])
    for recipe in summary.recipes {
      let cells = metrics.map { metric in
        cell(summary.summary(metric, of: recipe.name), metric) { text in
          summary.best(metric) == recipe.name && summary.recipes.count > 1 ? "**\(text)**" : text
        }
      }
      table.rows.append([recipe.name] + cells + [images(of: recipe.name)])
    }
    for (name, state) in results.unscored {
      table.rows.append([name] + metrics.map { _ in "-" } + [state])
    }
    return """
      ## Scores

      Mean ± standard deviation over the test images [95 % interval of the mean]; shares in percent, \
      distances in pixels; the best mean of each column is bold.

      \(table.text)
      """
  }

  /// `74.6 ± 8.1 [69.2, 79.4]`.
  private func cell(
    _ summary: MetricSummary?, _ metric: Metric, mark: (String) -> String
  ) -> String {
    guard let summary else { return "-" }
    let deviation = summary.standardDeviation.map { " ± \(metric.text($0))" } ?? ""
    return mark(metric.text(summary.mean)) + deviation + summary.ends(metric)
  }

  private func differences(from reference: NamedRecipe, _ paper: PaperTable?) -> String {
    let metrics: [Metric] = [.iou, .dice, .hausdorff, .boundaryIoU]
    let published = paper?.row(of: reference.recipe)
    var table = MarkdownTable(
      titles: ["`\(reference.name)` minus"] + metrics.map(\.title) + ["Better IoU on"]
        + (published == nil ? [] : ["Paper: IoU", "Paper: Dice"]))
    for other in summary.recipes where other.name != reference.name {
      var row = [other.name]
      row += metrics.map { difference($0, of: reference.name, from: other.name) }
      row.append(wins(of: reference.name, over: other.name))
      if let published {
        let theirs = paper?.row(of: other.recipe)
        row += [Metric.iou, .dice].map { metric in
          theirs == published ? "-" : Self.difference(metric, of: published, from: theirs)
        }
      }
      table.rows.append(row)
    }
    return """
      ## Paired differences

      What `\(reference.name)` has more than each other recipe on the same images: mean [95 % interval]; \
      bold where the interval leaves zero out. Percentage points, of distances pixels (less is better).

      \(table.text)
      """
  }

  private func parts(_ pairs: [Ablation], _ paper: PaperTable?) -> String {
    let metrics: [Metric] = [.iou, .dice, .precision, .recall, .hausdorff]
    var table = MarkdownTable(
      titles: ["Part", "From", "To"] + metrics.map(\.title) + (paper == nil ? [] : ["Paper: IoU"]))
    for pair in pairs {
      var row = [pair.part.rawValue, pair.without.name, pair.with.name]
      row += metrics.map { difference($0, of: pair.with.name, from: pair.without.name) }
      if let paper {
        let (before, after) = (paper.row(of: pair.without.recipe), paper.row(of: pair.with.recipe))
        row.append(Self.difference(.iou, of: after, from: before))
      }
      table.rows.append(row)
    }
    return """
      ## What each part adds

      Pairs of recipes that one part sets apart (a ResNet encoder may start from other weights): the \
      difference that it makes on the same images, as above.

      \(table.text)
      """
  }

  /// `+3.1 [0.4, 6.0]`, bold where the interval leaves zero out.
  private func difference(_ metric: Metric, of recipe: String, from other: String) -> String {
    guard let found = summary.difference(metric, of: recipe, from: other) else { return "-" }
    let text = metric.signedText(found.mean)
    return (found.leavesZeroOut ? "**\(text)**" : text) + found.ends(metric)
  }

  /// How much more one row of the paper has than another, `+3.1`.
  private static func difference(
    _ metric: Metric, of row: PaperTable.Row?, from other: PaperTable.Row?
  ) -> String {
    guard let more = row?[metric], let less = other?[metric] else { return "-" }
    return metric.signedText(more - less)
  }

  private func wins(of recipe: String, over other: String) -> String {
    let wins = summary.images.compactMap { image in
      summary.value(.iou, of: recipe, on: image).flatMap { value in
        summary.value(.iou, of: other, on: image).map { value > $0 }
      }
    }
    return "\(wins.count(where: \.self)) of \(wins.count)"
  }

  private var pictures: String {
    var parts = [
      """
      ## Curves

      ![Training and validation losses](figures/\(ReportFigures.curvesFile))

      Losses of recipes with other weights of the loss (such as without the active contour term) are not \
      on one scale; the form of a curve counts, not its height beside another's.

      ## Predictions

      ![Test images with the truth and each recipe's prediction](figures/\(ReportFigures.predictionsFile))

      Test images from the best to the worst by the mean IoU over all recipes. White: cell in prediction \
      and truth; orange: predicted only; blue: missed.

      ## Worst cases
      """
    ]
    for recipe in summary.recipes.map(\.name) {
      let file = ReportFigures.worstFile(of: recipe)
      parts.append("**\(recipe)**\n\n![Worst cases of \(recipe)](figures/\(file))")
    }
    return parts.joined(separator: "\n\n")
  }

  private var method: String {
    let oneEmpty = results.runs.flatMap(\.scores).count {
      $0.iou == 0 && $0.scores[.precision] == 0 && $0.scores[.recall] == 0
    }
    let note =
      oneEmpty == 0
      ? ""
      : " Where one mask is empty and the other not, all shares are 0 and distances are the image's"
        + " diagonal; \(oneEmpty) of the scores here have nothing in common with the truth."
    return """
      ## How this was measured

      Each metric is measured on each test image and then averaged. An image that several runs of a recipe \
      scored (seeds) counts once, with the mean over these runs. Intervals are percentile bootstrap \
      intervals over the images (\(Statistics.resamples) resamples, seeded); they say how far the choice of \
      test images could have moved a mean, not how much a training started anew would differ, and with few \
      images they are too narrow rather than too wide. \(grouping)\(note)

      `scores.csv` has a line a run and image, `summary.csv` every mean with its interval, `comparison.yaml` \
      the plan with each recipe in full. `aura compare --report` makes this page again from the folder.
      """
  }

  /// What is drawn: images, or the groups that they are in.
  private var grouping: String {
    guard let groups = summary.groupCount else {
      return
        "Every image counts as drawn on its own: where several show the same cells (a time lapse), "
        + "they are narrower still; `groups` in the split keeps those together."
    }
    return
      "Images of a group are drawn together: each resample takes \(Self.count(groups, "whole group")) "
      + "(cluster bootstrap), since neighbours tell less than images of other cells."
  }

  private static func count(_ number: Int, _ noun: String) -> String {
    "\(number) \(noun)\(number == 1 ? "" : "s")"
  }
}
