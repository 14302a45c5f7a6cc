import Basics
import Foundation
import Imaging
import Project
import Recipes
import Testing
import Weights

@testable import Training

/// A network sees at prediction what it saw in training: the contrast between the recipe's percentiles.
struct RecipePercentilesTests {
  private static let wide = Percentiles(low: 0, high: 100) ?? .usual
  private static let narrow = Percentiles(low: 5, high: 90) ?? .usual

  /// A ramp with a few specks far brighter than it, more than one pixel in a thousand and all different.
  private static let image: Image = {
    var values = (0..<64 * 64).map { Float(100 + $0 % 64) }
    for speck in 0..<12 { values[speck * 331] = Float(300 + 60 * speck) }
    return Image(width: 64, height: 64, bitDepth: 16, values: values)
  }()

  @Test func `training and prediction spread the contrast between the same percentiles`() throws {
    let image = Self.image
    for percentiles in [Percentiles.usual, Self.wide, Self.narrow] {
      let seen = image.stretched(percentiles).values
      let sample = Sample(
        key: ImageKey("a.png"), image: image, mask: Mask(width: 64, height: 64))
      var recipe = Recipe()
      (recipe.size, recipe.percentiles) = (64, percentiles)
      let crop = try CroppedSample(sample, for: recipe).crop
      #expect(crop.image == seen)
      let predictor = try Predictor(
        weights: PredictorTests.passThroughWeights(), network: PassThrough(), size: 64, threads: 1)
      predictor.percentiles = percentiles
      let expected = seen.map { 1 / (1 + exp(-(10 * $0 - 5))) }
      let found = predictor.probabilities(of: image)
      #expect(zip(found, expected).allSatisfy { abs($0 - $1) < 1e-4 }, "\(percentiles)")
      #expect(predictor.calibrationImage(of: image).crop.image == seen)
      let picture = ScoringProtocol.own.picture(of: sample, size: 64, percentiles: percentiles)
      #expect(picture.image.values == seen)
    }
    #expect(image.stretched(Self.wide) != image.stretched(Self.narrow))
  }

  @Test func `weights say by which percentiles they were trained, where these are not the usual`() {
    var note = WeightsNote(architecture: .unet, size: 64, epoch: 3, seed: 1)
    #expect(note.metadata["percentiles"] == nil && WeightsNote(note.metadata) == note)
    note.percentiles = Self.narrow
    #expect(note.metadata["percentiles"] == "5.0,90.0" && WeightsNote(note.metadata) == note)
    var damaged = note.metadata
    damaged["percentiles"] = "90,5"
    #expect(WeightsNote(damaged)?.percentiles == .usual)
  }

  @Test func `a run keeps its recipe's percentiles in its weights`() throws {
    try TestCrops.withFolder { folder in
      let recipe = ToyLoop.recipe { $0.percentiles = Self.narrow }
      let order = LabelledRun(
        recipe: recipe, samples: (0..<4).map { TestCrops.cropped($0) }, threads: 1)
      _ = try #require(ToyRun(order, in: folder).outcome)
      let files = RunFolder(id: "run", url: folder)
      let weights = try Safetensors.read(from: files.weightsFile)
      #expect(WeightsNote(weights.metadata)?.percentiles == Self.narrow)
      #expect(try files.recipe().percentiles == Self.narrow)
    }
  }
}
