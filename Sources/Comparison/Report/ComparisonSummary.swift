public import Imaging
import Files
import Project
public import Recipes

/// What the runs of a comparison amount to: each metric of each recipe over the test images.
///
/// The images are what is drawn from a population, so they are the sample: of an image that several runs
/// of a recipe scored (seeds), the mean over those runs counts once.
public struct ComparisonSummary: Equatable, Sendable {
  /// The recipes that have a finished run, in the plan's order.
  public let recipes: [NamedRecipe]
  /// The test images, sorted.
  public let images: [ImageKey]
  /// How many groups they are in; nil where each is drawn on its own.
  public let groupCount: Int?
  private let groups: [ImageKey: String]?
  private var values: [String: [Metric: [ImageKey: Double]]] = [:]
  private var summaries: [String: [Metric: MetricSummary]] = [:]

  /// Sums results up.
  public init(_ results: ComparisonResults) {
    recipes = results.plan.recipes.filter { !results.runs(of: $0.name).isEmpty }
    images = results.images
    let named = results.groups
    groups = named.map { named in
      Dictionary(
        uniqueKeysWithValues: results.images.map { ($0, named.names[$0] ?? "\u{0}\($0.text)") })
    }
    groupCount = groups.map { Set($0.values).count }
    for recipe in recipes {
      let scores = results.runs(of: recipe.name).flatMap(\.scores)
      for metric in Metric.allCases {
        let byImage = Dictionary(grouping: scores, by: \.image).compactMapValues { scores in
          Statistics.mean(scores.compactMap { $0.scores[metric] })
        }
        values[recipe.name, default: [:]][metric] = byImage
        summaries[recipe.name, default: [:]][metric] = summary { byImage[$0] }
      }
    }
  }

  /// A metric of a recipe over its test images; nil where it was not measured.
  public func summary(_ metric: Metric, of recipe: String) -> MetricSummary? {
    summaries[recipe]?[metric]
  }

  /// A metric of a recipe on an image, the mean over the runs that scored it.
  public func value(_ metric: Metric, of recipe: String, on image: ImageKey) -> Double? {
    values[recipe]?[metric]?[image]
  }

  /// How much more of a metric `recipe` has than `other`, image by image where both were scored.
  public func difference(
    _ metric: Metric, of recipe: String, from other: String
  ) -> MetricSummary? {
    summary { image in
      guard let more = value(metric, of: recipe, on: image),
        let less = value(metric, of: other, on: image)
      else { return nil }
      return more - less
    }
  }

  /// What is known of each image summed up, with its groups where there are any.
  private func summary(_ value: (ImageKey) -> Double?) -> MetricSummary? {
    let measured = images.compactMap { image in value(image).map { (image, $0) } }
    return MetricSummary(
      measured.map(\.1), groups: groups.map { groups in measured.map { groups[$0.0] ?? "" } })
  }

  /// The recipe with the best mean.
  public func best(_ metric: Metric) -> String? { best(metric, among: recipes)?.name }

  /// The recipe with the best mean among some, of equal ones the first.
  func best(_ metric: Metric, among recipes: [NamedRecipe]) -> NamedRecipe? {
    let measured = recipes.compactMap { recipe in
      summary(metric, of: recipe.name).map { (recipe: recipe, mean: $0.mean) }
    }
    return measured.max { metric.isBetter($1.mean, than: $0.mean) }?.recipe
  }

  /// The images by the mean IoU over all recipes, the best first.
  public var imagesByIoU: [ImageKey] {
    func mean(_ image: ImageKey) -> Double {
      Statistics.mean(recipes.compactMap { value(.iou, of: $0.name, on: image) }) ?? 0
    }
    return images.map { (mean($0), $0) }.sorted { ($1.0, $0.1) < ($0.0, $1.1) }.map(\.1)
  }

  /// The images of a recipe by its IoU, the worst first.
  func worstImages(of recipe: String) -> [ImageKey] {
    images.compactMap { image in value(.iou, of: recipe, on: image).map { ($0, image) } }
      .sorted { $0 < $1 }.map(\.1)
  }

  /// `summary.csv`: a line a recipe and metric; shares of 0...1, distances in pixels.
  public var csv: String {
    CSV.text(
      recipes.flatMap { recipe in
        Metric.allCases.compactMap { metric in
          summary(metric, of: recipe.name).map { (recipe: recipe.name, metric: metric, of: $0) }
        }
      },
      columns: [
        .init("recipe", \.recipe), .init("metric", \.metric.heading), .init("mean", \.of.mean),
        .init("sd", \.of.standardDeviation), .init("n", \.of.count),
        .init("low", \.of.interval?.lowerBound), .init("high", \.of.interval?.upperBound),
      ])
  }
}

/// A metric over test images, or its difference between two recipes.
public struct MetricSummary: Equatable, Sendable {
  /// The mean over the images.
  public let mean: Double
  /// The standard deviation over the images; nil of one.
  public let standardDeviation: Double?
  /// The 95 % interval of the mean, by resampling the images, or whole groups of them; nil of one.
  public let interval: ClosedRange<Double>?
  /// How many images there are.
  public let count: Int

  /// Sums values up, one an image; nil for none.
  ///
  /// `groups` has the group of each image where images belong together; nil where each is drawn on its own.
  init?(_ values: [Double], groups: [String]? = nil) {
    guard let mean = Statistics.mean(values) else { return nil }
    self.mean = mean
    standardDeviation = Statistics.standardDeviation(values)
    interval = Statistics.interval(ofMean: values, groups: groups)
    count = values.count
  }

  /// Whether the interval leaves zero out: a difference that more images would hardly turn round.
  var leavesZeroOut: Bool { interval.map { !$0.contains(0) } ?? false }

  /// The interval behind a mean, ` [69.2, 79.4]`; nothing where there is none.
  func ends(_ metric: Metric) -> String {
    interval.map { " [\(metric.text($0.lowerBound)), \(metric.text($0.upperBound))]" } ?? ""
  }
}
