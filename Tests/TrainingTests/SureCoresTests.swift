import Basics
import Imaging
import Recipes
import Testing

@testable import Training

/// What the core channel learns from masks that do not tell cells apart.
struct SureCoresTests {
  private static let side = 40

  private static func crop(
    _ boxes: [(x: Int, y: Int, width: Int, height: Int)], unknownRows: Range<Int> = 0..<0
  ) -> Crop {
    var mask = [Float](repeating: 0, count: side * side)
    for box in boxes {
      for y in box.y..<box.y + box.height {
        for x in box.x..<box.x + box.width { mask[y * side + x] = 1 }
      }
    }
    let known = mask.indices.map { unknownRows.contains($0 / side) ? Float(0) : 1 }
    return Crop(
      side: side, image: mask, mask: mask, known: unknownRows.isEmpty ? nil : known)
  }

  /// Three cells of 64 pixels, and two that touch by a corner.
  private static let training = crop([
    (2, 2, 8, 8), (14, 2, 8, 8), (26, 2, 8, 8), (4, 16, 8, 8), (12, 24, 8, 8),
  ])

  @Test func `one cell is its core, two that touch are ignored, and ground is ground`() throws {
    let crop = Self.training
    let cores = try #require(SureCores(of: [crop]).taught(to: crop).cores)
    // Of each cell that is alone what lies two pixels or more from the ground.
    #expect(cores.target.reduce(0, +) == 3 * 36)
    #expect(cores.target[4 * 40 + 4] == 1 && cores.target[2 * 40 + 2] == 0)
    #expect(cores.weights.count { $0 == 0 } == 128)
    #expect(cores.weights[20 * 40 + 8] == 0 && cores.weights[28 * 40 + 16] == 0)
    #expect(cores.weights.count { $0 == 1 } == 1600 - 128)
  }

  @Test func `nothing is learnt where nobody annotated`() throws {
    let crop = Self.crop([(2, 2, 8, 8)], unknownRows: 30..<40)
    let cores = try #require(SureCores(of: [crop]).taught(to: crop).cores)
    #expect(cores.target.reduce(0, +) == 36)
    #expect(cores.weights.indices.allSatisfy { cores.weights[$0] == ($0 < 1200 ? 1 : 0) })
  }

  @Test func `cells that are told apart teach what they say`() {
    var crop = Self.training
    let cells = LabelImage(piecesOf: crop.truth)
    crop.cores = CorePlanes(of: cells)
    #expect(SureCores(of: [crop]).taught(to: crop) == crop)
  }

  @Test func `a training takes the size of cells from all that it trains on`() throws {
    var recipe = ToyLoop.recipe { $0.size = Self.side }
    // Of its own two the smaller is half as large as usual and the larger half as large again.
    let held = Self.crop([(2, 2, 8, 8), (2, 20, 26, 8)])
    func parts(_ recipe: Recipe) throws -> RunParts<LabelledBatches> {
      RunParts(
        try recipe.checked(for: ToyNetwork(), labels: 1), of: ToyNetwork(),
        training: [Self.training], validation: [held])
    }
    #expect(try parts(recipe).validation.crops == [held])
    recipe.objects = .core
    let cores = try #require(try parts(recipe).validation.crops.first?.cores)
    #expect(cores.target.reduce(0, +) == 36)
    #expect(cores.weights.count { $0 == 0 } == 208)
    recipe.augmentation = .none
    var source = try parts(recipe).source(SeededGenerator(seed: 0))
    let next = source.next()
    let order = try #require(next)
    let batch = source.make(order)
    #expect(batch.cores.target.reduce(0, +) == Float(36 * 3 * batch.count))
    #expect(batch.cores.weights.count { $0 == 0 } == 128 * batch.count)
  }
}
