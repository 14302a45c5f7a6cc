import Autograd
public import Basics
import Foundation
public import Imaging
import Kernels
import Networks
import Objects
public import Recipes
public import Weights

/// What a network says about one image, at the image's own size.
public struct Prediction: Equatable, Sendable {
  /// Where the probability is at least one half, of the pieces that the network is sure of (`SurePieces`).
  public let mask: Mask
  /// Of every pixel to be cell, 0...1, row by row.
  public let probabilities: [Float]
  /// The mean over the pixels of the binary entropy in bits: 0 certain, 1 nothing known.
  public let uncertainty: Double
  /// The IoU that the mask is estimated to have with the true one, 0...1; 0 where nothing, or all, is cell.
  public let quality: Double
  /// What the network says of cores, where it tells cells apart.
  let cores: CoreAnswer?

  /// Takes probabilities apart.
  ///
  /// - Precondition: `probabilities.count == width * height`.
  public init(width: Int, height: Int, probabilities: [Float]) {
    self.init(
      width: width, height: height, probabilities: probabilities, cores: nil,
      sums: QualitySums(of: probabilities, width: width, height: height))
  }

  init(
    width: Int, height: Int, probabilities: [Float], cores: CoreAnswer?, sums: QualitySums
  ) {
    self.probabilities = probabilities
    mask = SurePieces.mask(of: probabilities, width: width, height: height)
    uncertainty = Uncertainty.meanEntropy(of: probabilities)
    quality = MaskQuality.estimate(of: sums)
    self.cores = cores
  }

  /// The mask's cells, told apart by their cores, or by the mask's shape where the network knows none.
  public func cells() -> LabelImage {
    guard let cores else { return CellDecoder(mask).cells() }
    guard let fine = cores.fineMask else { return CellDecoder(mask).cells(core: cores.values) }
    return CellDecoder(fine).cells(core: cores.values).fitted(to: mask)
  }
}

/// What a network says of cores: probabilities of an image, at its own size or, where the network looks closer than
/// that, at the size that it looks at, where cells that touch are still apart.
struct CoreAnswer: Equatable, Sendable {
  /// The probabilities of core.
  let values: [Float]
  /// The mask at the size of these; nil where that is the image's own.
  let fineMask: Mask?
}

/// A trained network that finds the cells of whole images; for one thread.
public final class Predictor {
  /// The working size: pixels to which the smallest side of an image is scaled.
  public internal(set) var size: Int

  /// The smallest side in pixels of images that `size` is meant for, others being scaled by the same factor; nil
  /// where it is meant for every image.
  public var referenceSide: Int?

  /// In how many ways an image is looked at.
  public var views = Views.one
  /// The network that is asked besides, where `views` say so.
  var secondOpinion: Predictor?

  /// How the contrast of images is spread: as that of the images which the network learnt from.
  public var percentiles = Percentiles.usual

  /// Pixels that the network sees at once, at most.
  var largestInput = Tiling.largestInput

  /// How much memory this process may take.
  var memoryLimit: () -> MemoryLimit = { .now() }

  let network: any SegmentationNetwork
  let parameters: ParameterStore
  let pool: ThreadPool
  /// The buffers of the last shapes, the newest at the end, which hold the network's filters as they were.
  var passes: [PredictionPass] = []
  /// What the network takes for the last shapes that were asked for, in bytes.
  private var planned: [TileShape: (buffers: Double, weights: Double)] = [:]

  /// Puts weights of a run, or any with the network's names and shapes, into a network.
  ///
  /// - Throws: `TrainingError.workingSize` below 64 or what the network needs or above 16384, or `.weights`
  ///   where they are of another network.
  public convenience init(
    weights: StateDict, architecture: Architecture, size: Int, threads: Int
  ) throws(TrainingError) {
    try WorkingSize.check(
      size, least: architecture.leastSide, most: WorkingSize.mostInPrediction)
    try self.init(
      weights: weights, network: CellNetwork(architecture, of: weights), size: size,
      threads: threads)
  }

