import Foundation

/// How good a mask is, estimated without the true one: the IoU that it may have with it.
///
/// Two things of a network's answer tell, at the size that it looked with:
/// - *firmness*, the IoU of the masks at probabilities of 0.7 and 0.3: how much depends on where the line is drawn; and
/// - *edge*, the share of the mask's pixels that have a neighbour outside: a boundary that is a pixel off costs a thin
///   cell more than a round one.
///
/// - Note: The coefficients are fitted to the true IoU of 127 real images of five microscopes (BU-BIL 1 and 2, Usiigaci,
///   budding yeast, CHO) with the weights that come with Aura, by `Tests/Benchmarks/quality_signals.py`: within the sets,
///   each of which counts alike and has an intercept of its own, whose mean counts. <doc:EstimatedQuality> has the figures.
enum MaskQuality {
  static let firmnessCoefficient = 0.41
  static let edgeCoefficient = 0.77
  static let intercept = -1.50
  /// Smaller shares of edge are taken for this one.
  static let leastEdge = 0.02
  /// A mask of a smaller or larger share of the image is taken for none, or for one of all: a speck in it, or a hole,
  /// says nothing of cells, however firm it is.
  static let shares = 0.0002...0.98

  /// The estimated IoU, 0...1; 0 where as good as nothing, or all, is mask.
  static func estimate(of sums: QualitySums) -> Double {
    guard sums.edge > 0, sums.possible > 0, shares.contains(sums.mask / sums.pixels) else {
      return 0
    }
    let firmness = Logit.value(of: sums.sure / sums.possible)
    let edge = log(max(sums.edge / sums.mask, leastEdge))
    return Logit.probability(
      of: firmnessCoefficient * firmness - edgeCoefficient * edge + intercept)
  }
}

/// What of an answer its quality is estimated from, in pixels that each count by a weight; those of tiles add up.
struct QualitySums: Equatable, Sendable {
  /// Pixels of at least these probabilities surely, and perhaps, belong to the mask.
  static let (sure, possible): (Float, Float) = (0.7, 0.3)

  /// All pixels.
  private(set) var pixels = 0.0
  /// Pixels of the mask.
  private(set) var mask = 0.0
  /// Pixels that surely belong to it.
  private(set) var sure = 0.0
  /// Pixels that perhaps do.
  private(set) var possible = 0.0
  /// Pixels of the mask that have a neighbour which is none; what lies beyond the image is no neighbour.
  private(set) var edge = 0.0

  /// Adds what a tile answers for, of the picture without its padding.
  mutating func add(
    _ answer: [Float], rows: Tiling.Span, columns: Tiling.Span, of frame: WorkingFrame
  ) {
    let places = (
      rows: frame.top..<frame.top + frame.scaledHeight,
      columns: frame.left..<frame.left + frame.scaledWidth
    )
    let (width, columnWeights) = (columns.seen.count, columns.weights)
    for (row, rowWeight) in zip(rows.kept, rows.weights) where places.rows.contains(row) {
      let start = (row - rows.seen.lowerBound) * width - columns.seen.lowerBound
      for (column, weight) in zip(columns.kept, columnWeights)
      where places.columns.contains(column) {
        let place = start + column
        let probability = answer[place]
        let weight = Double(weight * rowWeight)
        pixels += weight
        guard probability >= Self.possible else { continue }
        possible += weight
        if probability >= Self.sure { sure += weight }
        guard probability >= 0.5 else { continue }
        mask += weight
        let isEdge =
          row > places.rows.lowerBound && answer[place - width] < 0.5
          || row < places.rows.upperBound - 1 && answer[place + width] < 0.5
          || column > places.columns.lowerBound && answer[place - 1] < 0.5
          || column < places.columns.upperBound - 1 && answer[place + 1] < 0.5
        if isEdge { edge += weight }
      }
    }
  }

  /// Sums of an answer that is looked at as it is.
  init(of probabilities: [Float], width: Int, height: Int) {
    guard min(width, height) > 0 else { return }
    let tiling = Tiling(width: width, height: height, multiple: 1, largest: width * height)
    let frame = WorkingFrame(
      width: width, height: height, size: min(width, height), multiple: 1)
    for (rows, columns) in tiling.tiles {
      add(probabilities, rows: rows, columns: columns, of: frame)
    }
  }

  /// Nothing so far.
  init() {}
}

/// Probabilities on the scale on which evidence adds up.
enum Logit {
  /// Of a probability; what is nearer to an end than a hundredth counts as that.
  static func value(of probability: Double) -> Double {
    let inside = min(max(probability, 0.01), 0.99)
    return log(inside / (1 - inside))
  }

  static func probability(of logit: Double) -> Double { 1 / (1 + exp(-logit)) }
}
