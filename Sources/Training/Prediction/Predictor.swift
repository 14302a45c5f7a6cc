import Autograd
import Foundation
public import Imaging
import Kernels
import Networks
public import Weights

/// A trained network that finds the cells of whole images; for one thread.
public final class Predictor {
  /// Pixels of the smallest side at which images are looked at.
  public let size: Int

  /// Pixels that the network sees at once, at least.
  var largestInput = Tiling.largestInput

  private let network: any SegmentationNetwork
  private let parameters: ParameterStore
  private let pool: ThreadPool
  private var pass: PredictionPass?

  /// Puts weights into a network.
  ///
  /// - Parameters:
  ///   - weights: Those of a run, or any with the network's names and shapes.
  ///   - architecture: The network's name.
  ///   - size: The working size, to which the smallest side of an image is scaled.
  ///   - threads: Threads that the engine computes on.
  /// - Throws: `TrainingError.architecture`, `.workingSize` outside 64...4096, or `.weights` where they
  ///   are of another network.
  public convenience init(
    weights: StateDict, architecture: String, size: Int, threads: Int
  ) throws(TrainingError) {
    guard let network = Architecture(rawValue: architecture) else {
      throw .architecture(architecture)
    }
    try WorkingSize.check(size)
    try self.init(weights: weights, network: network, size: size, threads: threads)
  }

  /// Puts weights into the network that their own note names.
  ///
  /// - Throws: `TrainingError.weights` where the file says nothing about its network or does not fit.
  public convenience init(weights: StateDict, threads: Int) throws(TrainingError) {
    guard let note = WeightsNote(weights.metadata) else {
      throw .weights("the weights do not say which network they are of; name the architecture")
    }
    try self.init(
      weights: weights, architecture: note.architecture, size: note.size, threads: threads)
  }

  init(
    weights: StateDict, network: any SegmentationNetwork, size: Int, threads: Int
  ) throws(TrainingError) {
    try WorkingSize.check(size, least: 1)
    self.network = network
    self.size = size
    pool = ThreadPool(threads: threads)
    var generator = SeededGenerator(seed: 0)
    let side = network.multiple
    parameters = ParameterStore(
      for: PredictionPass.graph(of: network, width: side, height: side).graph, using: &generator)
    do {
      try parameters.load(weights, strict: true)
    } catch {
      throw .weights(error.description)
    }
  }

  /// The probability of every pixel to be cell, at the image's own size, row by row.
  ///
  /// Long images are looked at in overlapping pieces, so that memory is bounded by the working size.
  public func probabilities(of image: Image) -> [Float] {
    let stretched = image.stretched()
    let isWide = image.width >= image.height
    let long = max(image.width, image.height)
    let tiling = Tiling(
      long: long, short: min(image.width, image.height), size: size, largest: largestInput)
    guard tiling.tiles.count > 1 else { return wholeProbabilities(of: stretched) }
    var result = [Float](repeating: 0, count: image.width * image.height)
    for tile in tiling.tiles {
      let seen =
        isWide
        ? stretched.cropped(
          x: tile.seen.lowerBound, y: 0, width: tile.seen.count, height: image.height)
        : stretched.cropped(
          x: 0, y: tile.seen.lowerBound, width: image.width, height: tile.seen.count)
      let answer = Image(
        width: seen.width, height: seen.height, bitDepth: 32, values: wholeProbabilities(of: seen))
      let columns = isWide ? tile.kept : 0..<image.width
      for y in isWide ? 0..<image.height : tile.kept {
        let row = (isWide ? y : y - tile.seen.lowerBound) * seen.width
        let first = row + columns.lowerBound - (isWide ? tile.seen.lowerBound : 0)
        result.replaceSubrange(
          y * image.width + columns.lowerBound..<y * image.width + columns.upperBound,
          with: answer.values[first..<first + columns.count])
      }
    }
    return result
  }

  /// The probabilities of an image that the network sees at once.
  private func wholeProbabilities(of image: Image) -> [Float] {
    let frame = WorkingFrame(
      width: image.width, height: image.height, size: size, multiple: network.multiple)
    return frame.output(
      from: probabilities(
        of: frame.input(from: image), width: frame.paddedWidth, height: frame.paddedHeight))
  }

  /// The mask, the probabilities and how uncertain they are, at the image's own size.
  public func predict(_ image: Image) -> Prediction {
    Prediction(
      width: image.width, height: image.height, probabilities: probabilities(of: image))
  }

  /// The probabilities of a plane of 0...1 whose sides are multiples of the network's.
  ///
  /// The buffers of the last shape are kept, and only those: their size is bounded by the working
  /// size, not by how long an image is or how many shapes came by.
  func probabilities(of plane: [Float], width: Int, height: Int) -> [Float] {
    let pass: PredictionPass
    if let last = self.pass, last.width == width, last.height == height {
      pass = last
    } else {
      self.pass = nil
      pass = PredictionPass(
        network, width: width, height: height, parameters: parameters, pool: pool)
      self.pass = pass
    }
    return pass.logits(of: plane).map { 1 / (1 + exp(-$0)) }
  }
}
