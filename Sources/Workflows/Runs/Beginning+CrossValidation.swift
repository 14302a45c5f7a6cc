import Foundation
public import Project
public import Recipes
public import Training
import Weights

extension Beginning {
  /// Starts to cross-validate a finished run that began so; nil where its recipe asks for none.
  ///
  /// Weights of an earlier run that has seen some of the labels would know what is held out: the trainings begin with
  /// those that the first such run began with, and keep as much of what they learn as all these runs did together.
  ///
  /// - Parameters:
  ///   - run: The run.
  ///   - crops: The labels, as it was trained on them.
  ///   - labels: Where they come from.
  ///   - store: The project that earlier runs are looked for in.
  ///   - threads: Threads that the engine computes on.
  ///   - onEvent: Takes what is reported, on a thread of its own.
  /// - Returns: what goes on, whose last report is `checked`.
  /// - Throws: `WeightsTrouble` or `WeightsError` where the weights to begin with cannot be read.
  public func crossValidate(
    _ run: RunFolder, _ crops: [CroppedSample], of labels: LabelSource, in store: ProjectStore?,
    threads: Int, onEvent: @escaping @Sendable (RunEvent) -> Void
  ) throws -> Run? {
    guard recipe.optimisation.crossValidation != .none else { return nil }
    let start = FoldStart(of: run, recipe, labels: Set(crops.map(\.key)), in: store)
    return Run.crossValidate(
      recipe: recipe, crops: crops, truth: labels.truth,
      start: try start.weights(of: recipe.architecture, in: store), share: start.share,
      folder: run.url, threads: threads, onEvent: onEvent)
  }
}

/// What a run's trainings without some of its labels begin with: weights that have seen none of them.
struct FoldStart: Equatable {
  /// The weights, as a recipe names them.
  private(set) var name: StartingWeights
  /// How much of what is learnt is kept, over all runs since.
  private(set) var share: Double

  /// Follows a run back to before any of its labels was seen.
  init(of run: RunFolder, _ recipe: Recipe, labels: Set<ImageKey>, in store: ProjectStore?) {
    name = recipe.weights
    share = run.keptShare?.share ?? 1
    var followed: Set<String> = [run.url.standardizedFileURL.path]
    while let earlier = Self.run(of: name, in: store), earlier.hasSeen(any: labels),
      let before = try? earlier.recipe(),
      followed.insert(earlier.url.standardizedFileURL.path).inserted
    {
      name = before.weights
      share = 1 - (1 - share) * (1 - (earlier.keptShare?.share ?? 1))
    }
  }

  /// Reads the weights; nil for random ones.
  ///
  /// - Throws: `WeightsTrouble` or `WeightsError` where they cannot be read or do not suit the network.
  func weights(of architecture: Architecture, in store: ProjectStore?) throws -> StateDict? {
    if let run = store?.run(named: name) {
      return try NetworkFile(run.weightsFile.path).weights
    }
    return try WeightsSource(name).start(of: architecture)
  }

  /// The run whose weights have a name: one of the project, or what lies beside a file.
  private static func run(of name: StartingWeights, in store: ProjectStore?) -> RunFolder? {
    if let run = store?.run(named: name) { return run }
    guard case .file(let path) = name else { return nil }
    let file = URL(filePath: path)
    let folder = file.deletingLastPathComponent()
    let run = RunFolder(id: folder.lastPathComponent, url: folder)
    return run.weightsFile.lastPathComponent == file.lastPathComponent ? run : nil
  }
}

extension ProjectStore {
  /// The run whose weights recipes call so.
  fileprivate func run(named name: StartingWeights) -> RunFolder? {
    runs.first { $0.weightsName == name }
  }
}

extension RunFolder {
  /// What the recipes of later runs of its project call its weights.
  var weightsName: StartingWeights { .file("runs/\(id)/\(weightsFile.lastPathComponent)") }

  /// Whether its weights were trained on some images, or chosen by them.
  fileprivate func hasSeen(any keys: Set<ImageKey>) -> Bool {
    let parts = hasSplit ? (try? split())?.parts : nil
    return parts?.contains { $0.value != .test && keys.contains($0.key) } ?? false
  }
}
