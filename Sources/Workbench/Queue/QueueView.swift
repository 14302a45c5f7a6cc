import Basics
import Imaging
import Project
import Recipes
import Screen

extension ReviewState {
  /// The mark that shows without colour too.
  var mark: String {
    switch self {
    case .new: "·"
    case .proposed: "?"
    case .accepted: "✓"
    case .corrected: "±"
    case .rejected: "✗"
    }
  }

  /// Its colour.
  var role: Role {
    switch self {
    case .new: .dim
    case .proposed: .proposal
    case .accepted: .success
    case .corrected: .best
    case .rejected: .error
    }
  }
}

extension Model {
  /// Draws the queue: the list, and the chosen image beside it.
  func drawQueue(_ layout: Layout, into grid: inout Grid) {
    drawImageList(layout, chosen: queue.selection, into: &grid)
    drawRule(after: layout.list, layout, into: &grid)
    drawPreview(layout, into: &grid)
  }

  /// Draws the list of images with a heading.
  func drawImageList(_ layout: Layout, chosen: ImageKey?, into grid: inout Grid) {
    let list = layout.list
    guard !list.isEmpty else { return }
    let shown = queue.order.dropFirst(max(0, queue.top)).prefix(list.size.rows)
    let row = queueRow(of: chosen).map { $0 - queue.top }
    let wide = list.size.columns >= 34
    var columns = [Table.Column(width: 1), Table.Column(), Table.Column(width: 4)]
    let stateColumns = list.size.columns >= 52 ? 18 : 9
    if wide { columns.append(Table.Column(width: stateColumns)) }
    let nameColumns = list.size.columns - 7 - (wide ? stateColumns + 1 : 0)
    drawListHeading(in: list, besideColumns: wide ? stateColumns + 6 : 5, into: &grid)
    let rows = shown.map { place in
      let entry = entries[place]
      var items = [
        Table.Item(entry.state.mark, entry.state.role),
        Table.Item(entry.key.text.fittedToEnd(of: max(1, nameColumns))),
        Table.Item(NumberText.hundredths(entry.uncertainty), .dim),
      ]
      if wide {
        items.append(
          Table.Item(
            entry.stateText(isLong: stateColumns > 9),
            entry.isChanged && entry.state != .rejected ? .warning : entry.state.role))
      }
      return items
    }
    if rows.isEmpty {
      grid.write(
        queue.filter.isEmpty ? "no images" : "nothing matches", column: list.origin.column,
        row: list.origin.row, style: theme.style(.dim))
    }
    grid.draw(
      Table(columns: columns, rows: rows, selected: row, hasHeader: false, first: 0), in: list,
      theme: theme)
  }

  /// How many images and in which order, over the names, and a title over the uncertainties.
  private func drawListHeading(in list: Rect, besideColumns: Int, into grid: inout Grid) {
    let heading =
      queue.isTyping || !queue.filter.isEmpty
      ? "/\(queue.filter)\(queue.isTyping ? "_" : "")  \(queue.order.count) found by \(queue.sort.title)"
      : "\(undecidedCount) left   by \(queue.sort.title)"
    let row = list.origin.row - 1
    grid.write(
      heading.fitted(to: list.size.columns), column: list.origin.column, row: row,
      style: theme.style(.title, bold: true))
    guard heading.columns < list.size.columns - besideColumns else { return }
    grid.write(
      "unc.", column: list.columns.upperBound - besideColumns + 1, row: row,
      style: theme.style(.dim), columns: 4)
  }

  /// A line between the list and what is beside it.
  func drawRule(after list: Rect, _ layout: Layout, into grid: inout Grid) {
    guard !list.isEmpty else { return }
    for row in layout.body.rows {
      grid.write("│", column: list.columns.upperBound, row: row, style: theme.style(.border))
    }
  }

  private func drawPreview(_ layout: Layout, into grid: inout Grid) {
    let area = layout.picture
    guard let key = queue.selection else { return }
    let heading = area.origin.row - 1
    guard let image = images[key] else {
      drawMissing(key, in: area, into: &grid)
      return
    }
    let facts = "\(image.image.width)x\(image.image.height) \(image.image.bitDepth) bit"
    let share = image.coverage * 100
    let cell = share > 0 ? "   cell \(NumberText.percent(share))" : ""
    grid.write(
      (facts + cell).fitted(to: area.size.columns), column: area.origin.column, row: heading,
      style: theme.style(.dim), columns: area.size.columns)
    let view = Look().viewport(width: image.image.width, height: image.image.height, area: area)
    drawPicture(of: image, in: view, overlay: maskOverlay(image, in: view), into: &grid)
  }

  /// Says why there is no picture.
  func drawMissing(_ key: ImageKey, in area: Rect, into grid: inout Grid) {
    let failure = images.failures[key]
    let text = failure.map { "\(key.text)\n\($0)" } ?? "reading \(key.text) ..."
    grid.draw(
      TextBlock(text, role: failure == nil ? .dim : .error),
      in: area.inset(columns: 1, rows: area.size.rows / 3), theme: theme)
  }

  /// The mask of an image as the keys `m` and `x` want it.
  func maskOverlay(_ image: OpenImage, in view: Viewport) -> PicturePaint.Overlay {
    let isProposal = !image.isTouched && image.state == .proposed
    return overlay(
      image.working, isProposal ? .proposal : .mask, isProposal ? .proposal : .outline, in: view)
  }

  /// A mask as the keys `m` and `x` want it.
  ///
  /// Where an image is drawn on few dots, an outline would hide what it runs around: tint alone then.
  func overlay(
    _ mask: TiledMask, _ tint: Role, _ outline: Role, in view: Viewport
  ) -> PicturePaint.Overlay {
    let dots = Double(min(mask.width, mask.height)) * view.zoom * (colorDepth == .none ? 2 : 1)
    let hasRoom = dots >= 40
    return .mask(
      MaskSampler(mask, in: view),
      tint: desk.showsMask || (desk.showsOutline && !hasRoom) ? tint : nil,
      outline: desk.showsOutline && hasRoom ? outline : nil)
  }

  /// Draws an image with what lies over it.
  func drawPicture(
    of image: OpenImage, in view: Viewport, overlay: PicturePaint.Overlay, into grid: inout Grid
  ) {
    let paint = PicturePaint(
      image.shown, overlay: overlay, theme: theme, depth: colorDepth, contrast: desk.contrast)
    Picture(viewport: view, depth: colorDepth).drawBoxes(
      into: &grid, theme: theme, isMarked: paint.isMarked, color: paint.color)
  }
}
