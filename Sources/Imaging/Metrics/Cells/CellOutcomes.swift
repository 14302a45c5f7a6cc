/// What became of every cell of a prediction and of the truth, at IoU 0.5.
///
/// Splits and merges are over- and under-segmentation as Hoover et al. 1996 define them, at a tolerance of more than
/// half: a true cell is split where at least two predicted cells have more than half of their pixels in it and
/// together hold more than half of its own; merges are the same with the pictures exchanged. A split or merged
/// cell may still have a partner and count as found in the scores: what is to be mended goes first here.
/// A true cell that is split and also merged with another is called split, a predicted one merged.
public struct CellOutcomes: Equatable, Sendable {
  /// Of the predicted cells, in reading order.
  public let prediction: [CellOutcome]
  /// Of the true cells, in reading order.
  public let truth: [CellOutcome]
  /// Everything once, in reading order, for a list to jump through: true cells that were found, missed or split,
  /// predicted ones that are extra or merged.
  public let list: [CellOutcome]

  /// Compares cells.
  public init(_ overlap: CellOverlap) {
    let divisions = CellDivisions(overlap)
    let matches = overlap.matches(at: 0.5)
    let largest = Self.largest(overlap)
    truth = Self.outcomes(
      of: overlap.truth, side: .truth, others: overlap.prediction,
      partners: matches.map { ($0.actual, $0.predicted, overlap.iou(of: $0)) },
      wholes: (.split, divisions.pieces), parts: (.merged, divisions.merged),
      largest: largest.truth)
    prediction = Self.outcomes(
      of: overlap.prediction, side: .prediction, others: overlap.truth,
      partners: matches.map { ($0.predicted, $0.actual, overlap.iou(of: $0)) },
      wholes: (.merged, divisions.merged), parts: (.split, divisions.pieces),
      largest: largest.prediction)
    let listed =
      zip(overlap.truth, truth).filter { $1.kind != .merged }
      + zip(overlap.prediction, prediction).filter { $1.kind == .extra || $1.kind == .merged }
    // A true cell goes before a predicted one that begins at the same pixel.
    list = listed.enumerated().sorted {
      ($0.element.0.first, $0.offset) < ($1.element.0.first, $1.offset)
    }
    .map(\.element.1)
  }

  /// How many there are of a kind in ``list``: pairs that were found, true cells missed or split, predicted ones
  /// extra or merged.
  public func count(of kind: CellOutcome.Kind) -> Int { list.count { $0.kind == kind } }

  /// What became of the cells of a picture by their numbers, for drawing; those that do not count are left out.
  public func kinds(of side: CellOutcome.Side) -> [LabelImage.Label: CellOutcome.Kind] {
    var kinds: [LabelImage.Label: CellOutcome.Kind] = [:]
    for outcome in side == .truth ? truth : prediction { kinds[outcome.label] = outcome.kind }
    return kinds
  }

  /// The largest IoU of each cell that any of the other picture overlaps, by places.
  private static func largest(
    _ overlap: CellOverlap
  ) -> (prediction: [Int: Double], truth: [Int: Double]) {
    var (prediction, truth) = ([Int: Double](), [Int: Double]())
    for pair in overlap.pairs {
      let iou = overlap.iou(of: pair)
      prediction[pair.predicted] = max(prediction[pair.predicted] ?? 0, iou)
      truth[pair.actual] = max(truth[pair.actual] ?? 0, iou)
    }
    return (prediction, truth)
  }

  /// The outcomes of the cells of one picture.
  ///
  /// `partners` are the places of pairs, the cell of this picture first, and their IoU; `wholes` the cells of this
  /// picture that are in parts, with these; `parts` those of the other picture, with these;
  /// `largest` their largest IoU, by places.
  private static func outcomes(
    of cells: [CellOverlap.Cell], side: CellOutcome.Side, others: [CellOverlap.Cell],
    partners: [(Int, Int, Double)],
    wholes: (kind: CellOutcome.Kind, parts: [Int: [Int]]),
    parts: (kind: CellOutcome.Kind, ofWholes: [Int: [Int]]), largest: [Int: Double]
  ) -> [CellOutcome] {
    var found: [Int: CellOutcome.Partner] = [:]
    for (place, other, iou) in partners {
      found[place] = CellOutcome.Partner(label: others[other].label, iou: iou)
    }
    var wholeOfPart: [Int: Int] = [:]
    for (whole, places) in parts.ofWholes { for place in places { wholeOfPart[place] = whole } }
    return cells.enumerated().map { place, cell in
      var kind = side == .truth ? CellOutcome.Kind.missed : .extra
      var related: [Int] = []
      if let own = wholes.parts[place] {
        (kind, related) = (wholes.kind, own)
      } else if let whole = wholeOfPart[place] {
        (kind, related) = (parts.kind, [whole])
      } else if found[place] != nil {
        kind = .found
      }
      return CellOutcome(
        side: side, label: cell.label, box: cell.box, kind: kind, partner: found[place],
        iou: largest[place] ?? 0, others: related.map { others[$0].label })
    }
  }
}
