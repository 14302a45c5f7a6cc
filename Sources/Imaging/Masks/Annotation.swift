/// What a file of masks says of an image: which pixels are cell, of which cell, and of which pixels nothing is
/// said.
public struct Annotation: Equatable, Sendable {
  /// The pixels that are cell.
  public let mask: Mask
  /// The pixels that nobody annotated, all of them outside of `mask`; nil where there are none.
  public let unknown: Mask?
  /// The number of each pixel's cell, row by row, 0 outside of `mask`; nil where the file tells cells from
  /// ground only.
  public let labels: [UInt32]?

  /// Joins what is known of one image.
  ///
  /// - Precondition: all are of the mask's size, and no pixel is both cell and unknown.
  public init(_ mask: Mask, unknown: Mask? = nil, labels: [UInt32]? = nil) {
    precondition(labels.map { $0.count == mask.pixels.count } ?? true, "labels of another size")
    precondition(
      unknown.map { $0.width == mask.width && $0.height == mask.height } ?? true,
      "a mask of \(mask.width)x\(mask.height) with unknown pixels of another size")
    self.mask = mask
    self.unknown = unknown.flatMap { $0.pixels.contains(1) ? $0 : nil }
    self.labels = labels
  }
}
