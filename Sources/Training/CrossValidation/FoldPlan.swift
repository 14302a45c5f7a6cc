import Basics
import Project
import Recipes

/// How a run is trained again without some of its labels.
struct FoldPlan: Equatable, Sendable {
  /// A training without some labels.
  struct Fold: Equatable, Sendable {
    /// The labels that it does not learn from.
    var held: [ImageKey]
    /// Those of them that are scored.
    var scored: [ImageKey]
  }

  /// Up to so many labels each is held out alone where every training has all steps.
  static let mostAlone = 8
  /// Trainings with more labels.
  static let usualFolds = 4
  /// Trainings with few labels that share the steps of a run: more of them would leave each too few.
  static let sharedFolds = 3

  /// The trainings; none where every mask came from a network.
  let folds: [Fold]
  /// The settings of each.
  let recipe: Recipe
  /// Steps of each.
  let steps: Int
  /// The labels that are not scored.
  let fromNetwork: [ImageKey]

  /// Divides the labels that a run has learnt from; nil where its recipe asks for no such measure, or nothing can be
  /// held out.
  ///
  /// - Parameters:
  ///   - recipe: The run's.
  ///   - training: The labels.
  ///   - validates: Whether others are validated on, which tell enough where the recipe leaves it open.
  ///   - truth: Which of them belong together, and which came from a network.
  ///   - share: How much of what is learnt is kept.
  init?(
    _ recipe: Recipe, training: [ImageKey], validates: Bool, truth: FoldTruth, share: Double = 1
  ) {
    guard Self.isWanted(recipe, labels: training.count, validates: validates) else { return nil }
    let members = truth.members(of: training)
    guard members.count > 1 else { return nil }
    let scored = members.filter { !truth.fromNetwork.isSuperset(of: $0) }
    let count = Self.count(
      recipe, labels: scored.joined().count { !truth.fromNetwork.contains($0) },
      groups: scored.count)
    folds = Self.deal(scored, into: count, seed: recipe.seed).map { held in
      Fold(held: held, scored: held.filter { !truth.fromNetwork.contains($0) })
    }
    fromNetwork = training.filter(truth.fromNetwork.contains)
    let whole = RunLength(recipe, trainingImages: training.count).steps
    steps = Self.steps(recipe, whole: whole, folds: count)
    var settings = recipe
    settings.steps = steps
    settings.optimisation.warmup = recipe.optimisation.warmup * steps / max(whole, 1)
    settings.optimisation.learntShare = .fixed(share)
    settings.optimisation.crossValidation = .none
    self.recipe = settings
  }

  /// Whether a run on some labels is to be measured so.
  private static func isWanted(_ recipe: Recipe, labels: Int, validates: Bool) -> Bool {
    guard labels > 1 else { return false }
    return switch recipe.optimisation.crossValidation {
    case .none: false
    case .auto: !validates && labels <= Recipe.fewLabels
    case .full: true
    }
  }

  /// How many trainings some labels in groups are divided into.
  private static func count(_ recipe: Recipe, labels: Int, groups: Int) -> Int {
    guard labels <= mostAlone else { return min(usualFolds, groups) }
    return recipe.optimisation.crossValidation == .full ? groups : min(sharedFolds, groups)
  }

  private static func steps(_ recipe: Recipe, whole: Int, folds: Int) -> Int {
    recipe.optimisation.crossValidation == .full ? whole : max(1, whole / max(folds, 1))
  }

  /// Deals groups by a seed: the largest first, each to the fold with the fewest labels.
  private static func deal(
    _ groups: [[ImageKey]], into count: Int, seed: UInt64
  ) -> [[ImageKey]] {
    var generator = SeededGenerator(seed: seed, stream: 0x666f_6c64)
    let shuffled = generator.shuffled(groups)
    let order = shuffled.indices.sorted { (-shuffled[$0].count, $0) < (-shuffled[$1].count, $1) }
    var folds = [[ImageKey]](repeating: [], count: count)
    for place in order {
      guard let fold = folds.indices.min(by: { (folds[$0].count, $0) < (folds[$1].count, $1) })
      else { break }
      folds[fold] += shuffled[place]
    }
    return folds.map { $0.sorted() }
  }

  /// What a run on so many labels, none of them in groups, does besides: steps in all, and images that are looked at.
  static func work(
    _ recipe: Recipe, labels: Int, validates: Bool
  ) -> (steps: Int, images: Int) {
    guard isWanted(recipe, labels: labels, validates: validates) else { return (0, 0) }
    let folds = count(recipe, labels: labels, groups: labels)
    let whole = RunLength(recipe, trainingImages: labels).steps
    let (steps, overflows) = folds.multipliedReportingOverflow(
      by: self.steps(recipe, whole: whole, folds: folds))
    return (overflows ? .max : steps, labels)
  }
}
