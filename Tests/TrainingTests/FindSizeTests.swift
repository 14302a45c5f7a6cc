import Autograd
import Foundation
import Imaging
import Networks
import Recipes
import Testing
import Weights

@testable import Training

/// Finding a size by looking, with a network that finds what is bright.
struct FindSizeTests {
  /// Sees everything coarsely but at 192 to 384 pixels, so that its masks agree best at 256.
  private struct Choosy: SegmentationNetwork {
    let multiple = 8

    func logits(of image: Value, in graph: inout Graph) -> Value {
      let width = graph.shape(of: image).extents[3]
      var seen = image
      if !(192...384).contains(width) {
        for _ in 0..<3 { seen = graph.maxPool(seen, kernel: 2, stride: 2) }
        for _ in 0..<3 { seen = graph.upsample(seen) }
      }
      return Conv2d(channels: 1, kernel: 1)(seen, at: "head", in: &graph)
    }
  }

  private static func predictor() throws -> Predictor {
    try Predictor(
      weights: PredictorTests.passThroughWeights(), network: Choosy(), size: 64, threads: 2)
  }

  /// Two bright discs on dark ground, so many pixels across; the second of them may be darker.
  private static func discs(side: Int, diameter: Double = 80, second: Float = 200) -> Image {
    let places = [0.3, 0.7].map { $0 * Double(side) }
    let values = (0..<side * side).map { index -> Float in
      let (x, y) = (Double(index % side) + 0.5, Double(index / side) + 0.5)
      let disc = places.firstIndex { hypot(x - $0, y - $0) < diameter / 2 }
      return disc.map { $0 == 0 ? 200 : second } ?? 0
    }
    return Image(width: side, height: side, bitDepth: 8, values: values)
  }

  private static func unlabelled(_ image: Image) -> SampledImage {
    SampledImage(width: image.width, height: image.height) { (image, nil) }
  }

