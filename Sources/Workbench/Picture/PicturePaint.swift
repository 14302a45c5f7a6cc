import Imaging
import Screen

/// Gives each dot of a picture its colour: the image with masks over it.
struct PicturePaint {
  /// What lies over the image.
  enum Overlay {
    /// Nothing.
    case none
    /// A mask: tinted, outlined, or both.
    case mask(MaskSampler, tint: Role?, outline: Role?)
    /// Where one mask has cell and where the other.
    case difference(found: MaskSampler, truth: MaskSampler)
  }

  /// A ring that shows how large the pen draws.
  struct Ring {
    let x: Double
    let y: Double
    let radius: Double
  }

  let picture: DisplayPicture
  let overlay: Overlay
  let theme: Theme
  let depth: ColorDepth
  var ring: Ring?

  private var ink: RGB { theme.isLight ? RGB(0, 0, 0) : RGB(255, 255, 255) }
  private var blank: RGB { theme.isLight ? RGB(255, 255, 255) : RGB(0, 0, 0) }

  /// The colour of a dot.
  func color(of box: PixelBox) -> RGB {
    let grey = picture.mean(xs: box.xs, ys: box.ys)
    var color = RGB(grey, grey, grey)
    switch overlay {
    case .none: break
    case .mask(let mask, let tint, let outline):
      color = masked(color, box, mask, tint: tint, outline: outline)
    case .difference(let found, let truth):
      color = compared(color, box, found: found.contains(box), truth: truth.contains(box))
    }
    if let ring, ring.touches(box) { color = color.blended(with: theme[.pen], amount: 0.7) }
    return color
  }

  private func masked(
    _ color: RGB, _ box: PixelBox, _ mask: MaskSampler, tint: Role?, outline: Role?
  ) -> RGB {
    if depth == .none {
      // Dots have no colour: an edge is full ink with a blank seam beside it.
      guard outline != nil || tint != nil else { return color }
      if mask.isEdge(box) { return ink }
      return mask.isBesideEdge(box) ? blank : color
    }
    if let outline, mask.isEdge(box) { return theme[outline] }
    guard let role = tint ?? outline else { return color }
    // What is thinner than a dot stays in sight, if faintly.
    let coverage = mask.coverage(box)
    guard coverage > 0, tint != nil || coverage < 0.5 else { return color }
    return color.blended(with: theme[role], amount: 0.15 + 0.25 * coverage)
  }

  /// Errors differ by pattern too: cell found where there is none is checked, cell missed is full.
  private func compared(_ color: RGB, _ box: PixelBox, found: Bool, truth: Bool) -> RGB {
    let isOdd = !(box.xs.lowerBound / box.xs.count + box.ys.lowerBound / box.ys.count)
      .isMultiple(of: 2)
    switch (found, truth) {
    case (false, false): return color
    case (true, true):
      return depth == .none ? color : color.blended(with: theme[.truePositive], amount: 0.45)
    case (true, false):
      if depth == .none { return isOdd ? ink : blank }
      return isOdd
        ? color.blended(with: theme[.falsePositive], amount: 0.45) : theme[.falsePositive]
    case (false, true):
      return depth == .none ? ink : theme[.falseNegative]
    }
  }
}

extension PicturePaint.Ring {
  /// Whether the ring's line runs through a dot.
  func touches(_ box: PixelBox) -> Bool {
    let dx = Double(box.xs.lowerBound + box.xs.upperBound) / 2 - x
    let dy = Double(box.ys.lowerBound + box.ys.upperBound) / 2 - y
    guard abs(dx) <= radius + 1 + Double(box.xs.count), abs(dy) <= radius + 1 + Double(box.ys.count)
    else { return false }
    return abs((dx * dx + dy * dy).squareRoot() - radius) <= Double(box.xs.count) / 2
  }
}
