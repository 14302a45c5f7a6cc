import Files
import Imaging
@testable import Objects
import Testing

@Suite("Tables of measured cells and images")
struct MeasureTableTests {
  /// A cell of six pixels, one of a single pixel, and one in the corner of two.
  private static let cells = LabelImage(
    width: 6, height: 4,
    labels: [
      0, 0, 0, 0, 0, 0,
      0, 3, 3, 3, 0, 8,
      0, 3, 3, 3, 0, 0,
      0, 0, 0, 0, 40000, 40000,
    ])

  private static func size(_ x: Double, _ y: Double) -> ImageContents.PixelSize? {
    ImageContents.PixelSize(x: x, y: y)
  }

  /// The fields of a table's rows by their headings.
  private static func rows(_ text: String) -> [[String: String]] {
    let rows = CSV.rows(text)
    guard let headings = rows.first else { return [] }
    #expect(rows.allSatisfy { $0.count == headings.count })
    return rows.dropFirst().map { Dictionary(uniqueKeysWithValues: zip(headings, $0)) }
  }

  @Test("A row a cell begins with the image's name, whatever that is")
  func names() {
    let name = "a, \"b\"\nc ü.tif"
    let image = MeasuredImage(name, cells: Self.cells)
    let table = MeasureTable(pixelSizes: [image.pixelSize])
    #expect(table.cellHeading.hasPrefix("image,label,area,perimeter,"))
    #expect(table.imageHeading.hasPrefix("image,width,height,"))
    let rows = Self.rows(table.cellHeading + table.cellLines(of: image))
    #expect(rows.map { $0["image"] } == [name, name, name])
    #expect(rows.map { $0["label"] } == ["3", "8", "40000"])
    #expect(rows.map { $0["area"] } == ["6", "1", "2"])
    #expect(Self.rows(table.imageHeading + table.imageLine(of: image))[0]["image"] == name)
  }

  @Test("Numbers read back to the same, and what a cell lacks is blank")
  func numbers() throws {
    let golden = try #require(MeasuresGolden.load().cases.first { $0.name == "shapes" })
    let image = MeasuredImage("x", cells: golden.labels, image: golden.image)
    let table = MeasureTable(pixelSizes: [nil])
    let rows = Self.rows(table.cellHeading + table.cellLines(of: image))
    #expect(rows.count == image.cells.count)
    for (row, cell) in zip(rows, image.cells) {
      for measure in Measure.all {
        let value = measure.value(of: cell)
        #expect(
          row[measure.name] == "" ? value == nil : row[measure.name].flatMap(Double.init) == value)
      }
      let labels = row["neighbour_labels"]?.split(separator: " ").compactMap { UInt16($0) }
      #expect(labels == cell.neighbours)
    }
    #expect(rows.contains { $0["circularity"] == "" })
    #expect(!table.cellHeading.contains("_um"))
    let bare = MeasuredImage("x", cells: golden.labels)
    #expect(Self.rows(table.cellHeading + table.cellLines(of: bare))[0]["intensity_mean"] == "")
  }

  @Test("Where the size of a pixel is known, lengths and areas stand in micrometres too")
  func micrometres() throws {
    let image = MeasuredImage("x", cells: Self.cells, pixelSize: Self.size(0.5, 0.5))
    let table = MeasureTable(pixelSizes: [image.pixelSize])
    let row = Self.rows(table.cellHeading + table.cellLines(of: image))[0]
    #expect(row["area_um2"] == "1.5")
    let axis = try #require(row["axis_major_length_um"].flatMap(Double.init))
    #expect(abs(axis - 2 * (2.0 / 3).squareRoot()) < 1e-14)
    #expect(row["centroid_x_um"] == "1.0")
    #expect(row["area_convex_um2"] == "1.5")
    for name in ["solidity", "orientation", "label", "bbox_left", "intensity_mean", "pieces"] {
      #expect(row[name] != nil && row[name + "_um"] == nil)
    }
    let means = Self.rows(table.imageHeading + table.imageLine(of: image))[0]
    #expect(means["mean_area_um2"] == "0.75")
    #expect(means["median_area_um2"] == "0.5")
    #expect(means["pixel_width_um"] == "0.5")
  }

  @Test("Lengths need pixels as wide as high within a hundredth, areas do not")
  func isotropy() throws {
    let area = try #require(Measure.named("area"))
    let perimeter = try #require(Measure.named("perimeter"))
    let cell = Self.cells.measures()[0]
    let oblong = try #require(Self.size(0.5, 0.6))
    let nearly = try #require(Self.size(0.995, 1.005))
    #expect(abs((area.value(of: cell, at: oblong) ?? 0) - 1.8) < 1e-12)
    #expect(perimeter.value(of: cell, at: oblong) == nil)
    #expect(perimeter.value(of: cell, at: nearly) == perimeter.value(of: cell))
    let table = MeasureTable(pixelSizes: [nil, oblong])
    #expect(table.cellHeading.contains(",area_um2,") && !table.cellHeading.contains("_um,"))
  }

  @Test("In a project of several sizes of pixels each image has what is known of it")
  func mixed() {
    let sizes = [nil, Self.size(0.5, 0.6), Self.size(2, 2)]
    let table = MeasureTable(pixelSizes: sizes)
    let rows = sizes.map { size in
      let image = MeasuredImage("x", cells: Self.cells, pixelSize: size)
      return Self.rows(table.cellHeading + table.cellLines(of: image))[1]
    }
    #expect(rows.map { $0["area_um2"] } == ["", "0.3", "4.0"])
    #expect(rows.map { $0["feret_diameter_max_um"] } == ["", "", "2.0"])
    #expect(rows.map { $0["feret_diameter_max"] } == ["1.0", "1.0", "1.0"])
  }

  @Test("A row an image has its count, its confluence and its cells' means and medians")
  func images() {
    let image = MeasuredImage("x", cells: Self.cells)
    let table = MeasureTable(pixelSizes: [nil])
    let row = Self.rows(table.imageHeading + table.imageLine(of: image))[0]
    #expect(row["cells"] == "3" && row["confluence"] == "0.375")
    #expect(row["mean_area"] == "3.0" && row["median_area"] == "2.0")
    #expect(row["mean_touches_border"] == "\(2.0 / 3)")
    #expect(row["mean_circularity"] == row["median_circularity"])
    #expect(row["mean_intensity_mean"] == "")
    for name in ["label", "orientation", "centroid_x", "bbox_top"] {
      #expect(row["mean_" + name] == nil)
    }
    let empty = MeasuredImage("y", cells: LabelImage(width: 2, height: 2))
    let blank = Self.rows(table.imageHeading + table.imageLine(of: empty))[0]
    #expect(blank["cells"] == "0" && blank["confluence"] == "0.0" && blank["mean_area"] == "")
    #expect(table.cellLines(of: empty).isEmpty)
  }

  @Test("Pixels of which nothing is known count neither for nor against confluence")
  func unknown() {
    var unknown = Mask(width: 6, height: 4)
    unknown.fill(0..<8, with: true)
    #expect(MeasuredImage("x", cells: Self.cells, unknown: unknown).confluence == 0.5)
    unknown.fill(0..<24, with: true)
    #expect(MeasuredImage("x", cells: Self.cells, unknown: unknown).confluence == nil)
  }
}
