public import Imaging

extension TiledLabels {
  /// The pieces of a mask as cells.
  public init(_ mask: Mask) { self.init(LabelImage(piecesOf: mask)) }
}

extension Mask {
  /// The pixels of cells.
  public init(_ cells: TiledLabels) { self.init(cells.mask) }
}
