import Foundation

/// A culture seen by its optical thickness: the phase of every pixel, and which of them are cell.
///
/// Where cells touch, each pixel belongs to the cell that it is deepest in, and both grow thin
/// towards the line between them.
struct PhaseMap {
  /// Pixels in a row, and rows.
  let side: Int
  /// Optical delay in radians against the plain medium.
  var phase: [Float]
  /// The cell of each pixel, -1 for none.
  private(set) var owner: [Int32]
  /// The cell whose outline each pixel is deepest in or, outside of all, nearest to; -1 where none is near.
  private(set) var closest: [Int32]
  /// Depth in that outline: distance from it, negative inside.
  private(set) var nearest: [Float]
  /// The same for the next cell.
  private var second: [Float]
  /// Pixels that are cell.
  private(set) var cellPixels = 0
  /// The cells so far.
  var cells: [SimulatedCell] = []

  /// An empty culture.
  init(side: Int) {
    self.side = side
    let count = side * side
    phase = Array(repeating: 0, count: count)
    owner = Array(repeating: -1, count: count)
    closest = owner
    nearest = Array(repeating: 1000, count: count)
    second = Array(repeating: 1000, count: count)
  }

  /// Depth below the nearest outline at a place, negative inside a cell.
  func depth(at point: SIMD2<Float>) -> Float {
    let (x, y) = (Int(point.x), Int(point.y))
    guard (0..<side).contains(x), (0..<side).contains(y) else { return 1000 }
    return nearest[y * side + x]
  }

  /// Lays a cell's outline down; `coarse` and `fine` noise make it irregular.
  mutating func add(_ cell: SimulatedCell, coarse: NoiseField, fine: NoiseField) {
    let index = Int32(cells.count)
    cells.append(cell)
    lay(
      index, around: cell.outline.center, reach: cell.outline.reach,
      distance: { cell.outline.distance(from: $0 + cell.bend(at: $0, by: coarse)) },
      edge: { cell.raggedness * fine[$0.x, $0.y] })
  }

  /// Lays an outline down that is within `reach` of `center`; `edge` makes it irregular.
  mutating func lay(
    _ index: Int32, around center: SIMD2<Float>, reach: Float,
    distance: (SIMD2<Float>) -> Float, edge: (SIMD2<Float>) -> Float
  ) {
    visit(around: center, reach: reach, distance: distance) { map, point, distance, place in
      map.lay(index, distance + edge(point), at: place)
    }
  }

  /// Goes through the pixels of which a distance says that they are inside of a cell or a few pixels away from it.
  mutating func visit(
    around center: SIMD2<Float>, reach: Float, distance: (SIMD2<Float>) -> Float,
    body: (inout PhaseMap, _ point: SIMD2<Float>, _ distance: Float, _ place: Int) -> Void
  ) {
    let (columns, rows) = box(around: center, reach: reach + 5)
    for top in stride(from: rows.lowerBound, to: rows.upperBound, by: 4) {
      for left in stride(from: columns.lowerBound, to: columns.upperBound, by: 4) {
        // Far from the outline nothing is to be done: look at the tile's middle first.
        let far = distance(SIMD2(Float(left) + 1.5, Float(top) + 1.5))
        guard far < Self.band + 4 else { continue }
        for y in top..<min(top + 4, rows.upperBound) {
          for x in left..<min(left + 4, columns.upperBound) {
            let point = SIMD2(Float(x), Float(y))
            let distance = distance(point)
            guard distance < Self.band else { continue }
            body(&self, point, distance, y * side + x)
          }
        }
      }
    }
  }

  /// How far from its outline a cell is still noticed by its neighbours.
  private static let band: Float = 4

  /// Takes a cell's distance at a place into account.
  private mutating func lay(_ index: Int32, _ distance: Float, at place: Int) {
    if distance < nearest[place] {
      if distance < 0, owner[place] < 0 { cellPixels += 1 }
      second[place] = nearest[place]
      nearest[place] = distance
      closest[place] = index
      if distance < 0 { owner[place] = index }
    } else if distance < second[place] {
      second[place] = distance
    }
  }

  /// Takes a cell's distance at a place into account that lies over the others, or under them.
  mutating func claim(_ index: Int32, _ distance: Float, above: Bool, at place: Int) {
    let isFree = owner[place] < 0
    if distance < 0, isFree || above {
      if isFree { cellPixels += 1 }
      (owner[place], closest[place], nearest[place]) = (index, index, distance)
    } else if isFree, distance < nearest[place] {
      (closest[place], nearest[place]) = (index, distance)
    }
  }

