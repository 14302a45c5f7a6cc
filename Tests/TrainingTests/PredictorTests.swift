import Basics
import Autograd
import Foundation
import Imaging
import Networks
import Project
import Recipes
import Testing
import Weights

@testable import Training

struct PredictorTests {
  /// Weights that turn the normalised red channel back into `10 * grey - 5`.
  static func passThroughWeights() -> StateDict {
    var weights = StateDict()
    let gain = 10 * Normalization.deviation[0]
    let offset = 10 * Normalization.mean[0] - 5
    weights.append(
      NamedTensor(path: "head.weight", shape: Shape(1, 3, 1, 1), values: [gain, 0, 0]))
    weights.append(NamedTensor(path: "head.bias", shape: Shape(1), values: [offset]))
    return weights
  }

  @Test func `probabilities lie where the image's grey values do, at its own size`() throws {
    let (width, height) = (45, 30)
    var values = [Float](repeating: 0, count: width * height)
    for y in 0..<height { for x in 30..<width { values[y * width + x] = 255 } }
    let image = Image(width: width, height: height, bitDepth: 8, values: values)
    let predictor = try Predictor(
      weights: Self.passThroughWeights(), network: PassThrough(multiple: 64), size: 30, threads: 1)

    let prediction = try predictor.predict(image)

    #expect(prediction.probabilities.count == width * height)
    #expect(prediction.mask.width == width && prediction.mask.height == height)
    #expect(prediction.mask.pixels == values.map { $0 > 0 ? 1 : 0 })
    // Every probability is sigmoid(+-5).
    let entropy = Uncertainty.meanEntropy(of: [1 / (1 + exp(-5))])
    #expect(abs(prediction.uncertainty - entropy) < 1e-4)
  }

  @Test func `the mask has the pieces that the network is sure of, and their rims`() {
    let values: [Float] = [0.9, 0.6, 0.1, 0.6, 0.1]
    let prediction = Prediction(width: 5, height: 1, probabilities: values)
    #expect(prediction.mask.pixels == [1, 1, 0, 0, 0])
    #expect(prediction.probabilities == values)
  }

  @Test func `with flips the mean over four views counts, each turned back`() throws {
    let (width, height) = (64, 128)
    let image = Image(
      width: width, height: height, bitDepth: 8,
      values: (0..<width * height).map { Float(($0 * 7919) % 251) })
    func predictor(filter: [Float]) throws -> Predictor {
      var weights = StateDict()
      weights.append(
        NamedTensor(path: "head.weight", shape: Shape(1, 3, 3, 3), values: filter))
      weights.append(NamedTensor(path: "head.bias", shape: Shape(1), values: [0]))
      return try Predictor(
        weights: weights, network: PassThrough(kernel: 3), size: width, threads: 1)
    }
    // Unlike itself in every mirror.
    let filter = (0..<27).map { Float($0 * $0 % 11) / 11 - 0.4 }
    let flipping = try predictor(filter: filter)
    flipping.views = .flips
    let found = flipping.probabilities(of: image)

    var mean = [Float](repeating: 0, count: width * height)
    for (isWide, isHigh) in [(false, false), (true, false), (false, true), (true, true)] {
      let mirrored = (0..<27).map { index in
        let (plane, row, column) = (index / 9, index / 3 % 3, index % 3)
        return filter[plane * 9 + (isHigh ? 2 - row : row) * 3 + (isWide ? 2 - column : column)]
      }
      // A mirrored filter on the picture is the filter on the mirrored picture.
      for (index, value) in try predictor(filter: mirrored).probabilities(of: image).enumerated() {
        mean[index] += value / 4
      }
    }
    let worst = zip(found, mean).map { abs($0 - $1) }.max() ?? 1
    // Sums of 27 products near 1, in another order.
    #expect(worst < 27 * Float.ulpOfOne)
    let plain = try predictor(filter: filter).probabilities(of: image)
    #expect(zip(found, plain).contains { abs($0 - $1) > 0.01 })
  }

  @Test func `sizes beside the working one are those that an image and the network have`() throws {
    let predictor = try Predictor(
      weights: Self.passThroughWeights(), network: PassThrough(multiple: 64), size: 100, threads: 1)
    func sizes(_ width: Int, _ height: Int) -> [Int] {
      predictor.looks(width: width, height: height).map(\.size)
    }
    #expect(sizes(400, 300) == [100])
    predictor.views = .flips
    #expect(sizes(400, 300) == [100])
    predictor.views = .sizes
    #expect(sizes(400, 300) == [100, 75, 150])
    // What would be scaled up further is not looked at so closely.
    #expect(sizes(400, 100) == [100, 75, 150] && sizes(400, 99) == [100, 75])
    #expect(predictor.looks(width: 400, height: 300).map(\.flips.count) == [4, 2, 1])
    predictor.size = 80
    #expect(sizes(400, 300) == [80, 120])
    // Scaled like others of its microscope, an image has sizes of its own.
    (predictor.size, predictor.referenceSide) = (100, 300)
    #expect(sizes(600, 800) == [200, 150, 300])
  }

