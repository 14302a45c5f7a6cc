import Comparison
import Imaging
import Project
import Recipes
import Screen

/// What the screens of a comparison's report share: the results, and which recipes are chosen and shown.
struct ReportContext: TabbedContext {
  /// By what recipes can be ordered, as the key goes through it.
  private static let sortings: [Metric?] = [nil, .iou, .dice, .hausdorff]

  var window: Window
  var tab = Tab.scores
  var appears = false
  let name: String
  /// What is reported on.
  let results: ComparisonResults
  /// What it amounts to.
  let summary: ComparisonSummary
  /// The test images, the worst first.
  let images: [ImageKey]
  /// The recipes' places in the plan, in the order of the table.
  private(set) var order: [Int]
  /// By what the best stand first; as in the plan if nil.
  private(set) var sorting: Metric?
  /// The chosen recipe's place in `order`.
  private(set) var selected = 0
  /// Recipes that curves and predictions leave out.
  private(set) var hidden: Set<String> = []
  /// Whether the validation loss is drawn, or else the training loss.
  private(set) var showsValidation = true
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

  var recipe: NamedRecipe? { recipes.indices.contains(selected) ? recipes[selected] : nil }

  /// The recipes that curves and predictions show: with results, and not hidden.
  var shown: [NamedRecipe] {
    recipes.filter { !hidden.contains($0.name) && !results.runs(of: $0.name).isEmpty }
  }

  var progress: String {
    let (done, all) = (results.runs.count, results.plan.runs.count)
    let images = images.count == 1 ? "1 test image" : "\(images.count) test images"
    let broken = results.broken.isEmpty ? "" : ", \(results.broken.count) broke off"
    return done == all
      ? "\(all == 1 ? "1 run" : "\(all) runs"), \(images)"
      : "\(done) of \(all) runs are finished\(broken), \(images)"
  }

  mutating func select(_ place: Int) { selected = max(0, min(place, order.count - 1)) }

  /// Orders the recipes another way; the chosen one stays chosen.
  mutating func sort() {
    let place = Self.sortings.firstIndex(of: sorting) ?? 0
    sorting = Self.sortings[(place + 1) % Self.sortings.count]
    let chosen = order.indices.contains(selected) ? order[selected] : 0
    order = Array(results.plan.recipes.indices)
    if let metric = sorting {
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
    if let name = recipe?.name { hidden.formSymmetricDifference([name]) }
  }

  /// Hides all but the chosen recipe, or shows all again.
  private mutating func showOnly() {
    guard let name = recipe?.name else { return }
    let others = Set(results.plan.recipes.map(\.name)).subtracting([name])
    hidden = hidden == others ? [] : others
  }

  /// The colour of a recipe, the same on every screen; after the eighth they begin again.
  func role(of recipe: String) -> Role {
    let place = results.plan.recipes.firstIndex { $0.name == recipe } ?? 0
    return Role.series[place % Role.series.count]
  }
}

/// What can be done to the recipes of a report wherever they are listed.
enum RecipeCommand: Sendable {
  case move(ListMove)
  case hideOrShow, showOnly, open, toggleLoss
  case curve(CurveSettings.Command)

  /// The keys of a list of recipes, for the screen that shows it.
  static func bindings<Target>(
    besideCurves: Bool, _ as: @escaping (RecipeCommand) -> Target.Command
  ) -> [Binding<Target>] {
    ListMove.bindings("recipe", rank: 1) { `as`(.move($0)) } + [
      Binding<Target>(
        "Space", [.character(" ")], `as`(.hideOrShow), "hide or show it in curves and predictions"
      ).hint("hide or show", 10),
      Binding<Target>("o", `as`(.showOnly), "show only it, or all again").hint("only this", 11),
      Binding<Target>("Enter", [.enter], `as`(.open), "predictions")
        .hint("predictions", besideCurves ? nil : 3),
      Binding<Target>("t", `as`(.toggleLoss), "training or validation loss")
        .hint("train, validation", besideCurves ? 12 : nil),
    ] + CurveSettings.bindings(rank: besideCurves ? 13 : nil) { `as`(.curve($0)) }
  }
}

extension ReportContext {
  /// Carries out what can be done wherever recipes are listed, `page` of them at a time.
  mutating func perform(_ command: RecipeCommand, page: Int) {
    switch command {
    case .move(let move):
      if let place = move.row(from: selected, of: order.count, page: page) { select(place) }
    case .hideOrShow: hideOrShow()
    case .showOnly: showOnly()
    case .open: show(.panes)
    case .toggleLoss: showsValidation.toggle()
    case .curve(let command): curve.perform(command)
    }
  }
}
