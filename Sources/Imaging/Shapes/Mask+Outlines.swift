extension Mask {
  /// Makes the inside of a polygon cell, as COCO's own tools do (`rleFrPoly` of pycocotools).
  ///
  /// The outline is drawn five times as large, and a column's pixels change sides where it crosses the
  /// column's middle; parts that the outline encloses twice are outside.
  ///
  /// - Parameter corners: x and y by turns, in pixels from the image's top left corner.
  /// - Precondition: an even number of coordinates, 6 at least, each finite and below 10^6 either way.
  public mutating func fill(polygon corners: [Double]) {
    precondition(
      corners.count >= 6 && corners.count % 2 == 0 && corners.allSatisfy { abs($0) < 1e6 },
      "\(corners.count) coordinates, or such as lie far outside")
    var crossings = PolygonCrossings(width: width, height: height)
    let points = stride(from: 0, to: corners.count, by: 2).map { place in
      PixelPoint(
        x: Int(PolygonCrossings.scale * corners[place] + 0.5),
        y: Int(PolygonCrossings.scale * corners[place + 1] + 0.5))
    }
    for (place, point) in points.enumerated() {
      crossings.add(from: point, to: points[(place + 1) % points.count])
    }
    fill(columnEdges: crossings.places.sorted())
  }

  /// Makes runs of pixels cell that are counted down the columns, as COCO's run lengths are.
  ///
  /// - Parameter lengths: of background and cell by turns.
  /// - Precondition: none is negative, and their sum is `width * height`.
  public mutating func fill(columnRuns lengths: [Int]) {
    precondition(
      lengths.allSatisfy { $0 >= 0 } && lengths.reduce(0, +) == width * height,
      "runs of \(lengths.reduce(0, +)) pixels for \(width)x\(height)")
    var place = 0
    fill(
      columnEdges: lengths.map { length in
        place += length
        return place
      })
  }

  /// Fills from each odd edge to the next, places being counted down the columns.
  private mutating func fill(columnEdges edges: [Int]) {
    for first in stride(from: 0, to: edges.count, by: 2) {
      let end = first + 1 < edges.count ? edges[first + 1] : width * height
      for place in edges[first]..<end { self[place / height, place % height] = true }
    }
  }
}
