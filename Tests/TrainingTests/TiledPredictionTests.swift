import Basics
import Autograd
import Foundation
import Imaging
import Networks
import Recipes
import Testing
import Weights

@testable import Training

/// Images that the network cannot see at once.
struct TiledPredictionTests {
  /// Sees 11 pixels to every side, part of it on a grid of 2x2 pixels.
  private struct NearSighted: SegmentationNetwork {
    let multiple = 2

    func logits(of image: Value, in graph: inout Graph) -> Value {
      let full = graph.relu(Conv2d(channels: 4, kernel: 3)(image, at: "full", in: &graph))
      let small = graph.maxPool(full, kernel: 2, stride: 2)
      let wide = graph.relu(Conv2d(channels: 4, kernel: 5)(small, at: "wide", in: &graph))
      return Conv2d(channels: 1, kernel: 5)(graph.upsample(wide), at: "head", in: &graph)
    }
  }

  private static func noise(_ width: Int, _ height: Int) -> Image {
    var generator = SeededGenerator(seed: 4)
    return Image(
      width: width, height: height, bitDepth: 8,
      values: (0..<width * height).map { _ in Float(generator.uniform(0..<255)).rounded() })
  }

  private static func predictor(size: Int) throws -> Predictor {
    var generator = SeededGenerator(seed: 9)
    let network = NearSighted()
    let parameters = ParameterStore(
      for: network.graph(.evaluation, width: 8, height: 8).graph, using: &generator)
    return try Predictor(
      weights: parameters.stateDict, network: network, size: size, threads: 2)
  }

  @Test(arguments: [
    (900, 700, 700), (700, 1300, 700), (90, 70, 650), (1200, 1000, 800), (1001, 60, 61),
  ])
  func `an image seen in tiles is answered as the whole is, without a seam`(
    width: Int, height: Int, size: Int
  ) throws {
    let image = Self.noise(width, height)
    let predictor = try Self.predictor(size: size)
    predictor.largestInput = 1 << 24
    let whole = predictor.probabilities(of: image)
    predictor.largestInput = 1
    let tiled = predictor.probabilities(of: image)
    #expect(Set(whole).count > 1000)
    #expect(tiled.count == whole.count)
    let gap = zip(whole, tiled).map { abs($0 - $1) }.max() ?? 1
    #expect(gap < 1e-5)
  }

  @Test(arguments: [(90, 70, 64), (64, 64, 64), (50, 120, 80)])
  func `an image that fits is answered to the bit as if nothing were done in parts`(
    width: Int, height: Int, size: Int
  ) throws {
    let image = Self.noise(width, height)
    let predictor = try Self.predictor(size: size)
    let frame = WorkingFrame(width: width, height: height, size: size, multiple: 2)
    let scaled = image.stretched()
      .resized(width: frame.scaledWidth, height: frame.scaledHeight)
    let columns = (-frame.left..<frame.paddedWidth - frame.left)
      .map { Image.reflected($0, in: scaled.width) }
    let rows = (-frame.top..<frame.paddedHeight - frame.top)
      .map { Image.reflected($0, in: scaled.height) }
    let padded = rows.flatMap { row in columns.map { scaled.values[row * scaled.width + $0] } }
    let answer = predictor.answers(
      of: padded, width: frame.paddedWidth, height: frame.paddedHeight, flips: [.none])[0]
    let expected = Image(
      width: frame.paddedWidth, height: frame.paddedHeight, bitDepth: 32, values: answer
    )
    .cropped(x: frame.left, y: frame.top, width: frame.scaledWidth, height: frame.scaledHeight)
    .resized(width: width, height: height)
    #expect(predictor.probabilities(of: image) == expected.values)
  }
}