  @Test func `the size is found at which neighbours agree, with the cells' diameter`() throws {
    let predictor = try Self.predictor()
    predictor.views = .sizes
    let image = Self.unlabelled(Self.discs(side: 400))
    let torn = SampledImage(width: 400, height: 400) { throw CocoaError(.fileReadCorruptFile) }
    var told: [Int] = []
    let found = try #require(
      predictor.findSize(
        in: [image, torn, image],
        progress: { done, total in
          #expect(total == 15)
          told.append(done)
        }))
    // Those at 256 and 384 are the same: it is looked at between.
    #expect(found.size == 320 && found.referenceSide == 400)
    #expect(found.looks.map(\.size) == [128, 192, 256, 384, 512])
    let agreements = found.looks.compactMap(\.agreement)
    #expect(agreements.count == 5 && agreements.max() == agreements[2])
    #expect(found.looks.allSatisfy { $0.seconds > 0 })
    #expect(abs(try #require(found.cellDiameter) - 80) < 4)
    #expect(told == [0, 1, 2, 3, 4, 5, 10, 11, 12, 13, 14])
    // It goes on as before, until it is told otherwise.
    #expect(predictor.size == 64 && predictor.views == .sizes)
    #expect(predictor.size(width: 800, height: 900) == 64)
    try predictor.look(with: found)
    #expect(predictor.size(width: 400, height: 500) == 320)
    #expect(predictor.size(width: 900, height: 800) == 640)
    #expect(predictor.size(width: 2, height: 2) == 8)
    try predictor.look(with: 96)
    #expect(predictor.size(width: 900, height: 800) == 96)
  }

  @Test func `where true masks are known they say the size, whatever its neighbours do`() throws {
    let predictor = try Self.predictor()
    let image = Self.discs(side: 400)
    // What is seen at 128, whose masks agree less with others than those at 256 do.
    try predictor.look(with: 128)
    let seen = try predictor.predict(image).mask
    func labelled(_ truth: Annotation?) -> SampledImage {
      SampledImage(width: 400, height: 400) { truth.map { (image, $0) } }
    }
    let images = [labelled(Annotation(seen)), labelled(nil), Self.unlabelled(image)]
    let found = try #require(predictor.findSize(in: images))
    #expect(found.size == 128 && found.isByLabels)
    #expect(found.looks.map(\.iou)[0] == 1)
    #expect(found.looks.compactMap(\.iou).filter { $0 == 1 }.count == 1)
    // Pixels that nobody annotated say nothing.
    let hidden = Mask(width: 400, height: 400, pixels: Array(repeating: 1, count: 160_000))
    let nothing = Annotation(Mask(width: 400, height: 400), unknown: hidden)
    #expect(try #require(predictor.findSize(in: [labelled(nothing)])).size == 320)
  }

  @Test func `what a size finds without being sure of it counts for that size`() throws {
    let predictor = try Self.predictor()
    let image = Self.discs(side: 400, second: 120)
    try predictor.look(with: 256)
    let seen = try predictor.predict(image)
    let both = Mask(
      width: 400, height: 400, pixels: seen.probabilities.map { $0 >= 0.5 ? 1 : 0 })
    #expect(Pieces(of: both).count == 2 && Pieces(of: seen.mask).count == 1)
    let found = try #require(
      predictor.findSize(
        in: [SampledImage(width: 400, height: 400) { (image, Annotation(both)) }]))
    #expect(found.looks.first { $0.size == 256 }?.iou == 1)
  }

  @Test func `nothing is found in the dark, without images, or when stopped`() throws {
    let predictor = try Self.predictor()
    let dark = Self.unlabelled(
      Image(width: 40, height: 30, bitDepth: 8, values: Array(repeating: 0, count: 1200)))
    #expect(predictor.findSize(in: [dark]) == nil)
    #expect(predictor.findSize(in: []) == nil)
    var looks = 0
    let stopped = predictor.findSize(
      in: [Self.unlabelled(Self.discs(side: 200))], isStopped: { looks == 2 },
      progress: { _, _ in looks += 1 })
    #expect(stopped == nil && looks == 2)
  }

  @Test func `sizes and images that there is not the memory for are left out`() throws {
    let predictor = try Predictor(
      weights: PredictorTests.passThroughWeights(), network: PassThrough(multiple: 8), size: 192,
      threads: 2)
    let images = [Self.unlabelled(Self.discs(side: 400))]
    // The image is counted as it is looked at, and as it is read.
    let most = predictor.memory(width: 400, height: 400).total + 12 * 400 * 400 + 1
    predictor.memoryLimit = { MemoryLimit(total: most, source: "this machine has") }
    let large = SampledImage(width: 9000, height: 9000) {
      Issue.record("an image is read that there is not the memory for")
      throw CocoaError(.fileReadTooLarge)
    }
    let found = try #require(predictor.findSize(in: images + [large] + images))
    #expect(found.looks.map(\.size) == [128, 192] && found.referenceSide == 400)
  }

  @Test func `of a large image the middle is looked at, and others are scaled alike`() throws {
    let image = Self.discs(side: 2000)
    let large = Self.unlabelled(image)
    #expect(large.part == (1024, 1024))
    let part = try #require(try large.readPart())
    #expect(part.image == image.cropped(x: 488, y: 488, width: 1024, height: 1024))
    #expect(part.truth == nil)
    let strip = SampledImage(width: 40, height: 9000) { (image, nil) }
    #expect(strip.part == (40, 9000))
    let predictor = try Self.predictor()
    // Of cells ten times as large, so that the part shows their rims.
    let found = try #require(
      predictor.findSize(in: [Self.unlabelled(Self.discs(side: 2000, diameter: 800))]))
    #expect(found.referenceSide == 1024)
    try predictor.look(with: found)
    #expect(predictor.size(width: 2048, height: 3000) == 2 * found.size)
  }
}
