import Basics
import Foundation
import Imaging
import Project
import Recipes
import Testing

@testable import Training

struct AugmentationStepsTests {
  private static func drawn(_ text: String, count: Int = 400) throws -> [Augmentation] {
    let kind = try Recipe.Augmentation(text)
    var generator = SeededGenerator(seed: 11)
    return (0..<count).map { _ in Augmentation(kind, using: &generator) }
  }

  private static func share(_ flags: [Bool]) -> Double {
    Double(flags.count(where: { $0 })) / Double(flags.count)
  }

  @Test func `the paper's set is that of its released code`() throws {
    let drawn = try Self.drawn("paper", count: 3000)
    #expect(abs(Self.share(drawn.map(\.flipsRows)) - 0.5) < 0.04)
    #expect(drawn.allSatisfy { !$0.flipsColumns })
    // A quarter turn of none is one of four.
    #expect(abs(Self.share(drawn.map { $0.quarterTurns != 0 }) - 0.375) < 0.04)
    #expect(abs(Self.share(drawn.map { $0.distortions.count == 1 }) - 0.8) < 0.04)
    #expect(drawn.allSatisfy { $0.distortions.count <= 1 })
    var counts = [0, 0, 0]
    for distortion in drawn.flatMap(\.distortions) {
      switch distortion {
      case .elastic(let alpha, let sigma, _):
        counts[0] += 1
        #expect(alpha == 120 && sigma == 6)
      case .grid: counts[1] += 1
      case .optical: counts[2] += 1
      }
    }
    #expect(counts.allSatisfy { abs(Double($0) / 3000 - 0.8 / 3) < 0.04 })
    #expect(drawn.allSatisfy { $0.affine == AffineMap() && $0.photometry == Photometry() })
    #expect(
      try Self.drawn("paper")
        == Self.drawn(
          Recipe.Augmentation.steps(
            Recipe.Augmentation.paperSteps
          ).text))
  }

  @Test func `every change stays within its limit and reaches most of it`() throws {
    func expect(_ text: String, _ limit: Double, _ value: (Augmentation) -> Double) throws {
      let values = try Self.drawn(text).map { abs(value($0)) }
      #expect((values.max() ?? 0) <= limit * 1.0001, "\(text)")
      #expect((values.max() ?? 0) > limit * 0.95, "\(text)")
    }
    try expect("rotation=30", .pi / 6) { atan2($0.affine.yx, $0.affine.xx) }
    try expect("shift=0.1", 0.2) { $0.affine.x0 }
    try expect("scale=0.5", log(1.5)) { log(hypot($0.affine.xx, $0.affine.yx)) }
    try expect("shear=0.2", 0.2) { $0.affine.xy }
    try expect("brightness=0.3", 0.3) { $0.photometry.brightness }
    try expect("contrast=0.4", 0.4) { $0.photometry.contrast - 1 }
    try expect("gamma=1", log(2)) { log($0.photometry.gamma) }
    try expect("noise=0.1", 0.1) { $0.photometry.noise }
    try expect("blur=2", 2) { $0.photometry.blur }
    try expect("clahe=8", 8) { $0.photometry.equalization?.clipLimit ?? 0 }
    try expect("optical=0.3", 0.3) {
      guard case .optical(let distortion, _, _) = $0.distortions.first else { return .nan }
      return distortion
    }
  }

  @Test func `a mask stays a mask and a picture within its range under everything at once`() throws
  {
    let all = AugmentationStep.Kind.allCases.map(\.rawValue).joined(separator: ",")
    for (number, augmentation) in try Self.drawn(all, count: 12).enumerated() {
      let crop = augmentation.applied(to: TestCrops.crop(number, side: 24))
      #expect(crop.mask.allSatisfy { $0 == 0 || $0 == 1 })
      #expect(crop.image.allSatisfy { (0...1).contains($0) })
    }
  }

  @Test
  func `an image looks alike in the same pass, whatever came before, and another in the next`() {
    var recipe = Recipe()
    recipe.augmentation = .strong
    recipe.size = 16
    let crop = TestCrops.crop(0)
    func drawn(_ image: Int, _ pass: Int, isRepeated: Bool = false) -> [Float] {
      LabelledBatches.seen(crop, number: image, isRepeated: isRepeated, pass: pass, recipe).image
    }
    #expect(drawn(3, 7) == drawn(3, 7))
    let all = (0..<20).flatMap { image in (0..<20).map { drawn(image, $0) } }
    #expect(Set(all).count == 400)
    #expect(drawn(3, 7, isRepeated: true) != drawn(3, 7))
  }

  @Test(arguments: [1, 2, 3])
  func `steps are the same whatever the threads that make them`(threads: Int) throws {
    var recipe = Recipe()
    recipe.size = 16
    recipe.batch = 2
    recipe.augmentation = .steps(
      Recipe.Augmentation.paperSteps + [AugmentationStep(.rotation), AugmentationStep(.noise)])
    let crops = (0..<5).map { TestCrops.crop($0) }
    var source = LabelledBatches(recipe, training: crops, using: SeededGenerator(seed: 4))
    let queue = BatchQueue(source, threads: threads, ahead: 4)
    defer { queue.close() }
    for step in 0..<12 {
      let next = source.next()
      let order = try #require(next)
      let (made, meant) = (queue.next(), source.make(order))
      #expect(order.pass == step / 3)
      #expect(made.images == meant.images && made.targets == meant.targets)
      // The last step of a pass has one image, and one more to fill it up.
      #expect(order.repeats == (step % 3 == 2 ? [false, true] : [false, false]))
    }
  }
}