  init(
    weights: StateDict, network: any SegmentationNetwork, size: Int, threads: Int
  ) throws(TrainingError) {
    try WorkingSize.check(size, most: WorkingSize.mostInPrediction)
    self.network = network
    self.size = size
    pool = ThreadPool(threads: threads)
    let side = network.smallest
    parameters = ParameterStore(
      declaring: network.graph(.evaluation, width: side, height: side).graph)
    do {
      try parameters.load(weights)
    } catch {
      throw .weights(error)
    }
  }

  /// Refuses images of a size that this process may not take the memory to look at.
  ///
  /// - Throws: `TrainingError.memory`.
  public func check(width: Int, height: Int) throws(TrainingError) {
    try check(width: width, height: height, limit: memoryLimit())
  }

  func check(width: Int, height: Int, limit: MemoryLimit) throws(TrainingError) {
    let need = memory(width: width, height: height)
    guard !limit.holds(need) else { return }
    throw .memory(
      "\(width)x\(height) pixels seen at \(size(width: width, height: height)) take about \(NumberText.bytes(need.total)) of memory, "
        + "\(limit.text(against: need)); take a smaller working size"
        + (views != .secondOpinion ? "" : ", or leave out the second opinion"))
  }

  /// The image's bytes, as they are read, as numbers and as the answer; what the network runs in on the
  /// largest tile of each of its looks, unless it is there already; and the weights, as they are kept and as a file's.
  func memory(width: Int, height: Int) -> MemoryLimit.Need {
    var need = ownMemory(width: width, height: height)
    if let other = attuneOpinion()?.ownMemory(width: width, height: height) {
      // Both look at the same picture, as it was read and as numbers.
      let shared = 8 * Double(width) * Double(height)
      need.total += other.total - MemoryNeed.programBytes - shared
      need.fresh += other.fresh - shared
    }
    return need
  }

  private func ownMemory(width: Int, height: Int) -> MemoryLimit.Need {
    let looks = looks(width: width, height: height)
    let shapes = looks.map { look in
      let tile = tiling(of: frame(width: width, height: height, size: look.size)).tiles[0]
      return TileShape(width: tile.columns.seen.count, height: tile.rows.seen.count)
    }
    // The answer at another size and the sum of these are numbers of their own.
    let image =
      MemoryNeed.imageBytes(width: width, height: height)
      + (looks.count > 1 ? 8 * Double(width) * Double(height) : 0)
    let plans = shapes.map { plan(of: $0) }
    let areTogether = shapes.reduce(0) { $0 + $1.pixels } <= largestInput
    let buffers =
      areTogether ? plans.reduce(0) { $0 + $1.buffers } : plans.map(\.buffers).max() ?? 0
    let isThere = shapes.allSatisfy { shape in passes.contains { $0.shape == shape } }
    return MemoryLimit.Need(
      total: MemoryNeed.programBytes + plans[0].weights + buffers + image,
      fresh: isThere ? image : buffers + image)
  }

  /// What the network takes for tiles of a shape, in bytes.
  private func plan(of shape: TileShape) -> (buffers: Double, weights: Double) {
    if let plan = planned[shape] { return plan }
    let graph = network.graph(.evaluation, width: shape.width, height: shape.height).graph
    let bytes = graph.executionBytes(threads: pool.threads, freezesParameters: true)
    let plan = (Double(bytes), 8 * Double(graph.parameterCount))
    // Folders of images of many sizes are looked at one by one.
    if planned.count >= 8 { planned = [:] }
    planned[shape] = plan
    return plan
  }

  /// Pixels to which the smallest side of an image of a size is scaled.
  public func size(width: Int, height: Int) -> Int {
    guard let referenceSide else { return size }
    let scaled = WorkingSize.scaled(size, from: referenceSide, to: min(width, height))
    return max(scaled, network.smallest)
  }

  func frame(width: Int, height: Int, size: Int) -> WorkingFrame {
    WorkingFrame(width: width, height: height, size: size, multiple: network.multiple)
  }

  func tiling(of frame: WorkingFrame) -> Tiling {
    Tiling(
      width: frame.paddedWidth, height: frame.paddedHeight, multiple: network.multiple,
      largest: largestInput)
  }

