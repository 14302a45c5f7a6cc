extension Annotation {
  /// Cells.
  public var cells: LabelImage? {
    labels.flatMap { LabelImage(width: mask.width, height: mask.height, numbers: $0) }
  }
  /// Cells or pieces.
  public var objects: LabelImage {
    cells ?? LabelImage(componentsOf: mask) ?? LabelImage(width: mask.width, height: mask.height)
  }
}
