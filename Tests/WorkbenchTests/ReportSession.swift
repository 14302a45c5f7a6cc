@testable import Comparison
import Foundation
import Imaging
import Project
import Recipes
import Screen
import Workbench

/// The report of a made-up comparison on the screen, with pictures that come when asked for.
struct ReportSession {
  var model: Model
  /// Every effect so far.
  var effects: [Effect] = []
  /// Whether asked-for images come, or fail.
  var hasPictures = true
  private var time = 1_000.0

  static let side = 48

  /// A report of the paper's eight ablations on five images with some seeds; the last recipe is not
  /// finished.
  init(
    columns: Int = 80, rows: Int = 24, depth: ColorDepth = .direct, seeds: Int = 1,
    runs: Bool = true, broken: String? = nil
  ) {
    let results = Self.results(seeds: seeds, hasRuns: runs)
    let lost = results.unfinished.compactMap { run in
      broken.map { BrokenRun(run: run, reason: $0) }
    }
    model = Model(
      report: ComparisonResults(
        plan: results.plan, runs: results.runs, broken: lost, search: nil, groups: nil),
      name: "results", theme: .dark, colorDepth: depth, size: Size(columns: columns, rows: rows))
    send(.tick(time))
  }

  static let names = [
    "unet", "unet+resnet", "unet+attention", "unet+ac", "unet+resnet+ac", "unet+attention+ac",
    "unet+resnet+attention", "aura-net", "aura-net-random",
  ]

  static func results(seeds: Int, hasRuns: Bool) -> ComparisonResults {
    let recipes = names.enumerated().map { index, name in
      var recipe = Recipe()
      recipe.architecture = [.unet, .unetResNet, .attentionUNet, .auraNet][index % 4]
      recipe.loss.gamma = index > 2 ? 0.25 : 0
      return NamedRecipe(name, recipe)
    }
    let plan = ComparisonPlan(
      data: LabelledFolders(images: "/images"), division: .file("/split.csv"), scoring: .paper,
      seeds: (0..<UInt64(seeds)).map { $0 }, recipes: recipes)
    let finished = hasRuns ? plan.runs.filter { $0.recipe != "aura-net-random" } : []
    return ComparisonResults(
      plan: plan,
      runs: finished.map { run in
        let place = names.firstIndex(of: run.recipe) ?? 0
        return RunResult(
          run: run, recipe: recipes[place].recipe, scores: scores(place, Int(run.seed)),
          history: history(place, Int(run.seed)))
      }, broken: [], search: nil, groups: nil)
  }

  private static func scores(_ recipe: Int, _ seed: Int) -> [ImageScore] {
    (0..<5).map { image in
      ImageScore(
        image: key(image), trainedOn: false,
        scores: Scores(
          prediction: disc(image, miss: 8 - recipe + seed), truth: disc(image, miss: 0),
          withBoundaries: true))
    }
  }

  private static func history(_ recipe: Int, _ seed: Int) -> [EpochRecord] {
    let floor = 0.1 + 0.02 * Double(8 - recipe + seed)
    return (1...40).map { (epoch: Int) -> EpochRecord in
      let loss: Double = floor + 0.8 / Double(1 + epoch)
      let noise: Double = 0.004 * Double(epoch % 3)
      return EpochRecord(
        epoch: epoch, trainLoss: loss, validationLoss: loss * 1.2 + noise, seconds: 31,
        imagesPerSecond: 1)
    }
  }

  static func key(_ index: Int) -> ImageKey { ImageKey("chian1/img_\(index).png") }

  /// A disc that grows with the image's number, moved right by `miss`.
  static func disc(_ index: Int, miss: Int) -> Mask {
    var mask = Mask(width: side, height: side)
    let radius = 9 + 2 * index
    for y in 0..<side {
      for x in 0..<side {
        let (dx, dy) = (x - 20 - miss, y - 24)
        if dx * dx + dy * dy <= radius * radius { mask[x, y] = true }
      }
    }
    return mask
  }

  /// What is on disk of an image: of the recipe before the last nothing.
  static func pictures(_ key: ImageKey, seed: UInt64?) -> ReportPictures {
    let index = (0..<5).first { self.key($0) == key } ?? 0
    let truth = disc(index, miss: 0)
    let values = (0..<(side * side)).map { (place: Int) -> Float in
      let ramp = 60 + 2 * (place % side)
      return Float(truth.pixels[place] == 0 ? ramp : ramp + 60)
    }
    var predictions: [String: Mask] = [:]
    for (place, name) in names.enumerated() where place < 8 && name != "unet+ac" {
      predictions[name] = disc(index, miss: 8 - place + Int(seed ?? 0))
    }
    return ReportPictures(
      image: Image(width: side, height: side, bitDepth: 8, values: values), truth: truth,
      predictions: predictions)
  }

  /// Sends an event and answers its effects.
  mutating func send(_ event: Event) {
    let found = update(&model, event)
    effects += found
    for case .stretch(let key, let shown, let contrast) in found {
      send(.stretched(key, shown.shown(with: contrast)))
    }
    for case .loadReport(let key, let seed) in found {
      send(
        hasPictures
          ? .reportLoaded(key, Self.pictures(key, seed: seed))
          : .failed(.report(key), "'\(key).png' is not there"))
    }
  }

  /// Presses a key.
  mutating func press(_ key: Key) {
    time += 0.1
    send(.tick(time))
    send(.input(.key(key)))
  }

  /// Types keys, each of them a character.
  mutating func type(_ text: String) {
    for character in text { press(.character(character)) }
  }

  /// The screen as lines of text.
  var screen: String {
    let grid = view(model)
    return (0..<grid.size.rows).map { grid.text(row: $0) }.joined(separator: "\n")
  }
}
