import Autograd
public import Imaging
import Kernels
import Recipes

/// The part of an unlabelled image that a network's statistics are fitted to.
public struct CalibrationImage: Equatable, Sendable {
  let crop: Crop
}

extension Predictor {
  /// What is needed of an image to fit the network to it: the square in its middle, at the working size
  /// as nearly as the network takes it.
  public func calibrationImage(of image: Image) -> CalibrationImage {
    let multiple = network.multiple
    let side = max(network.smallest, (size + multiple / 2) / multiple * multiple)
    return CalibrationImage(crop: Crop(of: image, mask: nil, side: side, percentiles: percentiles))
  }

  /// Fits batch norm's running statistics to unlabelled images of what will be predicted, by a share of
  /// 0...1, of which 1 forgets those of the training images; no weight moves.
  ///
  /// - Throws: `TrainingError.settings` for a single image at the smallest size.
  public func calibrate(on images: [CalibrationImage], share: Double) throws(TrainingError) {
    precondition((0...1).contains(share), "a share of \(share)")
    guard !images.isEmpty, share > 0 else { return }
    passes = []
    try Calibration(network: network, parameters: parameters, pool: pool)
      .run(on: images.map(\.crop), share: share)
  }
}

/// Fits batch norm's running statistics to images without labels; no weight moves.
///
/// Adaptive batch normalisation (Li et al. 2016): another lamp or microscope shifts what the layers see,
/// and the statistics can follow without a label. The new ones are the mean of the batches', each by its
/// images, as PyTorch averages them at `momentum=None`; a share of them is taken.
struct Calibration {
  /// Images of a batch, at most.
  static let batch = 4

  let network: any SegmentationNetwork
  /// The network's, whose statistics are to follow.
  let parameters: ParameterStore
  let pool: ThreadPool

  /// Moves the running statistics a share of the way to those of some crops of one side.
  ///
  /// - Throws: `TrainingError.settings` for a single crop of which the deepest layer keeps one pixel.
  /// - Precondition: there is at least one crop.
  func run(on crops: [Crop], share: Double) throws(TrainingError) {
    let side = crops.first?.side ?? 0
    precondition(crops.allSatisfy { $0.side == side } && side > 0, "crops of different sides")
    guard crops.count > 1 || side > network.multiple else {
      throw .settings(.tooSmall(size: side, multiple: network.multiple))
    }
    let paths = parameters.paths.filter { !parameters.isTrained($0) }
    let before = paths.map { parameters[$0] }
    var sums = before.map { [Double](repeating: 0, count: $0.count) }
    let memory = WorkingMemory()
    var passes: [Int: (executor: Executor, image: Value)] = [:]
    for batch in Self.batches(of: crops) {
      let pass = passes[batch.count] ?? makePass(of: batch.count, side: side, memory)
      passes[batch.count] = pass
      pass.executor.load(Batch(Array(batch)).images, into: pass.image)
      pass.executor.forward()
      for (index, path) in paths.enumerated() {
        for (channel, value) in parameters[path].enumerated() {
          sums[index][channel] += Double(batch.count) * Double(value)
        }
      }
    }
    for (index, path) in paths.enumerated() {
      parameters[path] = zip(before[index], sums[index]).map { old, sum in
        Float((1 - share) * Double(old) + share * sum / Double(crops.count))
      }
    }
  }

  /// Crops in batches of nearly the same size, in their order: no image is left to a batch of its own.
  static func batches(of crops: [Crop]) -> [ArraySlice<Crop>] {
    let count = (crops.count + batch - 1) / batch
    return (0..<count).map { index in
      crops[crops.count * index / count..<crops.count * (index + 1) / count]
    }
  }

  private func makePass(
    of count: Int, side: Int, _ memory: WorkingMemory
  ) -> (executor: Executor, image: Value) {
    let (graph, image, _) = network.graph(.calibration, count: count, width: side, height: side)
    return (Executor(graph, parameters: parameters, pool: pool, memory: memory), image)
  }
}