  @Test
  func `several sizes count by how firm their answers are, cells being those of the working size`()
    throws
  {
    let (width, height) = (160, 130)
    // Waves that are blurred away where the picture is scaled down.
    let image = Image(
      width: width, height: height, bitDepth: 8,
      values: (0..<width * height).map { place in
        let (x, y) = (Float(place % width), Float(place / width))
        return (128 + 90 * sin(x * x / 900) * cos(y / 9)).rounded()
      })
    let predictor = try Predictor(
      weights: Self.passThroughWeights(), network: PassThrough(multiple: 16), size: 64, threads: 1)
    let single = [64, 48, 96].map { size in
      predictor.size = size
      return predictor.look(at: image)
    }
    predictor.size = 64
    predictor.views = .sizes
    #expect(predictor.looks(width: width, height: height).map(\.size) == [64, 48, 96])
    let found = predictor.look(at: image)

    let weights = single.map { pow($0.sums.sure / $0.sums.possible, 8) }
    #expect(Set(weights.map { Int($0 * 1e6) }).count == 3, "firmness of \(weights)")
    let total = weights.reduce(0, +)
    // Mirror images of a network that looks at single pixels say the same, but for the order of their sums.
    let worst = found.cell.indices.map { place in
      let mean = zip(weights, single).reduce(0) { $0 + $1.0 * Double($1.1.cell[place]) } / total
      return abs(Double(found.cell[place]) - mean)
    }.max()
    #expect(try #require(worst) < 16 * Double(Float.ulpOfOne))
    #expect(found.frame == single[0].frame)
    let sums = QualitySums(
      of: found.frame.scaled(found.cell), width: found.frame.scaledWidth,
      height: found.frame.scaledHeight)
    #expect(found.sums == sums)
  }

  @Test func `a picture without anything stays without, whatever sizes count`() throws {
    let predictor = try Predictor(
      weights: Self.passThroughWeights(), network: PassThrough(multiple: 16), size: 64, threads: 1)
    predictor.views = .sizes
    let dark = (0..<160 * 160).map { Float($0 == 80 ? 255 : 0) }
    let found = try predictor.predict(
      Image(width: 160, height: 160, bitDepth: 8, values: dark))
    #expect(found.mask.area == 0 && found.quality == 0)
  }

  @Test(
    .enabled(if: TestCrops.data != nil, "no real data"),
    arguments: [("B02", 256), ("B03", 256), ("B03", 811)])
  func `a cell at the border of a real image comes back to its pixels`(
    name: String, size: Int
  ) throws {
    let folder = try #require(TestCrops.data).appending(path: "BU-BIL/BU-BIL_Dataset1")
    let image = try ImageFile.read(folder.appending(path: "RawImages/\(name).png"))
    let file = folder.appending(path: "GoldStandard/seg_\(name).png")
    let rule = try MaskFile.decide(for: [(file, 0)], given: .black).rule
    let mask = try MaskFile.read(file, rule: rule).mask
    // The mask itself as the picture: what a perfect network would answer.
    let picture = Image(
      width: mask.width, height: mask.height, bitDepth: 8,
      values: mask.pixels.map { Float($0) * 255 })
    #expect(image.width == mask.width && image.height == mask.height)
    let predictor = try Predictor(
      weights: Self.passThroughWeights(), network: PassThrough(multiple: 64), size: size, threads: 2
    )

    let found = try predictor.predict(picture).mask

    let wrong = zip(found.pixels, mask.pixels).count { $0 != $1 }
    // At the image's own size nothing is lost; smaller, only pixels along the outline.
    let outline = zip(mask.pixels, mask.pixels.dropFirst()).count { $0 != $1 }
    #expect(size == 811 ? wrong == 0 : wrong < 4 * outline)
  }

