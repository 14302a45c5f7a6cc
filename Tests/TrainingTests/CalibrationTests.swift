import Basics
import Autograd
import Imaging
import Kernels
import Recipes
import Testing
import Weights

@testable import Training

struct CalibrationTests {
  private static func parameters() -> ParameterStore {
    var generator = SeededGenerator(seed: 6)
    let store = ParameterStore(
      for: TrainingGraph(drawing: ToyNetwork(), count: 2, side: 16, mode: .evaluation).graph,
      using: &generator)
    store["norm.running_mean"] = [1, 2, 3, 4, 5, 6]
    store["norm.running_var"] = [7, 8, 9, 10, 11, 12]
    return store
  }

  private static func calibrate(_ store: ParameterStore, images: Int, share: Double) throws {
    try Calibration(network: ToyNetwork(), parameters: store, pool: ThreadPool(threads: 2))
      .run(on: (0..<images).map { TestCrops.crop($0) }, share: share)
  }

  /// Mean and unbiased variance of what comes into the batch norm, by the definition.
  private static func moments(
    _ store: ParameterStore, _ crops: ArraySlice<Crop>
  ) -> (mean: [Double], variance: [Double]) {
    var graph = Graph(mode: .evaluation)
    let image = graph.input("image", Shape(crops.count, 3, 16, 16))
    let hidden = graph.convolution(
      image, graph.parameter("first.weight", Shape(6, 3, 3, 3), .constant(0)),
      graph.parameter("first.bias", Shape(6), .constant(0)), padding: 1)
    let executor = Executor(graph, parameters: store, pool: ThreadPool(threads: 1))
    executor.load(Batch(Array(crops)).images, into: image)
    executor.forward()
    let values = executor.values(of: hidden)
    let count = values.count / 6
    var result: (mean: [Double], variance: [Double]) = ([], [])
    for channel in 0..<6 {
      let part = (0..<count).map { Double(values[$0 * 6 + channel]) }
      let mean = part.reduce(0, +) / Double(count)
      let squares = part.map { ($0 - mean) * ($0 - mean) }.reduce(0, +)
      result.mean.append(mean)
      result.variance.append(squares / Double(count - 1))
    }
    return result
  }

  @Test(arguments: [2, 4, 5, 9], [1, 0.25])
  func `the statistics move that far to the mean of the batches', the weights not at all`(
    images: Int, share: Double
  ) throws {
    let store = Self.parameters()
    let before = Self.parameters()
    let crops = (0..<images).map { TestCrops.crop($0) }
    try Self.calibrate(store, images: images, share: share)
    var (mean, variance) = ([Double](repeating: 0, count: 6), [Double](repeating: 0, count: 6))
    for batch in Calibration.batches(of: crops) {
      let found = Self.moments(before, batch)
      let weight = Double(batch.count) / Double(images)
      for channel in 0..<6 {
        mean[channel] += weight * found.mean[channel]
        variance[channel] += weight * found.variance[channel]
      }
    }
    for channel in 0..<6 {
      let expected = (1 - share) * Double(channel + 1) + share * mean[channel]
      #expect(abs(Double(store["norm.running_mean"][channel]) - expected) < 1e-4)
      let spread = (1 - share) * Double(channel + 7) + share * variance[channel]
      #expect(abs(Double(store["norm.running_var"][channel]) / spread - 1) < 1e-4)
    }
    for path in store.paths where store.isTrained(path) { #expect(store[path] == before[path]) }
  }

  @Test func `batches are nearly alike and none has a single image`() {
    for count in 1...13 {
      let crops = (0..<count).map { TestCrops.crop($0) }
      let sizes = Calibration.batches(of: crops).map(\.count)
      #expect(sizes.reduce(0, +) == count)
      #expect(sizes.allSatisfy { (count == 1 ? 1...1 : 2...4).contains($0) })
    }
  }

  @Test func `a share of 0 or no image changes nothing, and one pixel has no variance`() throws {
    let store = Self.parameters()
    try Self.calibrate(store, images: 3, share: 0)
    #expect(store.stateDict == Self.parameters().stateDict)
    let small = Calibration(
      network: ToyNetwork(), parameters: store, pool: ThreadPool(threads: 1))
    #expect(throws: TrainingError.settings(.tooSmall(size: 1, multiple: 1))) {
      try small.run(on: [Crop(side: 1, image: [0], mask: [0])], share: 1)
    }
  }

  @Test func `a calibrated predictor predicts by its new statistics`() throws {
    let weights = Self.parameters().stateDict
    func predictor() throws -> Predictor {
      try Predictor(weights: weights, network: ToyNetwork(), size: 16, threads: 1)
    }
    let images = (0..<3).map { TestCrops.sample($0).image }
    let changed = try predictor()
    let before = changed.probabilities(of: images[0])
    try changed.calibrate(on: images.map { changed.calibrationImage(of: $0) }, share: 1)
    let after = changed.probabilities(of: images[0])
    #expect(after != before)
    var statistics = StateDict()
    for path in changed.parameters.paths {
      statistics.append(
        NamedTensor(
          path: path, shape: changed.parameters.shape(of: path), values: changed.parameters[path]))
    }
    let fresh = try Predictor(weights: statistics, network: ToyNetwork(), size: 16, threads: 1)
    #expect(fresh.probabilities(of: images[0]) == after)
  }
}