  /// The mask, the probabilities and how good and how uncertain they are, at the image's own size.
  ///
  /// - Throws: `TrainingError.memory` as of `check`.
  public func predict(_ image: Image) throws(TrainingError) -> Prediction {
    try check(width: image.width, height: image.height)
    let answer = look(at: image)
    return Prediction(
      width: image.width, height: image.height, probabilities: answer.cell,
      cores: CoreAnswer(answer), sums: answer.sums)
  }

  /// The probabilities of a plane of 0...1 whose sides are multiples of the network's to be cell and, where the
  /// network says that, to be core: the mean over some of its mirror images.
  func answers(of plane: [Float], width: Int, height: Int, flips: [Flip]) -> [[Float]] {
    guard flips != [.none] else { return answers(ofView: plane, width: width, height: height) }
    var sums: [[Float]] = []
    for flip in flips {
      let views = answers(
        ofView: flip.mirrored(plane, width: width), width: width, height: height)
      if sums.isEmpty { sums = views.map { Array(repeating: 0, count: $0.count) } }
      for (channel, view) in views.enumerated() {
        for (index, value) in flip.mirrored(view, width: width).enumerated() {
          sums[channel][index] += value / Float(flips.count)
        }
      }
    }
    return sums
  }

  /// The answers to a plane as it is.
  ///
  /// Buffers of the last shapes are kept as long as these are together no more pixels than one tile may have: their
  /// size is bounded by that, not by how large an image is or how many shapes came by.
  func answers(ofView plane: [Float], width: Int, height: Int) -> [[Float]] {
    let shape = TileShape(width: width, height: height)
    let pass: PredictionPass
    if let place = passes.firstIndex(where: { $0.shape == shape }) {
      pass = passes.remove(at: place)
    } else {
      while !passes.isEmpty, passes.reduce(shape.pixels, { $0 + $1.shape.pixels }) > largestInput {
        passes.removeFirst()
      }
      pass = PredictionPass(network, shape, parameters: parameters, pool: pool)
    }
    passes.append(pass)
    return pass.logits(of: plane).map { $0.map { 1 / (1 + exp(-$0)) } }
  }
}

extension CoreAnswer {
  /// What an answer says of cores, if it does.
  fileprivate init?(_ answer: Answer) {
    guard let cores = answer.cores else { return nil }
    let fineMask = answer.fineCell.map { fine in
      SurePieces.mask(
        of: fine, width: answer.frame.scaledWidth, height: answer.frame.scaledHeight)
    }
    self.init(values: cores, fineMask: fineMask)
  }
}

/// Pixels that the network sees at once.
struct TileShape: Hashable {
  let width: Int
  let height: Int
  var pixels: Int { width * height }
}

/// A network in evaluation mode, ready to run on single images of one size.
final class PredictionPass {
  let shape: TileShape
  private let executor: Executor
  private let image: Value
  private let output: CellLogits

  init(
    _ network: any SegmentationNetwork, _ shape: TileShape, parameters: ParameterStore,
    pool: ThreadPool
  ) {
    self.shape = shape
    let graph: Graph
    (graph, image, output) = network.graph(.evaluation, width: shape.width, height: shape.height)
    executor = Executor(graph, parameters: parameters, pool: pool, freezesParameters: true)
  }

  /// The logits of a plane of 0...1, of cell and, where the network says that, of core.
  func logits(of plane: [Float]) -> [[Float]] {
    executor.load(Normalization.pixels(of: [plane]), into: image)
    executor.forward()
    return ([output.mask] + (output.core.map { [$0] } ?? [])).map { executor.values(of: $0) }
  }
}

/// The mirror images of a plane that keep its sides.
enum Flip: CaseIterable {
  case none, horizontal, vertical, both

  /// Values, row by row, in mirrored order; doing it again gives them back.
  func mirrored(_ plane: [Float], width: Int) -> [Float] {
    switch self {
    case .none: plane
    // Turned by half a turn is mirrored both ways.
    case .both: plane.reversed()
    case .horizontal: Self.rows(of: plane, width).flatMap { $0.reversed() }
    case .vertical: Self.rows(of: plane, width).reversed().flatMap(\.self)
    }
  }

  private static func rows(of plane: [Float], _ width: Int) -> [ArraySlice<Float>] {
    stride(from: 0, to: plane.count, by: width).map { plane[$0..<$0 + width] }
  }
}
