public import Basics
public import Imaging
import Screen

/// What is shown side by side of one labelled image.
public struct ReviewCase: ShowsImage {
  /// The image.
  var shown: ShownImage
  /// The accepted mask.
  let truth: TiledMask
  /// The network's mask.
  let prediction: TiledMask
  /// Pixels that are cell in both masks.
  let common: Int
  /// The cells of both, where comparing them says more than comparing the masks.
  let cells: ReviewCells?

  /// Makes a case, ready to be drawn: it looks at every pixel.
  ///
  /// - Parameters:
  ///   - image: the pixels.
  ///   - truth: what is accepted.
  ///   - prediction: the network's mask.
  ///   - cells: the network's cells, where it was asked for them.
  ///   - percentiles: what is black and white on the screen at first.
  public init(
    image: Image, truth: Annotation, prediction: Mask, cells: LabelImage? = nil,
    percentiles: Percentiles = .usual
  ) {
    shown = ShownImage(image, percentiles: percentiles)
    self.truth = TiledMask(truth.mask)
    self.prediction = TiledMask(prediction)
    let isOneSize = truth.mask.width == prediction.width && truth.mask.height == prediction.height
    common = isOneSize ? self.truth.common(with: self.prediction) : 0
    self.cells = cells.flatMap { ReviewCells(prediction: $0, truth: truth) }
  }
}

/// The cells of a case with what became of each.
struct ReviewCells: Equatable, Sendable {
  /// The cells of one picture, as they are drawn.
  struct Side: Equatable, Sendable {
    /// The cells.
    let labels: TiledLabels
    /// Their colours.
    let colours: CellColours
    /// What became of them, by their numbers; those that do not count are left out.
    let kinds: [LabelImage.Label: CellOutcome.Kind]

    init(_ cells: LabelImage, _ kinds: [LabelImage.Label: CellOutcome.Kind]) {
      labels = TiledLabels(cells)
      colours = CellColours(of: labels, count: Role.series.count)
      self.kinds = kinds
    }
  }

  /// What was predicted.
  let prediction: Side
  /// What is accepted.
  let truth: Side
  /// What became of every cell.
  let outcomes: CellOutcomes
  /// All that is to be looked at, in reading order: what is not just found.
  let failures: [CellOutcome]

  /// Compares cells; nil where cells say no more than pixels: where the true ones are not told apart, or neither
  /// picture has more than one.
  init?(prediction: LabelImage, truth: Annotation) {
    guard let actual = truth.cells, actual.width == prediction.width,
      actual.height == prediction.height
    else { return nil }
    let overlap = CellOverlap(prediction: prediction, truth: actual, unknown: truth.unknown)
    guard max(overlap.prediction.count, overlap.truth.count) > 1 else { return nil }
    outcomes = CellOutcomes(overlap)
    failures = outcomes.list.filter { $0.kind != .found }
    self.prediction = Side(prediction, outcomes.kinds(of: .prediction))
    self.truth = Side(actual, outcomes.kinds(of: .truth))
  }

  /// The place among ``failures`` of the one that is drawn at a pixel, or so near to it.
  func failure(at pixel: PixelPoint, within distance: Int = 0) -> Int? {
    let actual = truth.labels.cell(at: pixel, within: distance)
    let predicted = prediction.labels.cell(at: pixel, within: distance)
    let here = failures.indices.filter { place in
      let failure = failures[place]
      let (own, other) =
        failure.side == .truth ? (actual, predicted) : (predicted, actual)
      return failure.label == own || other.map(failure.others.contains) == true
    }
    func rank(_ place: Int) -> Int {
      CellOutcome.Kind.worstFirst.firstIndex(of: failures[place].kind) ?? 0
    }
    return here.min { rank($0) < rank($1) }
  }
}
