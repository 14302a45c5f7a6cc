import Comparison
import Imaging
import Project
import Recipes
import Screen

/// The report of a comparison on the screen.
struct ReportBoard: Equatable, Sendable {
  /// In which order recipes stand.
  enum Order: Equatable, Sendable {
    /// As in the plan.
    case plan
    /// The best first.
    case best(Metric)

    /// All, as the key goes through them.
    static let all: [Order] = [.plan, .best(.iou), .best(.dice), .best(.hausdorff)]
  }

  /// What lies over a prediction's image.
  enum Layer: CaseIterable, Sendable {
    /// What is right, wrong and missed.
    case errors
    /// The predicted mask and its outline.
    case mask
    /// Nothing.
    case none
  }

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
  var showsValidation = true
  /// Whether the loss is drawn on a logarithmic scale.
  var isLogarithmic = true
  /// How much of the curve's past each point holds, as of a run.
  var smoothing = 0
  /// The chosen image's place in `images`.
  private(set) var image = 0
  /// How many recipes the panes skip.
  var firstPane = 0
  /// Which seed's predictions are shown.
  private(set) var seed = 0
  /// What lies over the predictions.
  var layer = Layer.errors
  /// How all panes look at the image.
  var look = Look()
  private var shelf = ImageShelf<ReportPictures>(mostImages: 3)

  init(_ results: ComparisonResults) {
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

  /// The chosen image.
  var key: ImageKey? { images.indices.contains(image) ? images[image] : nil }

  /// The chosen seed.
  var chosenSeed: UInt64? {
    results.plan.seeds.indices.contains(seed) ? results.plan.seeds[seed] : nil
  }

  /// An image in memory.
  subscript(key: ImageKey) -> ReportPictures? { shelf[key] }

  /// Whether an image could not be had.
  func isFailed(_ key: ImageKey) -> Bool { shelf.failures[key] != nil }

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
    firstPane = 0
  }

  /// Hides all but the chosen recipe, or shows all again.
  mutating func showOnly() {
    guard let name = recipe?.name else { return }
    let others = Set(results.plan.recipes.map(\.name)).subtracting([name])
    hidden = hidden == others ? [] : others
    firstPane = 0
  }

  /// Chooses an image.
  mutating func selectImage(_ place: Int) { image = max(0, min(place, images.count - 1)) }

  /// Shows the predictions of the next seed.
  mutating func nextSeed() {
    seed = (seed + 1) % max(1, results.plan.seeds.count)
    shelf.clear()
  }

  /// Forgets what failed, to ask for it again.
  mutating func retry() { shelf.retry() }
}

extension ReportBoard {
  /// Which images to ask for now: the chosen and the next.
  mutating func request() -> [ImageKey] { shelf.request(images.dropFirst(image).prefix(2)) }

  /// Takes an image in.
  mutating func insert(_ pictures: ReportPictures, for key: ImageKey) {
    guard images.contains(key), pictures.truth.fits(pictures.image),
      pictures.predictions.values.allSatisfy({ $0.fits(pictures.image) })
    else { return shelf.fail(key, "image and masks do not fit") }
    shelf.insert(pictures, for: key)
  }

  /// An image cannot be had.
  mutating func fail(_ key: ImageKey, _ text: String) { shelf.fail(key, text) }

  /// What has to be stretched so that the chosen image is shown at a contrast.
  mutating func stretch(to contrast: Contrast) -> [Effect] { shelf.stretch(key, to: contrast) }

  /// Takes in an image that was stretched anew.
  mutating func take(_ shown: ShownImage, for key: ImageKey) { shelf.take(shown, for: key) }
}
