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
    /// Cells in colours that tell neighbours apart, with thin lines between those that touch.
    case cells(CellSampler, isTinted: Bool, outline: Role?)
    /// Where one mask has cell and where the other.
    case difference(found: MaskSampler, truth: MaskSampler)
    /// What became of cells.
    case outcomes(OutcomePaint)
  }

  /// A ring that shows how large the pen draws.
  struct Ring {
    let x: Double
    let y: Double
    let radius: Double

    /// Whether the ring's line runs through a dot.
    func touches(_ box: PictureArea) -> Bool {
      let dx = Double(box.xs.lowerBound + box.xs.upperBound) / 2 - x
      let dy = Double(box.ys.lowerBound + box.ys.upperBound) / 2 - y
      let (columns, rows) = (Double(box.xs.count), Double(box.ys.count))
      guard abs(dx) <= radius + 1 + columns, abs(dy) <= radius + 1 + rows else { return false }
      return abs((dx * dx + dy * dy).squareRoot() - radius) <= columns / 2
    }
  }

  /// The colours of a theme that a picture needs, looked up once and not for each dot.
  private struct Inks {
    let pen: RGB
    let tint: RGB?
    let outline: RGB?
    let both: RGB
    let found: RGB
    let missed: RGB
    /// The colours of cells.
    let cells: [RGB]
    /// A dot without colour that shows, and one that does not.
    let full: RGB
    let blank: RGB

    init(_ theme: Theme, _ overlay: Overlay) {
      pen = theme[.pen]
      (both, found, missed) = (theme[.truePositive], theme[.falsePositive], theme[.falseNegative])
      var roles: (tint: Role?, outline: Role?) = (nil, nil)
      if case .mask(_, let tint, let outline) = overlay { roles = (tint, outline) }
      if case .cells(_, _, let outline) = overlay { roles = (nil, outline) }
      cells = Role.series.map { theme[$0] }
      (tint, outline) = (roles.tint.map { theme[$0] }, roles.outline.map { theme[$0] })
      let (black, white) = (RGB(0, 0, 0), RGB(255, 255, 255))
      (full, blank) = theme.isLight ? (black, white) : (white, black)
    }
  }

  private let picture: GreyPyramid
  /// What the picture's greys become until it is stretched to the contrast.
  private let greys: [UInt8]?
  private let overlay: Overlay
  private let inks: Inks
  private let depth: ColorDepth
  /// The pen's ring.
  var ring: Ring?
  /// The line that the pen has drawn so far.
  var line: MaskSampler?
  /// Without colour, the greys between which dots are dithered.
  private let tones: Tones?

  /// Prepares an image to be painted at a contrast.
  init(
    _ shown: ShownImage, overlay: Overlay, theme: Theme, depth: ColorDepth, contrast: Contrast
  ) {
    picture = shown.picture
    greys = shown.greys(with: contrast)
    self.overlay = overlay
    inks = Inks(theme, overlay)
    self.depth = depth
    // Ends that were moved are to be seen as they are.
    let isOwn = contrast.isStretched && !contrast.isMoved
    tones = depth == .none && isOwn ? Tones(picture, steps: contrast.steps) : nil
  }

  /// The colour of a dot.
  func color(_ box: PictureArea) -> RGB {
    let mean = picture.mean(xs: box.xs, ys: box.ys)
    let shown = greys?[Int(mean)] ?? mean
    let grey = tones?.stretched(shown) ?? shown
    var color = RGB(grey, grey, grey)
    switch overlay {
    case .none: break
    case .mask(let mask, _, _): color = masked(color, box, mask)
    case .cells(let cells, let isTinted, _): color = celled(color, box, cells, isTinted)
    case .difference(let found, let truth):
      color = compared(color, box, found: found.contains(box), truth: truth.contains(box))
    case .outcomes(let paint):
      color =
        depth == .none
        ? paint.tone(box, full: inks.full, blank: inks.blank) : paint.color(color, box)
    }
    if let line, line.coverage(box) > 0 { color = inks.pen }
    if let ring, ring.touches(box) { color = color.blended(with: inks.pen, amount: 0.7) }
    return color
  }

  /// Whether a dot is part of an outline where only dots can show it.
  func isMarked(_ box: PictureArea) -> Bool {
    guard depth == .none else { return false }
    if let line, line.coverage(box) > 0 { return true }
    if case .cells(let cells, let isTinted, _) = overlay {
      return (isTinted || inks.outline != nil) && (cells.mask.isEdge(box) || cells.isSeam(box))
    }
    guard case .mask(let mask, _, _) = overlay else { return false }
    return (inks.tint != nil || inks.outline != nil) && mask.isEdge(box)
  }

  private func masked(_ color: RGB, _ box: PictureArea, _ mask: MaskSampler) -> RGB {
    // Dots have no colour: there an edge is a mark in a gap.
    guard depth != .none else { return color }
    let coverage = mask.coverage(box)
    guard coverage > 0, let ink = inks.tint ?? inks.outline else { return color }
    if let outline = inks.outline, coverage >= 0.5, mask.touchesBackground(box) { return outline }
    // What is thinner than a dot stays in sight, if faintly.
    guard inks.tint != nil || coverage < 0.5 else { return color }
    return color.blended(with: ink, amount: 0.15 + 0.25 * coverage)
  }

  private func celled(
    _ color: RGB, _ box: PictureArea, _ cells: CellSampler, _ isTinted: Bool
  ) -> RGB {
    // Dots have no colour: there an edge is a mark in a gap.
    guard depth != .none else { return color }
    let coverage = cells.mask.coverage(box)
    let label = cells.label(box)
    guard coverage > 0 else { return color }
    let ink = label == 0 ? inks.outline ?? color : inks.cells[cells.colour(of: label)]
    if inks.outline != nil, coverage >= 0.5 {
      if cells.mask.touchesBackground(box) { return ink }
      if cells.isSeam(box) { return inks.outline ?? ink }
    }
    guard isTinted || coverage < 0.5 else { return color }
    return color.blended(with: ink, amount: 0.15 + 0.25 * coverage)
  }

  /// Errors differ by pattern too: cell found where there is none is checked, cell missed is full.
  ///
  /// Without colour the patterns stand alone, since over the image's own dots they would be lost;
  /// cell that both have is thinly dotted.
  private func compared(_ color: RGB, _ box: PictureArea, found: Bool, truth: Bool) -> RGB {
    let isOdd = !(box.xs.lowerBound / box.xs.count + box.ys.lowerBound / box.ys.count)
      .isMultiple(of: 2)
    switch (found, truth) {
    case (false, false): return depth == .none ? inks.blank : color
    case (true, true):
      return depth == .none
        ? inks.blank.blended(with: inks.full, amount: 0.2)
        : color.blended(with: inks.both, amount: 0.45)
    case (true, false):
      if depth == .none { return isOdd ? inks.full : inks.blank }
      return isOdd ? color.blended(with: inks.found, amount: 0.45) : inks.found
    case (false, true): return depth == .none ? inks.full : inks.missed
    }
  }
}

/// The greys between which most of a picture lies.
///
/// Few dots show few greys, and the whole range would spend most of them on specks: what is darker or
/// brighter than nearly all of the picture is blank or full.
struct Tones: Equatable, Sendable {
  private let low: Double
  private let high: Double

  /// From the 4 to the 96 percentile of a small copy, narrower or wider by steps of contrast.
  init?(_ picture: GreyPyramid, steps: Int) {
    guard let pixels = picture.levels.last?.pixels.sorted(), let last = pixels.indices.last else {
      return nil
    }
    let ends = (Double(pixels[last * 4 / 100]), Double(pixels[last * 96 / 100]))
    guard ends.0 < ends.1 else { return nil }
    var half = (ends.1 - ends.0) / 2
    for _ in 0..<abs(steps) { half *= steps < 0 ? 0.8 : 1.25 }
    low = (ends.0 + ends.1) / 2 - half
    high = (ends.0 + ends.1) / 2 + half
  }

  /// A grey within the whole range.
  func stretched(_ grey: UInt8) -> UInt8 {
    UInt8(max(0, min(255, (Double(grey) - low) / (high - low) * 255)))
  }
}
