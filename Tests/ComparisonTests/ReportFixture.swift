import Comparison
import Foundation
import Imaging
import Project
import Recipes

/// A comparison's folder with runs whose predictions are discs that miss the true disc by more or less.
struct ReportFixture {
  let place: TestFolder
  let folder: ComparisonFolder
  let plan: ComparisonPlan
  static let side = 32

  /// Makes the folder; the runs that `isFinished` turns down are only begun.
  init(
    recipes: [NamedRecipe] = ReportFixture.recipes, seeds: [UInt64] = [0, 1], images: Int = 5,
    paperTable: Int? = 4, isFinished: (ComparisonRun) -> Bool = { _ in true }
  ) throws {
    place = try TestFolder()
    folder = ComparisonFolder(place.url)
    plan = ComparisonPlan(
      data: LabelledFolders(images: "/images"), division: .file("/split.csv"), scoring: .paper,
      seeds: seeds, recipes: recipes, paperTable: paperTable)
    try folder.begin(plan)
    let keys = (0..<images).map { ImageKey("cells/img_\($0).png") }
    for (index, key) in keys.enumerated() {
      try folder.write(key, image: Self.image(index), truth: Self.disc(index, 0))
    }
    for (place, run) in plan.runs.enumerated() where isFinished(run) {
      try write(run, keys, miss: 1 + place % recipes.count)
    }
  }

  /// The eight ablations of the paper without pretrained encoders.
  static let recipes: [NamedRecipe] = [
    Architecture.unet, .unetResNet, .attentionUNet, .auraNet,
  ]
  .flatMap { network in
    [0.0, 0.25].map { gamma in
      var recipe = Recipe()
      recipe.architecture = network
      recipe.loss.gamma = gamma
      return NamedRecipe(gamma == 0 ? network.rawValue : "\(network)+ac", recipe)
    }
  }

  private func write(_ run: ComparisonRun, _ keys: [ImageKey], miss: Int) throws {
    let files = folder.folder(of: run)
    var scores: [ImageScore] = []
    for (index, key) in keys.enumerated() {
      let truth = Self.disc(index, 0)
      let found = Self.disc(index, miss + Int(run.seed))
      try folder.write(found, of: key, by: run)
      scores.append(
        ImageScore(
          image: key, trainedOn: false,
          scores: Scores(prediction: found, truth: truth, withBoundaries: true)))
    }
    try files.write(Self.history(miss: Double(miss)))
    try files.write(scores)
  }

  /// Losses that fall, the lower the less is missed.
  private static func history(miss: Double) -> [EpochRecord] {
    (1...20).map { epoch in
      let loss = 0.1 + miss / Double(4 + epoch)
      let noise = 0.01 * Double(epoch % 3)
      return EpochRecord(
        epoch: epoch, trainLoss: loss, validationLoss: loss + 0.05 + noise, seconds: 30,
        imagesPerSecond: 1)
    }
  }

  /// A ramp, values of 0...1.
  private static func image(_ index: Int) -> Image {
    Image(
      width: side, height: side, bitDepth: 8,
      values: (0..<side * side).map { Float(($0 % side + index) % side) / Float(side) })
  }

  /// A disc that grows with the image's number, moved right by `shift`.
  static func disc(_ index: Int, _ shift: Int) -> Mask {
    var mask = Mask(width: side, height: side)
    let radius = 6 + index
    for y in 0..<side {
      for x in 0..<side {
        let (dx, dy) = (x - 12 - shift, y - 16)
        if dx * dx + dy * dy <= radius * radius { mask[x, y] = true }
      }
    }
    return mask
  }
}
