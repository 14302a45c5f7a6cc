import Screen
import Testing

struct ViewportTests {
  private let area = Rect(column: 5, row: 2, columns: 40, rows: 20)

  @Test func `a pixel's cell gives the pixel back`() {
    for zoom in [1.0, 2, 3.7, 8] {
      var viewport = Viewport(fitting: 64, 48, in: area)
      viewport.zoom(by: zoom / viewport.zoom)
      for (x, y) in [(0, 0), (31, 23), (32, 24), (30, 25)] {
        guard let (cell, half) = viewport.cell(ofPixelX: x, y: y) else { continue }
        let found = viewport.pixel(at: cell, half: half)
        #expect(found.map { abs($0.x - x) <= 1 && abs($0.y - y) <= 1 } == true)
        if zoom >= 2 { #expect(found?.x == x && found?.y == y, "zoom \(zoom)") }
      }
    }
  }

  @Test func `halves of a cell are two pixels at zoom 1`() {
    let viewport = Viewport(fitting: 40, 40, in: area)
    let cell = Point(column: 5 + 7, row: 2 + 3)
    #expect(viewport.zoom == 1)
    #expect(viewport.pixel(at: cell, half: .upper) ?? (0, 0) == (7, 6))
    #expect(viewport.pixel(at: cell, half: .lower) ?? (0, 0) == (7, 7))
    #expect(viewport.pixel(at: cell) ?? (0, 0) == (7, 6))
    #expect(viewport.pixel(at: Point(column: 4, row: 3)) == nil)
  }

  @Test func `zooming keeps what is under the mouse`() throws {
    var viewport = Viewport(fitting: 1000, 800, in: area)
    let anchor = Point(column: 30, row: 9)
    let before = try #require(viewport.pixel(at: anchor))
    viewport.zoom(by: 4, around: anchor)
    let after = try #require(viewport.pixel(at: anchor))
    #expect(abs(before.x - after.x) <= 1 && abs(before.y - after.y) <= 1)
    viewport.zoom(by: 0.0001)
    #expect(viewport.centerX == 500 && viewport.centerY == 400)
  }

  @Test func `a picture cannot be lost by panning and a pixel can be brought into view`() {
    var viewport = Viewport(fitting: 1000, 800, in: area)
    viewport.zoom(by: 2 / viewport.zoom)
    viewport.pan(columns: -1e6, rows: 1e6)
    #expect(viewport.pixel(at: area.origin)?.x == 0)
    #expect(viewport.pixel(at: Point(column: 44, row: 21), half: .lower)?.y == 799)
    #expect(viewport.cell(ofPixelX: 700, y: 100) == nil)
    viewport.reveal(x: 700, y: 100)
    #expect(viewport.cell(ofPixelX: 700, y: 100) != nil)
  }
}
