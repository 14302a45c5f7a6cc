import Foundation
import Imaging
import Testing

@testable import Objects

@Suite("Images with their cells outlined")
struct OverlayTests {
  /// Red, green and blue of each pixel, each a picture of its own.
  private func planes(_ data: Data) throws -> [[Float]] {
    let folder = FileManager.default.temporaryDirectory
    let url = folder.appending(path: "overlay-\(UUID().uuidString).png")
    try data.write(to: url)
    defer { try? FileManager.default.removeItem(at: url) }
    return try ImageFile.Color.allCases.map { try ImageFile.read(url, color: $0).values }
  }

  @Test("The outermost pixels have their cell's colour, all others the grey that the screen shows")
  func pixels() throws {
    var cells = LabelImage(width: 8, height: 6)
    for y in 0..<4 { cells.fill(y * 8..<y * 8 + 4, with: 300) }
    cells[6, 4] = 9
    let values = (0..<48).map { Float($0 * 1000) }
    let picture = Image(width: 8, height: 6, bitDepth: 16, values: values)
    let planes = try planes(Overlay.encode(ExportedCells(of: "a", cells, picture: picture)))
    let greys = picture.greys(over: picture.range(of: ContrastWindow(of: picture)))
    let colors = CellColors(of: cells)
    // The cell of 300 goes on beyond the borders above and to the left.
    let rims = [3, 11, 19, 24, 25, 26, 27]
    for pixel in 0..<48 {
      let found = planes.map { $0[pixel] }
      let color = rims.contains(pixel) ? colors[300] : pixel == 38 ? colors[9] : nil
      let expected = color ?? CellColors.Color(repeating: greys[pixel])
      #expect(found == (0..<3).map { Float(expected[$0]) }, "pixel \(pixel)")
    }
  }

  @Test("Cells that touch or nearly do have different colours")
  func colors() throws {
    let crowd = try #require(try ExportGolden.load().cases.last).image
    for cells in [crowd, LabelImage.crowd(of: 400, side: 200)] {
      let colors = CellColors(of: cells)
      var pairs = 0
      for y in 0..<cells.height {
        for x in 0..<cells.width - 1 {
          let (a, b) = (cells[x, y], cells[x + 1, y])
          guard a != 0, b != 0, a != b else { continue }
          pairs += 1
          #expect(colors[a] != colors[b], "\(a) and \(b)")
        }
      }
      #expect(pairs > 100)
    }
    let near = LabelImage(width: 7, height: 1, labels: [1, 0, 0, 0, 0, 8, 0])
    #expect(CellColors(of: near)[1] != CellColors(of: near)[8])
  }

  @Test("Seven colours are used, and more cells than these round one have them by turns")
  func wheel() {
    var cells = LabelImage(width: 30, height: 3)
    for x in 0..<30 {
      cells[x, 0] = LabelImage.Label(x + 2)
      cells[x, 2] = LabelImage.Label(x + 40)
      cells[x, 1] = 1
    }
    let colors = CellColors(of: cells)
    #expect(Set(cells.cells.map { colors[$0] }).count == 7)
    #expect(cells.cells.dropFirst().allSatisfy { colors[$0] != colors[1] })
  }
}
