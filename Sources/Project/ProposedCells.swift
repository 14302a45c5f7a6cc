public import Imaging

/// What a network proposed for an image.
public struct ProposedCells: Equatable, Sendable {
  /// The cells.
  public let cells: LabelImage
  /// What is said of them.
  public let line: Proposal

  /// The pixels that are of any cell.
  public var mask: Mask { cells.mask }
}
