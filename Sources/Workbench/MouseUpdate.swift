import Imaging
import Screen

extension Model {
  /// The mouse: what it points at decides; boxes over the screen take none of it.
  mutating func take(_ mouse: Mouse) -> [Effect] {
    if isTooSmall || help != nil || dialog != nil {
      return mouse.action == .release ? endStroke() : []
    }
    if mouse.action == .press { notices.key(at: now) }
    switch tab {
    case .annotate where desk.stroke?.byMouse == true || desk.panning != nil:
      return goOn(mouse)
    default: break
    }
    let layout = Layout(self)
    if layout.title.contains(mouse.point) { return takeInTitle(mouse) }
    if layout.list.contains(mouse.point) { return takeInList(mouse, layout) }
    guard layout.picture.contains(mouse.point) else { return [] }
    switch tab {
    case .annotate: return takeAtDesk(mouse)
    case .review: return takeInPanes(mouse)
    case .queue, .train, .scores, .curves, .panes: return []
    }
  }

  /// A drag that began on the image; it may leave it and come back.
  private mutating func goOn(_ mouse: Mouse) -> [Effect] {
    switch mouse.action {
    case .drag, .move:
      if let from = desk.panning {
        desk.panning = mouse.point
        panDesk(
          columns: from.column - mouse.point.column, rows: from.row - mouse.point.row)
      } else if mouse.action == .drag {
        drawOn(to: mouse.point)
      }
      return []
    case .release:
      drawOn(to: mouse.point)
      return endStroke()
    case .press:
      return endStroke() + takeAtDesk(mouse)
    case .scrollUp, .scrollDown:
      zoomDesk(inward: mouse.action == .scrollUp, around: mouse.point)
      return []
    }
  }

  private mutating func drawOn(to point: Point) {
    guard desk.stroke != nil, let view = deskViewport, let key = desk.key,
      let image = images[key]?.image, let pixel = view.unclippedPixel(at: point)
    else { return }
    desk.stroke?.draw(to: PixelPoint(x: pixel.x, y: pixel.y))
    desk.pen = PixelPoint(
      x: min(max(0, pixel.x), image.width - 1), y: min(max(0, pixel.y), image.height - 1))
  }

  private mutating func takeAtDesk(_ mouse: Mouse) -> [Effect] {
    switch (mouse.action, mouse.button) {
    case (.press, .left):
      guard let view = deskViewport, let pixel = view.pixel(at: mouse.point) else { return [] }
      let ended = endStroke()
      desk.pen = PixelPoint(x: pixel.x, y: pixel.y)
      return ended + penDown(byMouse: true)
    case (.press, .middle), (.press, .right):
      let ended = endStroke()
      desk.panning = mouse.point
      return ended
    case (.scrollUp, _), (.scrollDown, _):
      zoomDesk(inward: mouse.action == .scrollUp, around: mouse.point)
      return []
    default: return []
    }
  }

  private mutating func takeInPanes(_ mouse: Mouse) -> [Effect] {
    switch mouse.action {
    case .scrollUp, .scrollDown:
      zoomCases(inward: mouse.action == .scrollUp, around: mouse.point)
    case .press: cases.panning = mouse.point
    case .drag:
      guard let from = cases.panning, var view = caseViewport else { return [] }
      cases.panning = mouse.point
      view.pan(
        columns: Double(from.column - mouse.point.column),
        rows: Double(2 * (from.row - mouse.point.row)))
      cases.look.keep(view)
    case .release: cases.panning = nil
    case .move: break
    }
    return []
  }

  private mutating func takeInTitle(_ mouse: Mouse) -> [Effect] {
    guard mouse.action == .press, mouse.button == .left else { return [] }
    for (tab, columns) in TitleLine.places(of: tabs) where columns.contains(mouse.point.column) {
      return perform(.show(tab))
    }
    return []
  }

  private mutating func takeInList(_ mouse: Mouse, _ layout: Layout) -> [Effect] {
    let step = mouse.action == .scrollUp ? -3 : mouse.action == .scrollDown ? 3 : 0
    let row = mouse.point.row - layout.list.origin.row
    let isPress = mouse.action == .press && mouse.button == .left
    switch tab {
    case .queue, .annotate:
      if step != 0, tab == .queue { moveSelection(by: step) }
      let place = queue.top + row
      guard isPress, queue.order.indices.contains(place) else { return [] }
      let key = entries[queue.order[place]].key
      if tab == .queue, queue.selection != key {
        queue.selection = key
        return []
      }
      let ended = endStroke()
      open(key)
      tab = .annotate
      cases.isCorrecting = false
      return ended
    case .review:
      if step != 0 { return selectCase(cases.selected + step) }
      return isPress ? cases.row(onLine: cases.top + row).map { selectCase($0) } ?? [] : []
    case .train, .scores, .curves, .panes: return []
    }
  }
}
