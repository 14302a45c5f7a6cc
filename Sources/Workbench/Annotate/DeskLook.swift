import Imaging
import Screen

extension Model {
  /// The view of the image on the desk, once it is there.
  var deskViewport: Viewport? {
    guard let key = desk.key, let image = images[key]?.image else { return nil }
    return desk.look.viewport(
      width: image.width, height: image.height, area: Layout(self).picture)
  }

  /// Zooms so that the pen, or what lies under the mouse, stays where it is.
  mutating func zoomDesk(inward: Bool, around point: Point? = nil) {
    guard let view = deskViewport, let pen = desk.pen else { return }
    let anchor = point ?? view.cell(ofPixelX: pen.x, y: pen.y)?.cell
    desk.look.step(inward: inward, from: view, around: anchor)
    if point == nil { followPen() }
  }

  /// Moves the view so that it shows the pen.
  mutating func followPen() {
    guard var view = deskViewport, let pen = desk.pen else { return }
    view.reveal(x: pen.x, y: pen.y)
    desk.look.keep(view)
  }

  /// Moves the view by cells.
  mutating func panDesk(columns: Int, rows: Int) {
    guard var view = deskViewport else { return }
    view.pan(columns: Double(columns), rows: Double(2 * rows))
    desk.look.keep(view)
  }
}
