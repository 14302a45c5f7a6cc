import Comparison
import Imaging
import Project
import Recipes
import Screen

/// What the screens of a comparison's report share: the results, and which recipes are chosen and shown.
struct ReportContext: TabbedContext {
  /// In which order recipes stand.
  enum Order: Equatable, Sendable {
    /// As in the plan.
    case plan
    /// The best first.
    case best(Metric)

    /// All, as the key goes through them.
    static let all: [Order] = [.plan, .best(.iou), .best(.dice), .best(.hausdorff)]
  }

  var window: Window
  var tab = Tab.scores
  var appears = false
  /// The report's name.
  let name: String
  /// What is reported on.
  let results: ComparisonResults
  /// What it amounts to.
  let summary: ComparisonSummary
  /// The test images, the worst first.
  let images: [ImageKey]
  /// The recipes' places in the plan, in the order of the table.
  private(set) var order: [Int]
  /// How they are ordered.
  private(set) var sorting = Order.plan
  /// The chosen recipe's place in `order`.
  private(set) var selected = 0
  /// Recipes that curves and predictions leave out.
  private(set) var hidden: Set<String> = []
  /// Whether the validation loss is drawn, or else the training loss.
  private(set) var showsValidation = true
  /// How losses are drawn.
  private(set) var curve = CurveSettings(isLogarithmic: true, smoothing: 0)

  init(_ results: ComparisonResults, name: String, window: Window) {
    self.name = name
    self.window = window
    self.results = results
    summary = ComparisonSummary(results)
    images = summary.imagesByIoU.reversed()
    order = Array(results.plan.recipes.indices)
  }

  /// The recipes in the order of the table.
  var recipes: [NamedRecipe] { order.map { results.plan.recipes[$0] } }

  /// The chosen recipe.
  var recipe: NamedRecipe? { recipes.indices.contains(selected) ? recipes[selected] : nil }

  /// The recipes that curves and predictions show: with results, and not hidden.
  var shown: [NamedRecipe] {
    recipes.filter { !hidden.contains($0.name) && !results.runs(of: $0.name).isEmpty }
  }

  /// How far the comparison is.
  var progress: String {
    let (done, all) = (results.runs.count, results.plan.runs.count)
    let images = images.count == 1 ? "1 test image" : "\(images.count) test images"
    let broken = results.broken.isEmpty ? "" : ", \(results.broken.count) broke off"
    return done == all
      ? "\(all == 1 ? "1 run" : "\(all) runs"), \(images)"
      : "\(done) of \(all) runs are finished\(broken), \(images)"
  }

  /// Chooses a recipe.
  mutating func select(_ place: Int) { selected = max(0, min(place, order.count - 1)) }

  /// Orders the recipes another way; the chosen one stays chosen.
  mutating func sort() {
    let place = Order.all.firstIndex(of: sorting) ?? 0
    sorting = Order.all[(place + 1) % Order.all.count]
    let chosen = order.indices.contains(selected) ? order[selected] : 0
    order = Array(results.plan.recipes.indices)
    if case .best(let metric) = sorting {
      let means = results.plan.recipes.map { summary.summary(metric, of: $0.name)?.mean }
      order.sort { a, b in
        guard let first = means[a] else { return means[b] == nil && a < b }
        guard let second = means[b] else { return true }
        return first == second ? a < b : metric.isBetter(first, than: second)
      }
    }
    selected = order.firstIndex(of: chosen) ?? 0
  }

  /// Hides the chosen recipe, or shows it again.
  mutating func hideOrShow() {
    guard let name = recipe?.name else { return }
    if hidden.remove(name) == nil { hidden.insert(name) }
  }

  /// Hides all but the chosen recipe, or shows all again.
  mutating func showOnly() {
    guard let name = recipe?.name else { return }
    let others = Set(results.plan.recipes.map(\.name)).subtracting([name])
    hidden = hidden == others ? [] : others
  }

  /// Draws the losses another way.
  mutating func drawCurves(_ command: CurveSettings.Command) { curve.perform(command) }

  /// Shows the training loss in place of the validation loss, or that again.
  mutating func toggleLoss() { showsValidation.toggle() }

  /// The colour of a recipe, the same on every screen; after the eighth they begin again.
  func role(of recipe: String) -> Role {
    let place = results.plan.recipes.firstIndex { $0.name == recipe } ?? 0
    return Role.series[place % Role.series.count]
  }
}
