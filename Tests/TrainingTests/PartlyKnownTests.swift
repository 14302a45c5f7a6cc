import Basics
import Foundation
import Imaging
import Project
import Recipes
import Testing

@testable import Training

/// Pixels that nobody annotated, from a sample to the weights.
struct PartlyKnownTests {
  private static let side = 16

  /// A crop of which the columns from `first` on are not annotated; the mask says `hidden` there.
  private static func crop(_ number: Int, knownBelow first: Int, hidden: Float = 0) -> Crop {
    let whole = TestCrops.crop(number)
    func isKnown(_ index: Int) -> Bool { index % side < first }
    return Crop(
      side: side, image: whole.image,
      mask: whole.mask.indices.map { isKnown($0) ? whole.mask[$0] : hidden },
      known: whole.mask.indices.map { isKnown($0) ? 1 : 0 })
  }

  @Test func `a square of a sample keeps them, scaled as its mask is`() {
    let sample = TestCrops.sample(3, side: 32)
    var unknown = Mask(width: 32, height: 32)
    for row in 0..<32 { unknown.fill(row * 32 + 20..<row * 32 + 32, with: true) }
    let partly = Sample(key: sample.key, image: sample.image, mask: sample.mask, unknown: unknown)
    let crop = Crop(of: partly, side: 16)
    #expect(crop.known == (0..<256).map { $0 % 16 < 10 ? 1 : 0 })
    #expect(crop.unknown?.area == 6 * 16)
    #expect(crop.image == Crop(of: sample, side: 16).image)
    let nothing = Mask(width: 32, height: 32)
    let wholly = Sample(key: sample.key, image: sample.image, mask: sample.mask, unknown: nothing)
    #expect(Crop(of: wholly, side: 16) == Crop(of: sample, side: 16))
  }

  @Test(arguments: [Recipe.Augmentation.standard, .strong])
  func `they move with their mask`(augmentation: Recipe.Augmentation) {
    var crop = TestCrops.crop(5)
    crop.known = crop.mask
    var generator = SeededGenerator(seed: 7)
    var areas: Set<Float> = []
    for _ in 0..<100 {
      let moved = Augmentation(augmentation, using: &generator).applied(to: crop)
      #expect(moved.known == moved.mask)
      areas.insert(moved.mask.reduce(0, +))
    }
    #expect(areas.count > 10, "they were moved")
  }

  @Test func `what stands there is learnt nothing from, and is not scored`() throws {
    var recipe = Recipe()
    recipe.size = Self.side
    recipe.epochs = 3
    recipe.learningRate = 0.01
    recipe.augmentation = .none
    func run(_ crop: (Int) -> Crop) throws -> ToyRun {
      try TestCrops.withFolder { folder in
        let samples = (0..<6).map {
          CroppedSample(key: TestCrops.sample($0).key, crop: crop($0))
        }
        return ToyRun(
          LabelledRun(recipe: recipe, samples: samples, start: nil, threads: 1), in: folder)
      }
    }
    let ground = try run { Self.crop($0, knownBelow: 10) }
    let cell = try run { Self.crop($0, knownBelow: 10, hidden: 1) }
    #expect(ground.error == nil && ground.losses.count > 3)
    #expect(ground.losses == cell.losses)
    #expect(ground.epochs.map(\.validationLoss) == cell.epochs.map(\.validationLoss))
    // Known, the same is learnt from.
    let whole = try run { TestCrops.crop($0) }
    let all = try run { Self.crop($0, knownBelow: Self.side) }
    #expect(whole.losses != ground.losses)
    for (one, other) in zip(whole.losses, all.losses) {
      #expect(abs(one - other) <= 1e-5 * abs(one), "weights of one change nothing")
    }
  }

  @Test func `a digest tells what is known`() {
    let sample = TestCrops.sample(1)
    var unknown = Mask(width: 16, height: 16)
    unknown.fill(0..<8, with: true)
    let partly = Sample(key: sample.key, image: sample.image, mask: sample.mask, unknown: unknown)
    #expect(PixelDigest(of: partly).text != PixelDigest(of: sample).text)
  }

  @Test func `a digest tells how cells are told apart, and is what it was where they are not`() {
    let image = Image(width: 4, height: 1, bitDepth: 8, values: [1, 2, 3, 4])
    let mask = Mask(width: 4, height: 1, pixels: [1, 1, 0, 1])
    func digest(_ labels: [LabelImage.Label]?, unknown: Mask? = nil) -> String {
      let cells = labels.map { LabelImage(width: 4, height: 1, labels: $0) }
      return PixelDigest(
        of: Sample(key: ImageKey("a.png"), image: image, mask: mask, unknown: unknown, cells: cells)
      ).text
    }
    var plain = FNV1a()
    plain.add(4)
    for value in image.values { plain.add(UInt64(value.bitPattern)) }
    for pixel in mask.pixels { plain.add(UInt64(pixel)) }
    #expect(digest(nil) == plain.text)
    let digests = [
      digest(nil), digest([1, 1, 0, 2]), digest([1, 2, 0, 3]), digest([2, 2, 0, 1]),
      digest([1, 1, 0, 1]), digest(nil, unknown: mask),
    ]
    #expect(Set(digests).count == digests.count)
  }
}