  /// Gives every cell its thickness, uneven by fine ruffles and coarser folds.
  mutating func raiseCells(ruffles: NoiseField, folds: NoiseField) {
    let cells = cells
    raise { owner, point, depth in
      cells[owner].thickness(
        at: point, depth: depth,
        ruffle: 0.6 * ruffles[point.x, point.y] + 0.6 * folds[point.x, point.y])
    }
  }

  /// Gives every cell the thickness that a function of the cell, the place and the depth there tells.
  mutating func raise(_ thickness: (Int, SIMD2<Float>, _ depth: Float) -> Float) {
    for y in 0..<side {
      for x in 0..<side {
        let place = y * side + x
        guard owner[place] >= 0 else { continue }
        // Half way to the neighbour is as thin as the rim.
        let depth = min(-nearest[place], (second[place] - nearest[place]) / 2 + 0.4)
        phase[place] += thickness(Int(owner[place]), SIMD2(Float(x), Float(y)), depth)
      }
    }
  }

  /// Adds a soft round spot; with `within` only where that cell is more than a pixel deep.
  mutating func addSpot(
    at center: SIMD2<Float>, radius: Float, phase peak: Float, within cell: Int32? = nil
  ) {
    let (columns, rows) = box(around: center, reach: 2.5 * radius)
    let sharpness = -1 / (2 * (0.6 * radius) * (0.6 * radius))
    for y in rows {
      for x in columns {
        let place = y * side + x
        if let cell, owner[place] != cell || nearest[place] > -1 { continue }
        let offset = SIMD2(Float(x), Float(y)) - center
        phase[place] += peak * exp((offset * offset).sum() * sharpness)
      }
    }
  }

  /// Adds rings around a place that fade with their distance from it.
  mutating func addRings(
    at center: SIMD2<Float>, radius: Float, period: Float, phase peak: Float
  ) {
    let (columns, rows) = box(around: center, reach: 2.2 * radius)
    for y in rows {
      for x in columns {
        let offset = SIMD2(Float(x), Float(y)) - center
        let distance = offset.length
        let share = distance / radius
        phase[y * side + x] += peak * cos(2 * .pi * distance / period) * exp(-share * share)
      }
    }
  }

  /// Adds a soft line, such as a scratch.
  mutating func addLine(
    from start: SIMD2<Float>, to end: SIMD2<Float>, width: Float, phase peak: Float
  ) {
    let along = end - start
    let square = max((along * along).sum(), 1e-6)
    let reach = 3 * width
    let low = pointwiseMin(start, end) - reach
    let high = pointwiseMax(start, end) + reach
    for y in pixels(from: Int(low.y), to: Int(high.y) + 1) {
      for x in pixels(from: Int(low.x), to: Int(high.x) + 1) {
        let offset = SIMD2(Float(x), Float(y)) - start
        let t = min(max((offset * along).sum() / square, 0), 1)
        let rest = offset - along * t
        let distance = (rest * rest).sum() / (width * width)
        if distance < 9 { phase[y * side + x] += peak * exp(-distance) }
      }
    }
  }

  /// Puts a wall over all beyond a line: no cells there, and another phase.
  mutating func addWall(
    beyond point: SIMD2<Float>, direction: SIMD2<Float>, phase height: Float, width: Float
  ) {
    for y in 0..<side {
      for x in 0..<side {
        let offset = SIMD2(Float(x), Float(y)) - point
        let beyond = (offset * direction).sum() / width
        guard beyond > -6 else { continue }
        let place = y * side + x
        let share = beyond > 6 ? 1 : 1 / (1 + exp(-beyond))
        phase[place] = phase[place] * (1 - share) + height * share
        if beyond > 0 { (owner[place], closest[place], nearest[place]) = (-1, -1, 1000) }
      }
    }
  }

  /// Adds slow unevenness of the medium.
  mutating func addMedium(_ noise: NoiseField, amplitude: Float) {
    for y in 0..<side {
      for x in 0..<side { phase[y * side + x] += amplitude * noise[Float(x), Float(y)] }
    }
  }

  /// The part of a square around a place that lies on the map.
  func box(
    around center: SIMD2<Float>, reach: Float
  ) -> (columns: Range<Int>, rows: Range<Int>) {
    func range(_ middle: Float) -> Range<Int> {
      pixels(from: Int(middle - reach), to: Int(middle + reach) + 2)
    }
    return (range(center.x), range(center.y))
  }

  /// The part of a range that lies on the map.
  private func pixels(from low: Int, to end: Int) -> Range<Int> {
    let first = min(max(low, 0), side)
    return first..<min(max(end, first), side)
  }
}
