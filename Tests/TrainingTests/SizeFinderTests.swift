import Autograd
import Imaging
import Networks
import Recipes
import Testing

@testable import Training

struct SizeFinderTests {
  @Test(arguments: [
    (520, 64, [128, 192, 256, 384, 512, 768]), (512, 64, [128, 192, 256, 384, 512, 768]),
    (511, 64, [128, 192, 256, 384, 512]), (64, 64, [128, 192, 256]), (64, 192, [192, 256, 384]),
    (10_000, 192, [192, 256, 384, 512, 768]),
  ])
  func `sizes enlarge an image by half at most, but three are always tried`(
    side: Int, least: Int, sizes: [Int]
  ) {
    #expect(SizeFinder.candidates(side: side, least: least) == sizes)
  }

  /// Twelve pixels of which some are cell.
  private static func mask(_ cell: Range<Int>) -> Mask {
    Mask(width: 4, height: 3, pixels: (0..<12).map { cell.contains($0) ? 1 : 0 })
  }

  @Test func `masks agree by their IoU, and one without an outline with none that has any`() {
    func agreement(_ first: Range<Int>, _ second: Range<Int>) -> Double? {
      SizeFinder.agreement(Self.mask(first), Self.mask(second))
    }
    #expect(agreement(2..<6, 2..<6) == 1)
    #expect(agreement(0..<4, 2..<6) == 2.0 / 6)
    #expect(agreement(0..<2, 6..<8) == 0)
    for cell in [2..<6, 0..<1, 0..<11] {
      for blank in [0..<0, 0..<12] {
        #expect(agreement(cell, blank) == 0 && agreement(blank, cell) == 0)
      }
    }
    #expect(agreement(0..<0, 0..<12) == 0)
    #expect(agreement(0..<0, 0..<0) == nil && agreement(0..<12, 0..<12) == nil)
  }

  @Test func `a size agrees as its neighbours say, image by image`() {
    let found = SizeFinder.agreements(
      of: [[0.5, 1, 0.25], [nil, nil, 0.75], [nil, nil, nil]], sizes: 4)
    // The second image says nothing of the first two sizes, the third nothing at all.
    #expect(found == [0.5, 0.75, (0.625 + 0.75) / 2, 0.5])
    #expect(SizeFinder.agreements(of: [], sizes: 3) == [nil, nil, nil])
    #expect(SizeFinder.agreements(of: [[nil, 1]], sizes: 3) == [nil, 1, 1])
  }

  @Test func `two neighbours that agree best are looked at between`() throws {
    let pairs: [[Double?]] = [[0.5, 0.9, 0.25], [nil, 0.7, 0.75], [nil, nil, nil]]
    #expect(SizeFinder.agreementsWithNext(of: pairs, sizes: 4) == [0.5, 0.8, 0.5])
    #expect(SizeFinder.agreementsWithNext(of: [], sizes: 3) == [nil, nil])
    #expect(SizeFinder.agreementsWithNext(of: [], sizes: 0) == [])
    let sizes = SizeFinder.sizes
    #expect(
      zip(sizes, sizes.dropFirst()).map { SizeFinder.between($0, $1) } == [160, 224, 320, 448, 640])

