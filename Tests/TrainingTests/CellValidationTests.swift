import Autograd
import Imaging
@testable import Networks
import Project
import Recipes
import Testing

@testable import Training

/// How well a pretraining tells cells apart, measured beside its IoU.
struct CellValidationTests {
  private static let side = 16

  /// Three cells of four columns beside each other.
  private static let cells: LabelImage = {
    var cells = LabelImage(width: side, height: side)
    for y in 2..<13 {
      for cell in 0..<3 {
        let start = y * side + 1 + 4 * cell
        cells.fill(start..<start + 4, with: LabelImage.Label(cell + 1))
      }
    }
    return cells
  }()

  private static func crop(_ cells: LabelImage?) -> Crop {
    let mask = (cells ?? self.cells).mask.pixels.map(Float.init)
    var crop = Crop(side: side, image: mask, mask: mask)
    crop.cells = cells
    return crop
  }

  /// Logits of the cores' columns.
  private static func cores(_ columns: [ClosedRange<Int>]) -> [Float] {
    (0..<side * side).map { index in
      let (y, x) = index.quotientAndRemainder(dividingBy: side)
      return (4...10).contains(y) && columns.contains { $0.contains(x) } ? 5 : -5
    }
  }

  @Test
  func `cells are made of both channels, and images without any or with unknown ones left out`() {
    let apart = Self.cores([2...3, 6...7, 10...11])
    let joined = Self.cores([2...11])
    let mask = Self.cells.mask.pixels.map { $0 == 0 ? Float(-5) : 5 }
    let nothing = [Float](repeating: -5, count: mask.count)
    let empty = LabelImage(width: Self.side, height: Self.side)
    let found = Validation.averagePrecisions(
      mask + mask + nothing + mask, cores: apart + joined + nothing + apart,
      of: [Self.crop(Self.cells), Self.crop(Self.cells), Self.crop(empty), Self.crop(nil)])
    #expect(found == [1, 0])
  }

  @Test func `a sample keeps its cells where they are to be compared, and nothing moved does`() {
    let sample = TestCrops.sample(0)
    let cells = LabelImage(piecesOf: sample.mask)
    let told = Sample(key: sample.key, image: sample.image, mask: sample.mask, cells: cells)
    #expect(Crop(of: told, side: 16).cells == nil)
    let kept = Crop(of: told, side: 16, keepsCells: true)
    #expect(kept.cells == cells)
    #expect(Augmentation(flipsRows: true).applied(to: kept).cells == nil)
  }

  @Test func `a pretraining with cores measures them on simulated and on real images`() throws {
    let settings = ToyLoop.settings {
      $0.recipe.objects = .core
      $0.sizes = [32]
      $0.steps = 4
      $0.warmup = 1
      $0.validationInterval = 2
    }
    let real = [
      ValidationSet(name: "cells", crops: [Self.crop(Self.cells)]),
      ValidationSet(name: "masks", crops: [Self.crop(nil)]),
    ]
    let network = ToyCoreNetwork()
    let loop = try TrainingLoop(
      RunParts(settings.checked(for: network), of: network, real: real), network: network,
      start: nil, threads: 1)
    try ToyLoop.run(loop)
    let records = loop.state.validations
    #expect(records.map(\.step) == [2, 4])
    for record in records {
      #expect(record.simulatedAveragePrecision.map { (0...1).contains($0) } == true)
      #expect(record.real.map { $0.averagePrecision == nil } == [false, true])
    }
  }
}

/// Two layers, of which the last says what is cell and what is core.
private struct ToyCoreNetwork: SegmentationNetwork {
  let multiple = 1

  func logits(of image: Value, in graph: inout Graph) -> Value {
    cellLogits(of: image, in: &graph).mask
  }

  func cellLogits(of image: Value, in graph: inout Graph) -> CellLogits {
    let hidden = graph.relu(Conv2d(channels: 6, kernel: 3)(image, at: "first", in: &graph))
    return CellLogits(
      mask: Conv2d(channels: 1, kernel: 3)(hidden, at: "head", in: &graph),
      core: Conv2d(channels: 1, kernel: 3)(hidden, at: "core", in: &graph))
  }
}
