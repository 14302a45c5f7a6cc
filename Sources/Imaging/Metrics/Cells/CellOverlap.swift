/// Which pixels the cells of a prediction and of the truth share: all that two label images are compared by.
///
/// Pixels that nobody annotated count in neither, and a cell of which more than half lies there is left out
/// altogether, as nobody can say whether a predicted one is right, and the partner of a true one is left out too.
/// Cells stand in reading order, by their first pixels, so that nothing depends on their numbers.
public struct CellOverlap: Equatable, Sendable {
  /// A cell of either picture.
  public struct Cell: Equatable, Sendable {
    /// Its number there.
    public let label: LabelImage.Label
    /// Its pixels that somebody annotated, at least one.
    public let area: Int
    /// The smallest box around all of its pixels.
    public let box: PixelBox
    /// The first of its pixels, counted row by row over the whole picture.
    let first: Int
  }

  /// A predicted and a true cell that share pixels.
  struct Pair: Equatable, Sendable {
    /// The place of the predicted cell in ``CellOverlap/prediction``.
    let predicted: Int
    /// The place of the true cell in ``CellOverlap/truth``.
    let actual: Int
    /// The pixels that they share, at least one.
    let common: Int
  }

  /// The predicted cells that count, in reading order.
  public let prediction: [Cell]
  /// The true cells that count, in reading order.
  public let truth: [Cell]
  /// All pairs that share a pixel, by the predicted cell, then by the true one.
  let pairs: [Pair]

  /// Counts the pixels that cells share, in one pass.
  ///
  /// - Parameters:
  ///   - prediction: the cells to be judged.
  ///   - truth: the cells that there are.
  ///   - unknown: the pixels that nobody annotated.
  /// - Precondition: all have the same size.
  public init(prediction: LabelImage, truth: LabelImage, unknown: Mask? = nil) {
    let size = (truth.width, truth.height)
    precondition(
      (prediction.width, prediction.height) == size,
      "\(prediction.width)x\(prediction.height) against \(truth.width)x\(truth.height)")
    precondition(
      unknown.map { ($0.width, $0.height) == size } ?? true,
      "the mask of unknown pixels is not \(truth.width)x\(truth.height)")
    var counter = OverlapCounter()
    let unknown = unknown?.pixels
    for row in stride(from: 0, to: truth.labels.count, by: max(truth.width, 1)) {
      var start = row
      while start < row + truth.width {
        let labels = (prediction.labels[start], truth.labels[start])
        let mark = unknown?[start] ?? 0
        var end = start + 1
        while end < row + truth.width, (prediction.labels[end], truth.labels[end]) == labels,
          unknown?[end] ?? 0 == mark
        {
          end += 1
        }
        counter.add(start..<end, width: truth.width, labels: labels, isKnown: mark == 0)
        start = end
      }
    }
    let kept = (prediction: counter.prediction.kept, truth: counter.truth.kept)
    self.prediction = kept.prediction.cells
    self.truth = kept.truth.cells
    pairs = counter.common.compactMap { key, common in
      guard let predicted = kept.prediction.places[key >> 16],
        let actual = kept.truth.places[key & 0xffff]
      else { return nil }
      return Pair(predicted: predicted, actual: actual, common: common)
    }.sorted { ($0.predicted, $0.actual) < ($1.predicted, $1.actual) }
  }

  /// The pixels of either cell of a pair.
  func union(of pair: Pair) -> Int {
    prediction[pair.predicted].area + truth[pair.actual].area - pair.common
  }

  /// Intersection over union of a pair.
  func iou(of pair: Pair) -> Double { Double(pair.common) / Double(union(of: pair)) }

  /// The pixels that are of any cell of either picture.
  var either: Int {
    let areas = prediction.reduce(0) { $0 + $1.area } + truth.reduce(0) { $0 + $1.area }
    return areas - pairs.reduce(0) { $0 + $1.common }
  }
}
