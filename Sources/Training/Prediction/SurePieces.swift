import Imaging

/// Which pieces of what a network takes for cell are in its mask.
///
/// Debris and the folds of a substrate are seldom taken for cell with as much certainty as cells are: what is on the fence all over is
/// left out, and the rim of a cell, which is on the fence as well, stays with the cell.
///
/// - Note: Chosen on the train images of three sets; <doc:SimulatedWeights> has the figures.
enum SurePieces {
  /// What a pixel of the mask has at least.
  static let low: Float = 0.5
  /// What the surest pixel of a piece has at least, of what that of the usual piece has.
  static let share: Float = 0.95

  /// All pieces of an answer, row by row, sure or not.
  static func all(of probabilities: [Float], width: Int, height: Int) -> Mask {
    Mask(width: width, height: height, pixels: probabilities.map { $0 >= low ? 1 : 0 })
  }

  /// The mask of an answer, row by row.
  static func mask(of probabilities: [Float], width: Int, height: Int) -> Mask {
    Mask(
      width: width, height: height, surePiecesOf: probabilities, low: low, share: share)
  }
}
