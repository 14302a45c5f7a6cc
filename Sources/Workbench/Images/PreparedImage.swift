public import Imaging
public import Project

/// An image ready for the desk, with nothing left to do that would hold a key up: stretched, its masks
/// in tiles, its strokes replayed.
public struct PreparedImage: Equatable, Sendable {
  /// The image and its picture.
  let shown: ShownImage
  /// The accepted mask, if there is one of the image's size.
  let accepted: TiledMask?
  /// The network's proposal, if there is one of the image's size.
  let proposal: TiledMask?
  /// The draft.
  let history: DraftHistory

  /// Prepares an image; masks of another size than the image's are left out.
  ///
  /// - Parameters:
  ///   - image: the pixels.
  ///   - accepted: the accepted mask, if there is one.
  ///   - proposal: the network's proposal, if there is one.
  ///   - strokes: the image's lines of `strokes.jsonl`, oldest first.
  public init(image: Image, accepted: Mask?, proposal: Mask?, strokes: [Stroke]) {
    func fitting(_ mask: Mask?) -> TiledMask? {
      mask.map { TiledMask($0) }.flatMap { $0.fits(image) ? $0 : nil }
    }
    shown = ShownImage(image)
    self.accepted = fitting(accepted)
    self.proposal = fitting(proposal)
    history = DraftHistory(width: image.width, height: image.height, strokes: strokes)
  }
}

extension TiledMask {
  /// Whether it has an image's size.
  func fits(_ image: Image) -> Bool { width == image.width && height == image.height }
}
