public import Imaging
import Screen

/// Cells with all that looking at them and drawing on them needs to know of the whole picture.
///
/// Of a large picture that takes longer than a frame may, so that it is made where cells are read or proposed, off
/// the screen's thread, and goes with them from then on.
public struct ColouredCells: Equatable, Sendable {
  /// The cells.
  let labels: TiledLabels
  /// Their colours.
  let colours: CellColours
  /// What draws them on an empty picture, if that is worked out.
  let prepared: Drawing?

  /// What turns a picture's cells into others.
  struct Drawing: Equatable, Sendable {
    /// Pixel by pixel.
    let edit: LabelEdit
    /// The same, to be recorded.
    let stroke: LabelStroke

    /// Takes what is known pixel by pixel.
    init(_ edit: LabelEdit) { (self.edit, stroke) = (edit, LabelStroke(edit)) }

    /// What draws cells on an empty picture.
    init(of labels: TiledLabels) {
      self.init(TiledLabels(width: labels.width, height: labels.height).edit(to: labels))
    }
  }

  /// Works everything out.
  public init(_ labels: TiledLabels) {
    self.labels = labels
    colours = CellColours(of: labels, count: Role.series.count)
    prepared = Drawing(of: labels)
    labels.prepareBlocks()
  }

  /// Takes cells whose colours are known; the rest is worked out when it is asked for.
  init(_ labels: TiledLabels, _ colours: CellColours) {
    (self.labels, self.colours, prepared) = (labels, colours, nil)
  }

  /// What draws them on an empty picture.
  var drawing: Drawing { prepared ?? Drawing(of: labels) }
}
