import Imaging
import Objects
import Testing

@Suite("The values of a measure over cells")
struct DistributionTests {
  private let cells = LabelImage(
    width: 4, height: 3,
    labels: [
      1, 0, 3, 3,
      0, 0, 3, 3,
      2, 2, 0, 0,
    ])

  @Test("Number, mean, median and histogram are of all images, in micrometres where asked for")
  func values() throws {
    let size = try #require(ImageContents.PixelSize(x: 2, y: 2))
    let images = [
      MeasuredImage("a", cells: cells, pixelSize: size), MeasuredImage("b", cells: cells),
    ]
    let area = try #require(Measure.named("area"))
    let both = Distribution(images, area)
    #expect(both.title == "Area (px²)" && both.count == 6)
    #expect(both.median == 2 && both.mean.map { abs($0 - 7.0 / 3) < 1e-12 } == true)
    #expect(both.histogram?.counts.reduce(0, +) == 6)
    let known = Distribution(images, area, inMicrometres: true)
    #expect(known.title == "Area (µm²)" && known.count == 3 && known.median == 8)
    #expect(!images.haveMicrometres && images.prefix(1).haveMicrometres)
    #expect(!images.prefix(0).haveMicrometres)
    let none = Distribution([], area)
    #expect(none.count == 0 && none.mean == nil && none.median == nil && none.histogram == nil)
  }

  @Test("Numbers, places and angles are not plotted")
  func plotted() {
    let names = Measure.plotted.map(\.name)
    #expect(names.contains("area") && names.contains("circularity"))
    #expect(!names.contains("label") && !names.contains("orientation"))
  }
}
