public import Foundation
import Networks
public import Project
public import Recipes
public import Training
public import Weights

/// What a run begins with: its settings, the weights before its first step, and what those have seen.
///
/// The one answer for `g` in the workbench, `aura train` and `aura compare`:
///
/// - Settings are those of the run that is gone on with, else those that were named, else the project's
///   own, else those that suit the weights and the number and size of the labels.
/// - The size is the one that was set for the project, else that of its settings, else the one that was found for its
///   images, as far as there is the memory, else what suits their smallest side.
/// - Where nothing is said of `objects`, a run tells cells apart if its weights do.
/// - Weights are those that were asked for, else those that named settings ask for, else those of the
///   project's newest run of the same network, else the usual ones where the network can begin with them,
///   else random ones.
/// - What the newest run has seen is never validated on.
/// - A warm-up that nobody asked for takes a tenth of the steps at most.
public struct Beginning: Sendable {
  /// The settings, with the name of the weights.
  public let recipe: Recipe
  /// The split of the run that the weights are of; its images are known to them.
  public let past: Split?
  /// Whether it is of a run that was begun: it goes on from its checkpoint, if there is one.
  public var isResumed = false
  private let origin: Origin
  /// Whether the weights were asked for.
  private let isAsked: Bool

  /// Where weights come from.
  private enum Origin: Sendable {
    /// The checkpoint of the run that is gone on with.
    case checkpoint
    /// What the recipe names, looked for when the run begins.
    case named(StartingWeights)
    /// An earlier run of the project.
    case run(RunFolder)
    /// None, those that come with aura, or a file's.
    case source(WeightsSource)

    /// What a recipe calls the weights.
    fileprivate var name: StartingWeights {
      switch self {
      case .checkpoint: .random
      case .named(let weights): weights
      case .run(let run): run.weightsName
      case .source(let source): source.name
      }
    }

    /// What the weights have seen.
    fileprivate var past: Split? {
      guard case .run(let run) = self else { return nil }
      return try? run.split()
    }

    /// What they learnt of cells besides the mask.
    fileprivate var objects: Recipe.Objects {
      switch self {
      case .checkpoint, .named: .none
      case .run(let run): WeightsNote(of: run.weightsFile)?.objects ?? .none
      case .source(let source): source.objects
      }
    }

    /// Whether they are those of an earlier run that look with a second opinion.
    fileprivate var asksSecondOpinion: Bool {
      switch self {
      case .checkpoint, .named: false
      case .run(let run): WeightsNote(of: run.weightsFile)?.asksSecondOpinion == true
      case .source(let source): source.asksSecondOpinion
      }
    }

    /// Whether they are of the whole network, not of an encoder alone.
    fileprivate func isWhole(for architecture: Architecture) -> Bool {
      switch self {
      case .checkpoint, .named: false
      case .run: true
      case .source(let source): source.isWhole(for: architecture)
      }
    }
  }

  /// How long a run from random weights is to take, which has all to learn.
  public enum Pace: Sendable {
    /// Minutes, as long as somebody waits before a screen: 60 steps and 12 more a label.
    case minutes
    /// As many passes over the images as in the paper: hours.
    case paper
  }

  /// Which settings a run is to have.
  public enum Settings: Sendable {
    /// The project's own, or those that suit the labels.
    case usual
    /// What somebody made of a plan.
    case edited(Recipe)
    /// A recipe that was named: taken as it is, with its weights.
    case named(Recipe)

    /// The recipe, where there is one.
    fileprivate var recipe: Recipe? {
      switch self {
      case .usual: nil
      case .edited(let recipe), .named(let recipe): recipe
      }
    }

    /// Whether they are taken as they are.
    fileprivate var isNamed: Bool {
      if case .named = self { true } else { false }
    }
  }

  /// What was asked of a run.
  public struct Wish {
    /// Its settings.
    public var settings: Settings
    /// The weights to begin with, where they were named.
    public var weights: StartingWeights?
    /// How long it may take from random weights.
    public var pace: Pace
    /// Whether the warm-up was asked for, so that it stays as it is.
    public var asksForWarmup: Bool
    /// Whether the size was asked for, so that none need be found.
    public var asksForSize: Bool
    /// What single options change in the settings.
    public var change: (Recipe) throws(RecipeError) -> Recipe

