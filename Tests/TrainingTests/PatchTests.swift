import Basics
import Imaging
import Recipes
import Testing

@testable import Training

/// Squares cut out of whole images.
struct PatchTests {
  /// A crop whose grey values say the place, with cell in its left columns.
  private static func crop(width: Int, height: Int, cell: Int = 0) -> Crop {
    let places = (0..<width * height).map { ($0 % width, $0 / width) }
    return Crop(
      width: width, height: height,
      image: places.map { Float($0.0 + 1000 * $0.1) }, mask: places.map { $0.0 < cell ? 1 : 0 })
  }

  @Test func `a square is what lies at its place`() {
    let crop = Self.crop(width: 9, height: 7, cell: 4)
    let square = crop.square(Patch(column: 3, row: 2, side: 2))
    #expect(square.image == [2003, 2004, 3003, 3004] && square.mask == [1, 0, 1, 0])
    #expect(square.side == 2)
    let whole = Self.crop(width: 5, height: 5)
    #expect(whole.square(Patch(column: 0, row: 0, side: 5)) == whole)
  }

  @Test func `every place is drawn, but those without a cell less often`() {
    var generator = SeededGenerator(seed: 1)
    let plain = Self.crop(width: 12, height: 9, cell: 12)
    let drawn = (0..<2_000).map { _ in Patch(side: 8, in: plain, using: &generator) }
    #expect(Set(drawn.map(\.column)) == Set(0...4) && Set(drawn.map(\.row)) == Set(0...1))
    let sparse = Self.crop(width: 64, height: 8, cell: 4)
    let columns = (0..<1_000).map { _ in Patch(side: 8, in: sparse, using: &generator).column }
    // Of places that are all as likely 4 in 57 show a cell; four draws find one in a quarter of all squares.
    let share = Double(columns.count { $0 < 4 }) / 1_000
    #expect(share > 0.2 && share < 0.32)
    #expect(columns.contains { $0 > 40 })
  }

  @Test func `nothing is drawn where there is but one place`() {
    var generator = SeededGenerator(seed: 1)
    let before = generator
    let patch = Patch(side: 8, in: Self.crop(width: 8, height: 8), using: &generator)
    #expect(patch == Patch(column: 0, row: 0, side: 8))
    var untouched = before
    #expect(generator.next() == untouched.next())
  }

  @Test
  func `squares side by side lie around the middle, the nearest of them where there are many`() {
    let crop = Self.crop(width: 10, height: 7)
    let grid = Patch.grid(side: 3, in: crop)
    #expect(grid.map(\.column) == [0, 3, 6, 0, 3, 6] && grid.map(\.row) == [0, 0, 0, 3, 3, 3])
    let middle = Patch.grid(side: 2, in: Self.crop(width: 10, height: 6), most: 1)
    #expect(middle == [Patch(column: 4, row: 2, side: 2)])
  }

  @Test func `what is moved into a square from beside it is the image's own`() throws {
    let crop = Self.crop(width: 40, height: 30)
    var shift = Augmentation()
    // Two pixels of eight to the right.
    shift.affine.x0 = 0.5
    let patch = Patch(column: 20, row: 10, side: 8)
    let moved = shift.applied(to: patch, of: crop)
    let expected = crop.square(Patch(column: 22, row: 10, side: 8))
    #expect(zip(moved.image, expected.image).allSatisfy { abs($0 - $1) < 0.01 })
    #expect(Augmentation().applied(to: patch, of: crop) == crop.square(patch))
  }

  @Test(arguments: [
    // A whole image at the size, whatever its shape; the smallest side of another is scaled alike.
    (600, 400, 400, 300, 200, 200), (1200, 800, 400, 600, 400, 400),
    // Never less than a patch, never more than is kept.
    (60, 40, 400, 192, 128, 128), (16_000, 8_000, 400, 1536, 1536, 1536),
  ])
  func `a recipe with patches keeps the whole image, all scaled alike`(
    width: Int, height: Int, reference: Int, newWidth: Int, newHeight: Int, smallest: Int
  ) {
    var recipe = Recipe()
    (recipe.size, recipe.referenceSide, recipe.patch) = (200, reference, 128)
    let frame = CropFrame(width: width, height: height, for: recipe)
    #expect(frame.width == newWidth && frame.height == newHeight)
    #expect(frame.smallestSide >= smallest)
    let scale = Double(frame.smallestSide) / Double(min(frame.partWidth, frame.partHeight))
    let expected = max(Double(200) / Double(reference), Double(128) / Double(min(width, height)))
    #expect(abs(scale / expected - 1) < 0.002)
    #expect(frame.partWidth <= width && (width - frame.partWidth).isMultiple(of: 2))
  }

  @Test func `a run on patches of images of all shapes learns and validates on squares`() throws {
    var recipe = Recipe()
    (recipe.size, recipe.referenceSide, recipe.patch) = (128, 64, 64)
    (recipe.batch, recipe.steps, recipe.augmentation) = (2, 4, .standard)
    let images = [(64, 64), (100, 64), (64, 130)].enumerated().map { index, size in
      let image = Image(
        width: size.0, height: size.1, bitDepth: 8,
        values: (0..<size.0 * size.1).map { Float($0 % 251) })
      let mask = Mask(
        width: size.0, height: size.1,
        pixels: (0..<size.0 * size.1).map { $0 % size.0 < 32 ? 1 : 0 })
      return Sample(key: ImageKey("\(index).png"), image: image, mask: mask)
    }
    let crops = try images.map { sample throws in try CroppedSample(sample, for: recipe).crop }
    #expect(crops.map(\.width) == [128, 200, 128] && crops.map(\.height) == [128, 128, 260])
    var batches = LabelledBatches(recipe, training: crops, using: SeededGenerator(seed: 3))
    for _ in 0..<4 {
      let order = batches.next()
      let batch = batches.make(try #require(order))
      #expect(batch.count == 2 && batch.side == 64)
      #expect(batch.targets.contains(1))
    }
  }
}