  @Test(.enabled(if: TestCrops.data != nil, "no real data"))
  func `AURA-net answers a whole real image at its own size`() throws {
    let folder = try #require(TestCrops.data).appending(path: "BU-BIL/BU-BIL_Dataset1")
    let image = try ImageFile.read(folder.appending(path: "RawImages/B03.png"))
    var recipe = Recipe()
    recipe.size = 64
    let trainer = try ToyLoop.training(
      recipe, of: CellNetwork(.auraNet), on: (0..<2).map { TestCrops.crop($0, side: 64) })
    let predictor = try Predictor(
      weights: trainer.parameters.stateDict, architecture: .auraNet, size: 64, threads: 2)
    let prediction = try predictor.predict(image)
    #expect(prediction.mask.width == 1024 && prediction.mask.height == 811)
    #expect(prediction.probabilities.allSatisfy { (0...1).contains($0) })
    #expect(prediction.uncertainty > 0 && prediction.uncertainty <= 1)
  }

  @Test func `weights of another network or none named are refused`() {
    #expect(WeightsNote([:]) == nil)
    #expect(WeightsNote(["architecture": "v-net", "size": "64"]) == nil)
    #expect(throws: TrainingError.self) {
      try Predictor(weights: Self.passThroughWeights(), network: ToyNetwork(), size: 64, threads: 1)
    }
  }

  @Test(arguments: ScoringProtocol.allCases)
  func `an evaluator scores the network's mask in either protocol`(scoring: ScoringProtocol) throws
  {
    var mask = Mask(width: 40, height: 20)
    var values = [Float](repeating: 0, count: 800)
    for y in 0..<20 {
      for x in 15..<25 {
        mask[x, y] = y < 10
        values[y * 40 + x] = 200
      }
    }
    let image = Image(width: 40, height: 20, bitDepth: 8, values: values)
    let sample = Sample(key: ImageKey("a.png"), image: image, mask: mask)
    let predictor = try Predictor(
      weights: Self.passThroughWeights(), network: PassThrough(), size: 20, threads: 1)

    let row = try predictor.score(sample, by: scoring)

    #expect(row.mask.width == (scoring == .own ? 40 : 20))
    #expect(row.scores.iou == 0.5)
    #expect(row.scores[.precision] == 0.5 && row.scores[.recall] == 1)
    #expect(abs((row.scores[.dice] ?? .nan) - 2 / 3) < 1e-12)
  }

  @Test(arguments: [(20, 400), (400, 20), (30, 417)])
  func `a strip looked at in pieces is answered as the whole is`(width: Int, height: Int) throws {
    var generator = SeededGenerator(seed: 4)
    let values = (0..<width * height).map { _ in Float(generator.uniform(0..<255)).rounded() }
    let image = Image(width: width, height: height, bitDepth: 8, values: values)
    let predictor = try Predictor(
      weights: Self.passThroughWeights(), network: PassThrough(multiple: 16), size: 40, threads: 1)
    let whole = predictor.probabilities(of: image)
    predictor.largestInput = 1
    let pieces = predictor.probabilities(of: image)
    // 417 rows of 30 are 556 at size 40, as they should be; nothing is rounded.
    #expect(zip(whole, pieces).allSatisfy { abs($0 - $1) < 1e-4 })
    #expect(pieces.count == whole.count)
  }

  @Test func `a strip of any length is answered`() throws {
    let values = (0..<20 * 5000).map { Float($0 / 20 % 250) }
    let image = Image(width: 20, height: 5000, bitDepth: 8, values: values)
    let predictor = try Predictor(
      weights: Self.passThroughWeights(), network: PassThrough(multiple: 64), size: 256, threads: 2)
    let found = try predictor.predict(image).mask
    // The first and last values of each ramp touch the other end of the next one.
    let wrong = zip(found.pixels, values).count { ($0 == 1) != ($1 >= 125) }
    #expect(wrong <= 20 * 20 * 2)
    let crop = Crop(of: image, mask: found, side: 256)
    #expect(crop.image.count == 256 * 256)
  }

  @Test(arguments: [Int.min, -5, 0, 1, 63, 16385, .max])
  func `a working size that no network has is refused`(size: Int) throws {
    #expect(throws: TrainingError.workingSize(size, least: 64, most: 16384)) {
      try Predictor(weights: StateDict(), architecture: .auraNet, size: size, threads: 1)
    }
  }

  @Test func `a working size below what the network needs is refused with the least one`() {
    let refusal = TrainingError.workingSize(160, least: 192, most: 16384)
    #expect(refusal.description == "a working size of 160 is out of range; take 192 to 16384")
    #expect(throws: refusal) {
      try Predictor(weights: StateDict(), architecture: .ceNet, size: 160, threads: 1)
    }
  }
}
