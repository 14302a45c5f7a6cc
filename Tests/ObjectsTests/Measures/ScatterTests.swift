import Imaging
import Objects
import Testing

@Suite("Two measures of each cell as points")
struct ScatterTests {
  private let lone = LabelImage(width: 3, height: 1, labels: [0, 5, 0])
  private let pair = LabelImage(width: 3, height: 2, labels: [1, 1, 1, 1, 1, 9])

  @Test("A point leads back to its image and its cell")
  func points() throws {
    let images = [MeasuredImage("a", cells: lone), MeasuredImage("b", cells: pair)]
    let area = try #require(Measure.named("area"))
    let width = try #require(Measure.named("bbox_width"))
    let scatter = Scatter(images, x: area, y: width)
    #expect(scatter.points.map(\.x) == [1, 5, 1])
    #expect(scatter.points.map(\.y) == [1, 3, 1])
    #expect(scatter.points.map(\.image) == [0, 1, 1])
    #expect(scatter.points.map(\.label) == [5, 1, 9])
    #expect(scatter.xRange == 1...5)
    #expect(scatter.xTitle == "Area (px²)" && scatter.yTitle == "Box, width")
  }

  @Test("Cells that lack one of the measures have no point, and of none there is no range")
  func lacking() throws {
    let area = try #require(Measure.named("area"))
    let circularity = try #require(Measure.named("circularity"))
    let scatter = Scatter([MeasuredImage("a", cells: lone)], x: area, y: circularity)
    #expect(scatter.points.isEmpty && scatter.xRange == nil)
  }

  @Test("In micrometres only images whose pixels' size is known have points")
  func micrometres() throws {
    let size = ImageContents.PixelSize(x: 2, y: 2)
    let images = [
      MeasuredImage("a", cells: lone), MeasuredImage("b", cells: pair, pixelSize: size),
    ]
    let area = try #require(Measure.named("area"))
    let solidity = try #require(Measure.named("solidity"))
    let scatter = Scatter(images, x: area, y: solidity, inMicrometres: true)
    #expect(scatter.points.map(\.x) == [20, 4])
    #expect(scatter.points.map(\.image) == [1, 1])
    #expect(scatter.xTitle == "Area (µm²)" && scatter.yTitle == "Solidity")
    #expect(images[1].values(area, inMicrometres: true) == [20, 4])
    #expect(images[0].values(area, inMicrometres: true).isEmpty)
    #expect(images[0].values(solidity, inMicrometres: true) == [1])
  }
}
