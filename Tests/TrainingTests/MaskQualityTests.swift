import Basics
import Autograd
import Foundation
import Imaging
import Networks
import Recipes
import Testing
import Weights

@testable import Training

/// How good a mask is estimated to be without the true one.
struct MaskQualityTests {
  /// Probabilities of a square of so many pixels in the middle of 32x32, each of them the same.
  private static func square(_ side: Int, probability: Float = 0.9) -> Prediction {
    let inside = (32 - side) / 2..<(32 - side) / 2 + side
    return Prediction(
      width: 32, height: 32,
      probabilities: (0..<32 * 32).map {
        inside.contains($0 / 32) && inside.contains($0 % 32) ? probability : 0.1
      })
  }

  @Test func `what the estimate rests on is counted in pixels`() {
    let sums = QualitySums(
      of: [
        0.0, 0.0, 0.0, 0.2, 0.9,
        0.0, 0.8, 0.6, 0.0, 0.9,
        0.0, 0.7, 0.4, 0.0, 0.9,
      ], width: 5, height: 3)
    #expect(sums.pixels == 15 && sums.possible == 7 && sums.sure == 5 && sums.mask == 6)
    #expect(sums.edge == 6)
    let firmness = log(5.0 / 2)
    let logit = MaskQuality.firmnessCoefficient * firmness + MaskQuality.intercept
    #expect(abs(MaskQuality.estimate(of: sums) - 1 / (1 + exp(-logit))) < 1e-12)
  }

  @Test func `the border of the image is no edge`() {
    let sums = QualitySums(of: [0.9, 0.9, 0.1, 0.9, 0.9, 0.1], width: 3, height: 2)
    #expect(sums.mask == 4 && sums.edge == 2)
  }

  @Test(arguments: [Float(0), 0.49, 0.5, 1])
  func `a mask without a pixel, or of all, is estimated at nothing`(probability: Float) {
    let values = [Float](repeating: probability, count: 12)
    #expect(Prediction(width: 4, height: 3, probabilities: values).quality == 0)
    let (specks, cell) = (Self.square(2), Self.square(16))
    #expect(0 < specks.quality && specks.quality < cell.quality - 0.1 && cell.quality > 0.6)
  }

  @Test func `a speck is as good as nothing, and a hole as good as none`() {
    func quality(_ count: Int) -> Double {
      Prediction(
        width: 100, height: 100, probabilities: (0..<10_000).map { $0 < count ? 0.95 : 0.05 }
      ).quality
    }
    for count in [1, 9_900, 9_999] { #expect(quality(count) == 0) }
    #expect(quality(1000) > 0 && quality(9000) > 0)
  }

  @Test func `firm masks are better than doubtful ones, and large cells than small ones`() {
    #expect(Self.square(16).quality > Self.square(16, probability: 0.6).quality)
    let bySize = [2, 4, 8, 16, 24].map { Self.square($0).quality }
    #expect(bySize == bySize.sorted() && Set(bySize).count == 5)
    #expect(bySize.allSatisfy { $0 < 1 })
  }

  @Test func `values that are no numbers belong to nothing`() {
    let sums = QualitySums(of: [.nan, .infinity, 0.1, .nan], width: 2, height: 2)
    #expect(sums.mask == 1 && sums.possible == 1)
    #expect((0...1).contains(MaskQuality.estimate(of: sums)))
  }

  @Test(arguments: [1, 1 << 24], [Views.one, .flips])
  func `tiles and padding change nothing of it`(largest: Int, views: Views) throws {
    let (width, height) = (700, 650)
    let image = Image(
      width: width, height: height, bitDepth: 8,
      values: (0..<width * height).map {
        let (x, y) = (Double($0 % width), Double($0 / width))
        return Float((255 * pow((1 + sin(x / 9) * sin(y / 13)) / 2, 2)).rounded())
      })
    let predictor = try Predictor(
      weights: PredictorTests.passThroughWeights(), network: PassThrough(multiple: 64),
      size: height, threads: 1)
    predictor.largestInput = largest
    predictor.views = views
    let found = try predictor.predict(image)
    let whole = Prediction(width: width, height: height, probabilities: found.probabilities)
    #expect(whole.quality > 0.3)
    // Pixels that are exactly on a threshold may fall to either side.
    #expect(abs(found.quality - whole.quality) < 0.01)
  }

  @Test func `it is estimated at the size that the network looks with`() throws {
    let image = Image(
      width: 256, height: 256, bitDepth: 8,
      values: (0..<65_536).map { ($0 / 32) % 2 == 0 && ($0 / 8192) % 2 == 0 ? 255 : 0 })
    func quality(_ size: Int) throws -> Double {
      try Predictor(
        weights: PredictorTests.passThroughWeights(), network: PassThrough(multiple: 64),
        size: size, threads: 1
      ).predict(image).quality
    }
    #expect(try quality(256) > quality(64), "the same squares have more edge where they are small")
  }
}
