public import Imaging

/// What a network proposed for an image.
public struct ProposedCells: Equatable, Sendable {
  /// The cells.
  public let cells: LabelImage
  /// What is said of them.
  public let line: Proposal
  /// How unsure the network is of each cell, 0...1, by their numbers; empty where that was not kept.
  public let doubts: [LabelImage.Label: Double]

  /// The pixels that are of any cell.
  public var mask: Mask { cells.mask }
}
