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
  /// Where the probability is at least one half.
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
    mask = Mask(width: width, height: height, pixels: probabilities.map { $0 >= 0.5 ? 1 : 0 })
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

  /// Whether an image is seen mirrored too, and the mean of the four views counts.
  ///
  /// Test-time augmentation: about a hundredth of IoU on real images, for four times the work.
  public var seesFlips = false

  /// How the contrast of images is spread: as that of the images which the network learnt from.
  public var percentiles = Percentiles.usual

  /// Pixels that the network sees at once, at most.
  var largestInput = Tiling.largestInput

  /// How much memory this process may take.
  var memoryLimit: () -> MemoryLimit = { .now() }

  let network: any SegmentationNetwork
  let parameters: ParameterStore
  let pool: ThreadPool
  /// The buffers of the last shape, which hold the network's filters as they were.
  var pass: PredictionPass?
  /// What the network takes for the last shape that was asked for, in bytes.
  private var planned: (width: Int, height: Int, buffers: Double, weights: Double)?

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

  /// The probability of every pixel to be cell, at the image's own size, row by row.
  ///
  /// What is more than `largestInput` pixels at the working size is looked at in overlapping tiles, so
  /// that memory is bounded: by the network's on one tile, 1.0 GB in AURA-net, and besides the image's
  /// own 4 bytes a pixel as many for the result.
  public func probabilities(of image: Image) -> [Float] { look(at: image).cell }

  /// The probabilities of an image to be cell, what the network says of cores, if it does, and what the quality of the
  /// mask is estimated from.
  private func look(at image: Image) -> (cell: [Float], cores: CoreAnswer?, sums: QualitySums) {
    let frame = frame(width: image.width, height: image.height)
    let tiling = tiling(of: frame)
    let window = ContrastWindow(of: image, percentiles: percentiles)
    let isFiner = frame.scaledWidth > image.width || frame.scaledHeight > image.height
    var own = [[Float]](), fine = [[Float]](), sums = QualitySums()
    for (rows, columns) in tiling.tiles {
      let plane = frame.input(
        rows: rows.seen, columns: columns.seen, from: image, window: window)
      let seen = answers(of: plane, width: columns.seen.count, height: rows.seen.count)
      sums.add(seen[0], rows: rows, columns: columns, of: frame)
      let answers = seen.map { Self.weighted($0, rows, columns) }
      let hasCores = answers.count > 1
      if own.isEmpty {
        let count = hasCores && !isFiner ? 2 : 1
        own = Array(
          repeating: Array(repeating: 0, count: image.width * image.height), count: count)
        let scaled = [Float](repeating: 0, count: frame.scaledWidth * frame.scaledHeight)
        fine = hasCores && isFiner ? [scaled, scaled] : []
      }
      for channel in own.indices {
        frame.add(answers[channel], rows: rows.kept, columns: columns.kept, to: &own[channel])
      }
      for channel in fine.indices {
        frame.addScaled(
          answers[channel], rows: rows.kept, columns: columns.kept, to: &fine[channel])
      }
    }
    // The room of a tile's buffers is worth more than the moment it takes to make them.
    if tiling.tiles.count > 1 { pass = nil }
    if own.count > 1 { return (own[0], CoreAnswer(values: own[1], fineMask: nil), sums) }
    guard fine.count > 1 else { return (own[0], nil, sums) }
    let mask = Mask(
      width: frame.scaledWidth, height: frame.scaledHeight,
      pixels: fine[0].map { $0 >= 0.5 ? 1 : 0 })
    return (own[0], CoreAnswer(values: fine[1], fineMask: mask), sums)
  }

  /// What a tile answers for, each value by how much it counts.
  private static func weighted(
    _ answer: [Float], _ rows: Tiling.Span, _ columns: Tiling.Span
  ) -> [Float] {
    let columnWeights = columns.weights
    var result: [Float] = []
    result.reserveCapacity(rows.kept.count * columns.kept.count)
    for (row, rowWeight) in zip(rows.kept, rows.weights) {
      let start = (row - rows.seen.lowerBound) * columns.seen.count - columns.seen.lowerBound
      for (column, weight) in zip(columns.kept, columnWeights) {
        result.append(answer[start + column] * (rowWeight * weight))
      }
    }
    return result
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
        + "\(limit.text(against: need)); take a smaller working size")
  }

  /// The image's bytes, as they are read, as numbers and as the answer; what the network runs in on the
  /// largest of its tiles, unless it is there already; and the weights, as they are kept and as a file's.
  func memory(width: Int, height: Int) -> MemoryLimit.Need {
    let frame = frame(width: width, height: height)
    let tile = tiling(of: frame).tiles[0]
    let (columns, rows) = (tile.columns.seen.count, tile.rows.seen.count)
    let image = MemoryNeed.imageBytes(width: width, height: height)
    if planned?.width != columns || planned?.height != rows {
      let graph = network.graph(.evaluation, width: columns, height: rows).graph
      let bytes = graph.executionBytes(threads: pool.threads, freezesParameters: true)
      planned = (columns, rows, Double(bytes), 8 * Double(graph.parameterCount))
    }
    let (buffers, weights) = (planned?.buffers ?? 0, planned?.weights ?? 0)
    let isThere = pass?.width == columns && pass?.height == rows
    return MemoryLimit.Need(
      total: MemoryNeed.programBytes + weights + buffers + image,
      fresh: isThere ? image : buffers + image)
  }

  /// Pixels to which the smallest side of an image of a size is scaled.
  public func size(width: Int, height: Int) -> Int {
    guard let referenceSide else { return size }
    let scaled = WorkingSize.scaled(size, from: referenceSide, to: min(width, height))
    return max(scaled, network.smallest)
  }

  private func frame(width: Int, height: Int) -> WorkingFrame {
    WorkingFrame(
      width: width, height: height, size: size(width: width, height: height),
      multiple: network.multiple)
  }

  private func tiling(of frame: WorkingFrame) -> Tiling {
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
      width: image.width, height: image.height, probabilities: answer.cell, cores: answer.cores,
      sums: answer.sums)
  }

  /// The probabilities of a plane of 0...1 whose sides are multiples of the network's to be cell and, where the
  /// network says that, to be core; with flips the mean over the plane and its three mirror images.
  func answers(of plane: [Float], width: Int, height: Int) -> [[Float]] {
    guard seesFlips else { return answers(ofView: plane, width: width, height: height) }
    var sums: [[Float]] = []
    for flip in Flip.allCases {
      let views = answers(
        ofView: flip.mirrored(plane, width: width), width: width, height: height)
      if sums.isEmpty { sums = views.map { Array(repeating: 0, count: $0.count) } }
      for (channel, view) in views.enumerated() {
        for (index, value) in flip.mirrored(view, width: width).enumerated() {
          sums[channel][index] += value / Float(Flip.allCases.count)
        }
      }
    }
    return sums
  }

  /// The answers to a plane as it is.
  ///
  /// The buffers of the last shape are kept, and only those: their size is bounded by that of a tile,
  /// not by how large an image is or how many shapes came by.
  func answers(ofView plane: [Float], width: Int, height: Int) -> [[Float]] {
    if self.pass?.width != width || self.pass?.height != height { self.pass = nil }
    let pass =
      self.pass
      ?? PredictionPass(network, width: width, height: height, parameters: parameters, pool: pool)
    self.pass = pass
    return pass.logits(of: plane).map { $0.map { 1 / (1 + exp(-$0)) } }
  }
}

/// A network in evaluation mode, ready to run on single images of one size.
final class PredictionPass {
  let width: Int
  let height: Int
  private let executor: Executor
  private let image: Value
  private let output: CellLogits

  init(
    _ network: any SegmentationNetwork, width: Int, height: Int, parameters: ParameterStore,
    pool: ThreadPool
  ) {
    (self.width, self.height) = (width, height)
    let graph: Graph
    (graph, image, output) = network.graph(.evaluation, width: width, height: height)
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