    var looks = SizeLooks(sizes: [128, 192, 256], referenceSide: 300)
    looks.rows = [
      SizeLooks.Row(
        pairs: [0.8, 0.7], areas: [[100], [300, 300], [7_000]], seconds: [1, 1, 1])
    ]
    let found = try #require(looks.found)
    #expect(found.size == 160 && found.referenceSide == 300)
    #expect(found.looks.map(found.isBeside) == [true, true, false])
    #expect(abs(try #require(found.cellDiameter) - 2 * (300 / Double.pi).squareRoot()) < 1e-9)
    // A label names one of the sizes that were looked at.
    looks.rows[0].ious = [0.2, 0.5, 0.4]
    let byLabels = try #require(looks.found)
    #expect(byLabels.size == 192)
    #expect(byLabels.looks.map(byLabels.isBeside) == [false, true, false])
    looks.rows[0] = SizeLooks.Row(pairs: [0, nil], areas: [[], [], []], seconds: [1, 1, 1])
    #expect(looks.found == nil)
  }

  @Test func `the greatest agreement chooses, of equals the smaller size`() {
    #expect(SizeFinder.choice(agreements: [0.2, nil, 0.9, 0.4]) == 2)
    #expect(SizeFinder.choice(agreements: [0.2, 0.9, 0.9]) == 1)
    #expect(SizeFinder.choice(agreements: [nil, 0, 0]) == nil)
    #expect(SizeFinder.choice(agreements: []) == nil)
  }

  @Test(
    arguments: [
      // What is hardly less at a larger size is learnt there, up to the images' own side.
      ([0.70, 0.72, 0.71], 1_000, 2), ([0.70, 0.72, 0.69], 1_000, 1),
      ([0.72, 0.70, 0.71], 1_000, 2),
      ([0.70, 0.72, 0.71], 255, 1), ([0.72, 0.705, 0.71], 192, 1),
      // The best itself may be larger than they are.
      ([0.60, 0.70, 0.71], 150, 2), ([nil, 0.70, nil], 1_000, 1), ([0, nil, 0], 1_000, nil),
      ([nil, nil, nil], 1_000, nil),
    ] as [([Double?], Int, Int?)])
  func `of sizes that labels hardly tell apart the largest is looked at`(
    ious: [Double?], side: Int, place: Int?
  ) {
    #expect(SizeFinder.choice(ious: ious, sizes: [128, 192, 256], side: side) == place)
  }

  @Test func `specks do not make the typical cell smaller`() throws {
    let areas = [1257, 1257, 1200, 1300] + Array(repeating: 3, count: 100)
    let diameter = try #require(SizeFinder.cellDiameter(areas: areas))
    #expect(abs(diameter - 40) < 0.1)
    #expect(SizeFinder.cellDiameter(areas: []) == nil)
  }

  @Test func `what is found is told in one line`() {
    func found(_ diameter: Double?) -> FoundSize {
      FoundSize(
        size: 512, referenceSide: 520, cellDiameter: diameter,
        looks: [128, 512, 768].map { FoundSize.Look(size: $0, agreement: 1, seconds: 1) })
    }
    #expect(
      found(39.6).text == "cells look 40 px across; looked at with 512 px (of 128 to 768)")
    #expect(found(nil).text == "looked at with 512 px (of 128 to 768)")
    #expect(found(39.6).note(beside: 512) == "found; cells look 40 px across")
    #expect(found(39.6).note(beside: 256) == "cells look 40 px across")
  }

  @Test(
    arguments: [
      (512, .auraNet, 512, 256), (256, .auraNet, 256, nil), (128, .auraNet, 128, nil),
      (128, .ceNet, 192, nil), (768, .unet, 768, 256),
    ] as [(Int, Architecture, Int, Int?)])
  func `a run is planned at the size that was found, in patches where that is large`(
    found: Int, architecture: Architecture, size: Int, patch: Int?
  ) throws {
    let found = FoundSize(size: found, referenceSide: 520, cellDiameter: nil, looks: [])
    let recipe = RunPlanner.recipe(
      smallestSides: [260, 260], architecture: architecture, start: .simulated, found: found)
    #expect(recipe.size == size && recipe.referenceSide == 520 && recipe.patch == patch)
    #expect(recipe.stepSide == patch ?? size && recipe.usesPatches)
    _ = try CheckedRecipe(recipe, labels: 2)
  }

  @Test(
    arguments: [
      (5, 128, 100, 4), (5, 256, 100, 4), (5, 384, 337, 2), (5, 512, 600, 2), (3, 512, 600, 2),
      (1, 512, 600, 1), (5, 768, 1_000, 2), (18, 256, 400, 4), (18, 512, 800, 4),
      (18, 768, 1_000, 4), (90, 512, 1_000, 4),
    ])
  func `a run in patches takes more steps, as each sees less`(
    labels: Int, size: Int, steps: Int, batch: Int
  ) {
    let found = FoundSize(size: size, referenceSide: 520, cellDiameter: nil, looks: [])
    let recipe = RunPlanner.recipe(
      smallestSides: Array(repeating: 520, count: labels), start: .simulated, found: found)
    #expect(recipe.steps == steps && recipe.batch == batch)
  }

  @Test func `a plan follows what was found, and goes on without it where it cannot`() {
    func size(_ found: FoundSize?) -> Int {
      RunPlanner.recipe(smallestSides: [520, 520], start: .simulated, found: found).size
    }
    #expect(size(nil) == 256)
    #expect(size(FoundSize(size: 128, referenceSide: 520, cellDiameter: 9, looks: [])) == 128)
  }
}
