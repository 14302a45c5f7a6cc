import Autograd
import Foundation
import Imaging
import Networks
import Testing

@testable import Training

/// What images look like, to an encoder that passes on the red channel: `10 * grey - 5`.
struct FeaturesTests {
  private struct Encoder: EncodingNetwork {
    let multiple = 8

    func logits(of image: Value, in graph: inout Graph) -> Value {
      Conv2d(channels: 1, kernel: 1)(image, at: "head", in: &graph)
    }

    func deepestFeatures(of image: Value, in graph: inout Graph) -> Value {
      logits(of: image, in: &graph)
    }
  }

  private static func predictor(
    _ network: some SegmentationNetwork = Encoder(), size: Int = 64
  ) throws -> Predictor {
    try Predictor(
      weights: PredictorTests.passThroughWeights(), network: network, size: size, threads: 1)
  }

  /// An image that is white in some columns and black in the others.
  private static func image(
    width: Int, height: Int, white: (Int) -> Bool
  ) -> SampledImage {
    let values = (0..<width * height).map { white($0 % width) ? Float(255) : 0 }
    let image = Image(width: width, height: height, bitDepth: 8, values: values)
    return SampledImage(width: width, height: height) { (image, nil) }
  }

  /// Of one image.
  private static func features(
    _ image: SampledImage, _ predictor: Predictor
  ) throws -> [Float] {
    try #require(predictor.features(of: [image])?.first ?? nil)
  }

  @Test func `they are the mean and the deviation of each channel over the picture`() throws {
    let half = Self.image(width: 64, height: 64) { $0 < 32 }
    let quarter = Self.image(width: 64, height: 96) { $0 < 16 }
    let predictor = try Self.predictor()
    for (image, mean, deviation) in [(half, 0, 5), (quarter, -2.5, 18.75.squareRoot())] {
      let found = try Self.features(image, predictor)
      #expect(found.count == 2)
      #expect(abs(Double(found[0]) - mean) < 1e-3 && abs(Double(found[1]) - deviation) < 1e-3)
    }
  }

  @Test func `of a long image the middle is looked at, and large ones are scaled down`() throws {
    let strip = Self.image(width: 600, height: 64) { $0 < 44 || $0 >= 556 }
    #expect(try abs(Self.features(strip, Self.predictor())[1]) < 1e-3)
    // At 512 pixels these stripes would be sharp, at 256 they are grey.
    let stripes = Self.image(width: 512, height: 512) { $0 % 2 == 0 }
    let found = try Self.features(stripes, Self.predictor(size: 512))
    #expect(abs(found[0]) < 0.1 && found[1] < 0.1)
  }

  @Test func `an image that cannot be read has none, nor has any without an encoder`() throws {
    let torn = SampledImage(width: 64, height: 64) { throw CocoaError(.fileReadCorruptFile) }
    let half = Self.image(width: 64, height: 64) { $0 < 32 }
    var told: [[Int]] = []
    let found = try Self.predictor().features(
      of: [half, torn, half], progress: { told.append([$0, $1]) })
    #expect(found?.map { $0 == nil } == [false, true, false])
    #expect(told == [[0, 3], [1, 3], [2, 3]])
    #expect(try Self.predictor(PassThrough(multiple: 8)).features(of: [half]) == [nil])
  }

  @Test func `nothing is looked at that there is not the memory for, or once it is stopped`() throws
  {
    let unread = SampledImage(width: 64, height: 64) {
      Issue.record("an image is read")
      throw CocoaError(.fileReadTooLarge)
    }
    let predictor = try Self.predictor()
    #expect(predictor.features(of: [unread], isStopped: { true }) == nil)
    predictor.memoryLimit = { MemoryLimit(total: 1000, source: "this machine has") }
    #expect(predictor.features(of: [unread]) == [nil])
  }
}
