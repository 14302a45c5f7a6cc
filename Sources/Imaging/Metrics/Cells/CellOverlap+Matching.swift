extension CellOverlap {
  /// One-to-one pairs whose IoU reaches a threshold: as many as can be, of such those with the largest sum of IoU.
  ///
  /// These are the pairs that StarDist's `matching` finds by `linear_sum_assignment` over
  /// `-(iou >= threshold) - iou / (2 * n)`; the sum runs over all pairs of that assignment, also over those below
  /// the threshold, which are then dropped. Where it leaves a choice, those with more common pixels are taken.
  ///
  /// - Parameter threshold: above 0, at most 1.
  /// - Returns: the pairs, by the predicted cell.
  func matches(at threshold: Double) -> [Pair] {
    guard threshold < 0.5 else { return plainMatches(at: threshold) }
    return heaviest(of: pairs) { $0 >= threshold }.filter { iou(of: $0) >= threshold }
  }

  /// The same from 0.5 on, where nothing needs to be weighed.
  ///
  /// Two cells whose IoU is at least 0.5 share at least half of either, and more than half of one unless one is
  /// just a half of the other. So a cell has two such partners only where it consists of them; these overlap
  /// nothing else, both have IoU 0.5, and whichever is taken the sums are the same. The first in reading order is.
  private func plainMatches(at threshold: Double) -> [Pair] {
    var isTaken = (
      prediction: Array(repeating: false, count: prediction.count),
      truth: Array(repeating: false, count: truth.count)
    )
    return pairs.filter { pair in
      guard iou(of: pair) >= threshold, !isTaken.prediction[pair.predicted],
        !isTaken.truth[pair.actual]
      else { return false }
      isTaken.prediction[pair.predicted] = true
      isTaken.truth[pair.actual] = true
      return true
    }
  }

  /// The matches at 0.5 and, of the cells that they leave, the one-to-one pairs with the largest sum of IoU.
  ///
  /// That is the whole assignment of which ``matches(at:)`` keeps a part: no match at 0.5 would be given up for
  /// pairs below, as that would lose one for none.
  func partners() -> [Pair] {
    let matches = plainMatches(at: 0.5)
    let taken = (
      prediction: Set(matches.map(\.predicted)), truth: Set(matches.map(\.actual))
    )
    let rest = pairs.filter {
      !taken.prediction.contains($0.predicted) && !taken.truth.contains($0.actual)
    }
    return matches + heaviest(of: rest) { _ in false }
  }

  /// The one-to-one pairs of the largest weight.
  private func heaviest(of pairs: [Pair], isMatch: (Double) -> Bool) -> [Pair] {
    let edges = pairs.map { pair in
      let iou = iou(of: pair)
      return SparseAssignment.Edge(
        row: pair.predicted, column: pair.actual,
        weight: PairWeight(matches: isMatch(iou) ? 1 : 0, iou: iou, common: pair.common))
    }
    let columns = SparseAssignment.heaviest(
      rows: prediction.count, columns: truth.count, edges: edges)
    return pairs.filter { columns[$0.predicted] == $0.actual }
  }
}
