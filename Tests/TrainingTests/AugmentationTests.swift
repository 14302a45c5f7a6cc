import Basics
import Autograd
import Foundation
import Imaging
import Project
import Recipes
import Testing
import Weights

@testable import Training

struct AugmentationTests {
  private static let golden = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "Goldens/augmentation.safetensors")

  @Test(arguments: 0..<8)
  func `an image and its mask move as PyTorch moves them`(number: Int) throws {
    let golden = try Safetensors.read(from: Self.golden)
    let image = try #require(golden["image"])
    let crop = Crop(
      side: image.shape.extents[0], image: image.values,
      mask: try #require(golden["mask"]).values)
    let choices = try #require(golden[Path("case\(number).choices")]).values.map(Double.init)
    let expected = try #require(golden[Path("case\(number).image")]).values
    let expectedMask = try #require(golden[Path("case\(number).mask")]).values

    let moved = Self.augmentation(choices).applied(to: crop)

    let gaps = zip(moved.image, expected).map { abs($0 - $1) }
    #expect(gaps.max() ?? 1 < 2e-5)
    #expect(moved.mask == expectedMask)
  }

  @Test func `no choices leave everything as it is`() {
    let crop = TestCrops.crop(3)
    #expect(Augmentation().applied(to: crop) == crop)
    var turned = Augmentation()
    turned.quarterTurns = 2
    #expect(turned.applied(to: turned.applied(to: crop)) == crop)
    #expect(turned.applied(to: crop) != crop)
  }

  @Test func `the same generator draws the same, the next one something else`() {
    var first = SeededGenerator(seed: 5)
    var second = SeededGenerator(seed: 5)
    let choices = (0..<50).map { _ in Augmentation(using: &first) }
    #expect(choices == (0..<50).map { _ in Augmentation(using: &second) })
    #expect(Set(choices.map(\.affine.xx)).count == 50)
    #expect(Set(choices.map(\.quarterTurns)) == [0, 1, 2, 3])
    #expect(Set(choices.map(\.flipsRows)) == [true, false])
    #expect(Set(choices.map(\.flipsColumns)) == [true, false])
  }

  @Test func `strong ones turn to any side and scale from 0.6 to 1.6, in any light`() {
    var generator = SeededGenerator(seed: 1)
    let drawn = (0..<300).map { _ in Augmentation(.strong, using: &generator) }
    let zooms = drawn.map { 1 / hypot($0.affine.xx, $0.affine.yx) }
    #expect(zooms.allSatisfy { (0.5999...1.6001).contains($0) })
    #expect(zooms.contains { $0 < 0.65 } && zooms.contains { $0 > 1.5 })
    let angles = drawn.map { atan2($0.affine.yx, $0.affine.xx) }
    for quarter in 0..<4 {
      let start = Double(quarter) * .pi / 2 - .pi
      #expect(angles.contains { (start..<start + .pi / 2).contains($0) })
    }
    #expect(drawn.allSatisfy { abs($0.affine.x0) <= 0.12 && abs($0.affine.y0) <= 0.12 })
    #expect(Set(drawn.map(\.photometry.gamma)).count == 300)
  }

  @Test func `a mask is moved with its image and keeps its values in any light`() {
    var generator = SeededGenerator(seed: 8)
    let crop = TestCrops.crop(2, side: 32)
    for _ in 0..<20 {
      var augmentation = Augmentation(.strong, using: &generator)
      let found = augmentation.applied(to: crop)
      #expect(found.mask.allSatisfy { $0 == 0 || $0 == 1 })
      #expect(found.image.allSatisfy { (0...1).contains($0) })
      augmentation.photometry = Photometry()
      #expect(augmentation.applied(to: crop).mask == found.mask)
    }
  }

  @Test func `none draws nothing and standard draws what it always drew`() {
    var first = SeededGenerator(seed: 5)
    #expect(Augmentation(.none, using: &first) == Augmentation())
    #expect(first == SeededGenerator(seed: 5))
    var second = first
    #expect(Augmentation(.standard, using: &first) == Augmentation(using: &second))
    #expect(first == second)
  }

  @Test func `drawn maps stay within the ranges of the reference`() {
    var generator = SeededGenerator(seed: 1)
    let maps = (0..<200).map { _ in Augmentation(using: &generator).affine }
    let scales = exp(-0.2201)...exp(0.2201)
    #expect(maps.allSatisfy { abs($0.x0) <= 0.12 && abs($0.y0) <= 0.12 })
    #expect(maps.allSatisfy { scales.contains(hypot($0.xx, $0.yx)) })
    #expect(maps.allSatisfy { abs(atan2($0.yx, $0.xx)) <= 0.3501 })
    #expect(maps.allSatisfy { abs($0.xy + $0.yx) <= 0.1501 })
  }

  @Test func `a mask stays a mask`() {
    var generator = SeededGenerator(seed: 2)
    for number in 0..<20 {
      let crop = Augmentation(using: &generator).applied(to: TestCrops.crop(number))
      #expect(crop.mask.allSatisfy { $0 == 0 || $0 == 1 })
      #expect(crop.image.allSatisfy { (0...1).contains($0) })
    }
  }

  private static func augmentation(_ choices: [Double]) -> Augmentation {
    var result = Augmentation()
    result.flipsRows = choices[0] != 0
    result.flipsColumns = choices[1] != 0
    result.quarterTurns = Int(choices[2])
    let (angle, scale, shear) = (choices[3], choices[4], choices[5])
    result.affine = AffineMap(
      xx: cos(angle) * scale, xy: -sin(angle) * scale + shear, x0: choices[6],
      yx: sin(angle) * scale, yy: cos(angle) * scale, y0: choices[7])
    return result
  }
}
