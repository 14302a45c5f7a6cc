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
  let prepared: LabelStroke?

  /// Works everything out.
  public init(_ labels: TiledLabels) {
    self.init(labels, CellColours(of: labels, count: Role.series.count), CellDrawing(of: labels))
    labels.prepareBlocks()
  }

  /// Takes cells whose colours are known; the rest is worked out when it is asked for, unless it is known too.
  init(_ labels: TiledLabels, _ colours: CellColours, _ drawing: CellDrawing? = nil) {
    (self.labels, self.colours, prepared) = (labels, colours, drawing?.stroke)
  }

  /// What draws them on an empty picture.
  var drawing: LabelStroke { prepared ?? CellDrawing(of: labels).stroke }

  /// What draws them in place of other cells of the same size: where many tiles differ all of them, over ground.
  ///
  /// - Returns: nil where these are the same cells.
  func drawing(over other: TiledLabels, mostTiles: Int = 256) -> LabelStroke? {
    if other.cells.isEmpty { return labels.cells.isEmpty ? nil : drawing }
    if let edit = other.edit(to: labels, mostTiles: mostTiles) {
      return edit.isEmpty ? nil : LabelStroke(edit)
    }
    return LabelStroke([LabelStroke.Part(0, [0..<labels.pixelCount])] + drawing.parts)
  }
}

/// What draws cells on an empty picture, which takes longer than a frame may where the picture is large.
public struct CellDrawing: Equatable, Sendable {
  /// The cells.
  let labels: TiledLabels
  /// What draws them.
  let stroke: LabelStroke

  /// Works it out.
  public init(of labels: TiledLabels) {
    self.labels = labels
    stroke = LabelStroke(TiledLabels(width: labels.width, height: labels.height).edit(to: labels))
  }
}
