public import Imaging
public import Objects
public import Recipes

/// Which cells are to be measured.
public enum MeasureOrder: Equatable, Sendable {
  /// The accepted ones of all images.
  case accepted
  /// Those of one image as they are looked at, accepted or not.
  case shown(ImageKey, TiledLabels)
}

/// What was measured, the answer to `Effect.measure`.
public struct MeasuredCells: Equatable, Sendable {
  /// The image whose cells they are as they were looked at; nil for the accepted ones of all.
  public let key: ImageKey?
  /// The images with their cells.
  public let images: [MeasuredImage]
  /// Lines for the user: where the tables lie, what is left out.
  public let notes: [String]

  /// Joins them.
  public init(_ images: [MeasuredImage], of key: ImageKey?, notes: [String]) {
    (self.key, self.images, self.notes) = (key, images, notes)
  }
}
