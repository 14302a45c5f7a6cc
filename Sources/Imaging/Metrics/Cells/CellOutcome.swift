/// What became of a cell of a prediction, or of the truth, when the two were compared.
public struct CellOutcome: Equatable, Sendable {
  /// The picture that a cell is of.
  public enum Side: Sendable {
    /// What was predicted.
    case prediction
    /// What there is.
    case truth
  }

  /// What can become of a cell.
  public enum Kind: String, CaseIterable, Sendable {
    /// It has a partner, and is in neither a split nor a merge.
    case found
    /// A true cell that has nothing of these.
    case missed
    /// A predicted cell that has nothing of these.
    case extra
    /// A true cell that was predicted in pieces, or one of the pieces.
    case split
    /// A predicted cell that is several true ones in one, or one of these.
    case merged
  }

  /// A cell of the other picture whose IoU with this one is at least 0.5, so that the two count as found.
  struct Partner: Equatable, Sendable {
    /// Its number.
    let label: LabelImage.Label
    /// Intersection over union with it.
    let iou: Double
  }

  /// The picture that it is of.
  public let side: Side
  /// Its number there.
  public let label: LabelImage.Label
  /// The smallest box around it.
  public let box: PixelBox
  /// What became of it.
  public let kind: Kind
  /// Its partner; the largest piece of a split cell, or the largest cell of a merge, may be one.
  let partner: Partner?
  /// The largest IoU with a cell of the other picture; 0 where none overlaps it.
  public let iou: Double
  /// The cells of the other picture that a split or a merge is made of; for a piece of either the cell that it is in.
  public let others: [LabelImage.Label]
}