    /// Asks for what is given, and leaves all else to the policy.
    public init(
      settings: Settings = .usual, weights: StartingWeights? = nil, pace: Pace = .minutes,
      asksForWarmup: Bool = false, asksForSize: Bool = false,
      change: @escaping (Recipe) throws(RecipeError) -> Recipe = { $0 }
    ) {
      self.settings = settings
      self.weights = weights
      self.pace = pace
      self.asksForWarmup = asksForWarmup
      self.asksForSize = asksForSize
      self.change = change
    }
  }

  private init(_ recipe: Recipe, origin: Origin, past: Split? = nil, isAsked: Bool = true) {
    (self.recipe, self.origin, self.past, self.isAsked) = (recipe, origin, past, isAsked)
  }

  /// Named settings as they are, with the weights that they ask for.
  ///
  /// - Throws: `WeightsTrouble` where those are not there.
  public init(named recipe: Recipe) throws(WeightsTrouble) {
    self.init(recipe, origin: .source(try WeightsSource(recipe.weights)))
  }

  /// What goes on with a run from its checkpoint, or begins it again as it began where there is none; the
  /// weights may be those of an earlier run of a project.
  ///
  /// - Throws: `ProjectError` where its settings cannot be read, `RecipeError` for changes that cannot be.
  public init(
    resuming run: RunFolder, of store: ProjectStore? = nil, _ wish: Wish = Wish()
  ) throws {
    let begun = try run.recipe()
    var recipe = try wish.change(begun)
    recipe.weights = wish.weights ?? begun.weights
    let origin: Origin =
      if run.hasCheckpoint { .checkpoint } else {
        store?.runs.map(Origin.run).first { $0.name == recipe.weights } ?? .named(recipe.weights)
      }
    self.init(recipe, origin: origin, past: origin.past)
    isResumed = true
  }

  /// Decides what a run on some labels begins with.
  ///
  /// - Parameters:
  ///   - wish: What was asked for.
  ///   - labels: The labelled images; where they are a project's, its settings and runs count.
  ///   - usual: The weights that count before the project's first run.
  /// - Throws: `WeightsTrouble` where weights that were asked for are not there, `RecipeError` for changes
  ///   that cannot be.
  public init(_ wish: Wish, labels: LabelSource, usual: WeightsSource) throws {
    let named = wish.settings.isNamed ? wish.settings.recipe?.weights : nil
    let asked = try (wish.weights ?? named).map { try WeightsSource($0) }
    try self.init(
      wish.settings, asked: asked, pace: wish.pace, asksForWarmup: wish.asksForWarmup,
      labels: labels, usual: usual, change: wish.change)
  }

  /// Decides it where no weights were asked for.
  ///
  /// - Precondition: the settings are not named.
  public init(_ settings: Settings, labels: LabelSource, usual: WeightsSource) {
    precondition(!settings.isNamed, "named settings ask for weights, which may not be there")
    self.init(
      settings, asked: nil, pace: .minutes, asksForWarmup: false, labels: labels,
      usual: usual, change: { recipe throws(Never) in recipe })
  }

  private init<Fault: Error>(
    _ settings: Settings, asked: WeightsSource?, pace: Pace, asksForWarmup: Bool,
    labels: LabelSource, usual: WeightsSource,
    change: (Recipe) throws(Fault) -> Recipe
  ) throws(Fault) {
    let own = labels.store?.settings.recipe
    let given = settings.recipe ?? own
    let architecture = try change(given ?? Self.untold(asked)).architecture
    let origin =
      asked.map(Origin.source) ?? Self.origin(of: architecture, store: labels.store, usual: usual)
    var recipe =
      given
      ?? Self.suggestion(
        for: labels, architecture: architecture, start: origin, pace: pace)
    if settings.recipe == nil, let size = labels.store?.settings.workingSize { recipe.size = size }
    recipe = try change(recipe)
    recipe.weights = origin.name
    // What few labels leave unlearnt, a second run on few does too.
    if recipe.optimisation.secondOpinion == .auto, origin.asksSecondOpinion {
      recipe.optimisation.secondOpinion = .simulated
    }
    let past = origin.past
    let isWarmupAsked =
      asksForWarmup || settings.isNamed
      || own?.optimisation.warmup == recipe.optimisation.warmup
    if !isWarmupAsked { recipe.fitWarmup(labels: labels.training, past: past) }
    self.init(recipe, origin: origin, past: past, isAsked: asked != nil)
  }

