import Imaging
import Screen

/// Gives the dots of a picture the colours and patterns of what became of the cells there.
struct OutcomePaint {
  private let prediction: CellSampler
  private let truth: CellSampler
  private let kinds:
    (
      prediction: [LabelImage.Label: CellOutcome.Kind], truth: [LabelImage.Label: CellOutcome.Kind]
    )
  private let inks: [CellOutcome.Kind: RGB]
  /// The colour of lines between cells.
  private let seam: RGB

  /// Looks up the part of a case's cells that a view shows.
  init(_ cells: ReviewCells, _ theme: Theme, in view: Viewport) {
    func sampler(_ side: ReviewCells.Side) -> CellSampler {
      CellSampler(side.labels, side.colours, MaskSampler(side.labels.mask, in: view), in: view)
    }
    (prediction, truth) = (sampler(cells.prediction), sampler(cells.truth))
    kinds = (cells.prediction.kinds, cells.truth.kinds)
    inks = Dictionary(uniqueKeysWithValues: CellOutcome.Kind.allCases.map { ($0, theme[$0.role]) })
    seam = theme[.background]
  }

  /// The colour of a dot that has one already.
  func color(_ color: RGB, _ box: PictureArea) -> RGB {
    guard let (kind, share, isInked) = look(box) else { return color }
    if isSeam(kind, box) { return seam }
    guard let ink = inks[kind] else { return color }
    return isInked ? ink : color.blended(with: ink, amount: share)
  }

  /// The tone of a dot where there is no colour: patterns stand alone, since over the image's own dots they would
  /// be lost.
  func tone(_ box: PictureArea, full: RGB, blank: RGB) -> RGB {
    guard let (kind, share, isInked) = look(box), !isSeam(kind, box) else { return blank }
    if isInked { return full }
    return kind == .found ? blank.blended(with: full, amount: share / 2) : blank
  }

  /// What became of the cells at a dot, how strongly it is tinted, and whether it is full.
  private func look(
    _ box: PictureArea
  ) -> (kind: CellOutcome.Kind, share: Double, isInked: Bool)? {
    let actual = kinds.truth[truth.label(box)]
    let predicted = kinds.prediction[prediction.label(box)]
    guard let kind = Self.worse(actual, predicted) else { return nil }
    let (column, row) = (box.xs.lowerBound / box.xs.count, box.ys.lowerBound / box.ys.count)
    // Where just one of two partners has cell, their borders differ.
    let isHalf = kind == .found && (actual == nil || predicted == nil)
    return (kind, isHalf ? 0.2 : 0.45, kind.isInked(column: column, row: row))
  }

  /// What is to be looked at first of a true and a predicted cell at one place.
  private static func worse(
    _ actual: CellOutcome.Kind?, _ predicted: CellOutcome.Kind?
  ) -> CellOutcome.Kind? {
    CellOutcome.Kind.worstFirst.first { $0 == actual || $0 == predicted }
  }

  /// Whether cells meet at a dot that are to be told apart: true ones, and the pieces of a split one.
  private func isSeam(_ kind: CellOutcome.Kind, _ box: PictureArea) -> Bool {
    truth.isSeam(box) || (kind == .split || kind == .extra) && prediction.isSeam(box)
  }
}
