import Imaging

/// The line that a pen has drawn so far, where it does something at its end only.
struct PenLine {
  /// Its pixels.
  let mask: TiledMask

  /// Draws it over an image; nil where there is none.
  init?(_ way: [PixelPoint], of image: Image) {
    guard !way.isEmpty else { return nil }
    var mask = TiledMask(width: image.width, height: image.height)
    for (from, to) in zip(way.prefix(1) + way, way) {
      for run in mask.stroked(from: from, to: to, diameter: 1) { mask.fill(run, with: true) }
    }
    self.mask = mask
  }
}