  /// The weights before the first step; nil for random ones and those of a checkpoint.
  ///
  /// - Throws: `WeightsTrouble` or `WeightsError` where they cannot be read or do not suit the network.
  public func weights() throws -> StateDict? {
    switch origin {
    case .checkpoint: nil
    case .named(let weights): try WeightsSource(weights).start(of: recipe.architecture)
    case .run(let run): try NetworkFile(run.weightsFile.path).weights
    case .source(let source): try source.start(of: recipe.architecture)
    }
  }

  /// A line for the user where random weights were not asked for.
  public var note: String? {
    guard case .source(let source) = origin, source == .nothing, !isAsked,
      recipe.architecture == SimulatedWeights.architecture
    else { return nil }
    return "training starts from random weights, the simulated ones are not there: "
      + SimulatedWeights.place
  }

  /// Reads the weights and starts the run in a folder; `onEvent` takes its reports, on its thread.
  ///
  /// - Throws: `WeightsTrouble` or `WeightsError` where the weights cannot be read.
  public func start(
    _ crops: [CroppedSample], of labels: LabelSource, in folder: URL, threads: Int,
    onEvent: @escaping @Sendable (RunEvent) -> Void
  ) throws -> Run {
    Run.start(
      recipe: recipe, crops: crops, split: labels.split, start: try weights(),
      unlabelled: labels.unlabelled, past: past, folder: folder, resume: isResumed,
      threads: threads, onEvent: onEvent)
  }

  /// What an untold recipe is of: the network of the file that was asked for, else the usual one.
  private static func untold(_ asked: WeightsSource?) -> Recipe {
    var recipe = Recipe()
    if case .file? = asked?.name, let network = asked?.network { recipe.architecture = network }
    return recipe
  }

  private static func origin(
    of architecture: Architecture, store: ProjectStore?, usual: WeightsSource
  ) -> Origin {
    if let run = store?.newestRunWithWeights, run.network == architecture { return .run(run) }
    return .source(usual.suits(architecture) ? usual : .nothing)
  }

  /// The weights by which a size is to be found for a run that begins with them; nil where its size is said already, or
  /// they find no cells.
  ///
  /// A size that was found without labels is found anew where these can say it.
  ///
  /// - Throws: as `init` of the same wish.
  public static func sizing(
    _ wish: Wish, labels: LabelSource, usual: WeightsSource
  ) throws -> NetworkFile? {
    guard case .usual = wish.settings, !wish.asksForSize, isSizeOpen(labels) else { return nil }
    let source = try wish.weights.map { try WeightsSource($0) } ?? usual
    let architecture = try wish.change(untold(wish.weights == nil ? nil : source)).architecture
    guard source.isWhole(for: architecture), let path = source.path else { return nil }
    return try NetworkFile(path)
  }

  /// Whether neither the project nor enough labels have said yet with what size images are looked at.
  static func isSizeOpen(_ labels: LabelSource) -> Bool {
    let settings = labels.store?.settings
    guard settings?.recipe == nil, settings?.workingSize == nil else { return false }
    guard let found = labels.foundSize else { return true }
    return !found.isByLabels && labels.drawn.count >= SizeFinder.fewestLabels
  }

  private static func suggestion(
    for labels: LabelSource, architecture: Architecture, start: Origin, pace: Pace
  ) -> Recipe {
    let isWhole = start.isWhole(for: architecture)
    var suggested = RunPlanner.recipe(
      smallestSides: labels.smallestSides, architecture: architecture,
      start: isWhole ? .simulated : .random, found: labels.foundSize)
    // What tells cells apart goes on doing so.
    if isWhole { suggested.objects = start.objects }
    guard !isWhole, pace == .paper else { return suggested }
    var recipe = Recipe()
    (recipe.architecture, recipe.size) = (architecture, suggested.size)
    return recipe
  }
}

extension RunFolder {
  /// The network that its weights are of, as their file says.
  fileprivate var network: Architecture? {
    WeightsNote(of: weightsFile)?.architecture
  }
}

extension Recipe {
  /// Shortens the warm-up to a tenth of the steps, where it is longer.
  fileprivate mutating func fitWarmup(labels: [ImageKey], past: Split?) {
    let trained = labels.count - RunPlanner.heldOut(self, of: labels, past: past)
    let steps = RunLength(self, trainingImages: max(trained, 1)).steps
    optimisation.warmup = min(optimisation.warmup, steps / 10)
  }
}
