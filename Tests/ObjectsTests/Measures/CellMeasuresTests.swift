import Imaging
@testable import Objects
import Testing

@Suite("Measures of cells")
struct CellMeasuresTests {
  @Test("Without a cell there is nothing to measure", arguments: [(0, 0), (0, 3), (3, 0), (4, 2)])
  func nothing(width: Int, height: Int) {
    #expect(LabelImage(width: width, height: height).measures().isEmpty)
  }

  @Test("Without an image there is no intensity, and all else is the same")
  func withoutImage() {
    var cells = LabelImage(width: 4, height: 4)
    cells.fill(1..<3, with: 9)
    let image = Image(width: 4, height: 4, bitDepth: 8, values: Array(repeating: 3, count: 16))
    let (without, with) = (cells.measures()[0], cells.measures(in: image)[0])
    #expect(without.intensity == nil)
    #expect(with.intensity?.integrated == 6)
    #expect(without.area == with.area && without.hull == with.hull)
  }

  @Test("Pixels of which the file says NaN have no part in intensities")
  func missing() throws {
    let written = Image(width: 3, height: 2, bitDepth: 32, values: [5, .nan, 9, .nan, 1, 2])
    let image = try ImageFile.decode(TIFF.encode(written, bitDepth: 32), name: "x.tif")
    #expect(image.missing != nil)
    let cells = LabelImage(width: 3, height: 2, labels: [1, 1, 1, 2, 3, 0])
    let intensities = cells.measures(in: image).map(\.intensity)
    #expect(intensities.map { $0?.mean } == [7, nil, 1])
    #expect(intensities[0]?.integrated == 14)
    #expect(intensities[0]?.minimum == 5)
    #expect(cells.measures(in: written).map(\.intensity) == intensities)
  }

  @Test("A cell is measured in a crowd as it is alone")
  func alone() throws {
    let golden = try #require(MeasuresGolden.load().cases.first { $0.name == "crowd" })
    let (cells, image) = (golden.labels, golden.image)
    for measured in cells.measures(in: image) {
      var alone = LabelImage(width: cells.width, height: cells.height)
      for place in cells.labels.indices where cells.labels[place] == measured.label {
        alone.fill(place..<place + 1, with: 77)
      }
      let single = try #require(alone.measures(in: image).first)
      #expect(single.neighbours.isEmpty)
      for measure in Measure.all where !["label", "neighbours"].contains(measure.name) {
        #expect(measure.value(of: single) == measure.value(of: measured), "\(measure.name)")
      }
    }
  }

  @Test("A picture turned by a quarter has the same cells with their axes exchanged")
  func turned() throws {
    let golden = try #require(MeasuresGolden.load().cases.first { $0.name == "pile" })
    let cells = golden.labels
    var turned = LabelImage(width: cells.height, height: cells.width)
    for y in 0..<cells.height { for x in 0..<cells.width { turned[y, x] = cells[x, y] } }
    for (a, b) in zip(cells.measures(), turned.measures()) {
      #expect(a.hull == b.hull)
      #expect(a.perimeter == b.perimeter)
      #expect(a.ellipse.majorAxis == b.ellipse.majorAxis)
      #expect(a.centroid.x == b.centroid.y && a.centroid.y == b.centroid.x)
      #expect(a.neighbours == b.neighbours && a.pieces == b.pieces)
    }
  }

  /// Cells of 50 by 40 places, each of them a box with a corner cut.
  private static let crowd: LabelImage = {
    var cells = LabelImage(width: 2048, height: 2048)
    for y in 0..<2048 {
      for x in 0..<2048 {
        let (column, row) = (x / 41, y / 52)
        guard x % 41 + y % 52 > 9, column < 50, row < 40 else { continue }
        cells[x, y] = LabelImage.Label(row * 50 + column + 1)
      }
    }
    return cells
  }()

  @Test("Two thousand cells that touch in a picture of 2048 by 2048")
  func many() {
    let cells = Self.crowd
    let measured = cells.measures()
    #expect(measured.count == 2000)
    #expect(measured.reduce(0) { $0 + $1.area } == cells.mask.area)
    #expect(measured.map(\.label) == cells.cells)
    let middle = measured.first { $0.label == 1025 }
    #expect(middle?.neighbours == [975, 976, 1024, 1026, 1074, 1075])
    #expect(middle?.pieces == 1)
  }

  @Test("Cells whose boxes are the whole picture take no longer")
  func scattered() {
    var cells = LabelImage(width: 1500, height: 1500)
    for number in 1...2000 {
      cells[number % 1500, number / 1500] = LabelImage.Label(number)
      cells[1499 - number % 1500, 1499 - number / 1500] = LabelImage.Label(number)
    }
    let measured = cells.measures()
    #expect(measured.count == 2000)
    #expect(measured.allSatisfy { $0.pieces == 2 && $0.area == 2 && $0.hull.area > 1 })
  }
}
