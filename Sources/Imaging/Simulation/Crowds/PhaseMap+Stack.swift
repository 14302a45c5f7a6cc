import Foundation

extension PhaseMap {
  /// Lays a cell over those that are there, or under them, and adds its phase to theirs.
  ///
  /// It lies within `reach` of `center`; `distance` is signed and negative inside, `thickness` the phase at a
  /// place so many pixels below the edge.
  mutating func stack(
    _ index: Int32, around center: SIMD2<Float>, reach: Float, above: Bool,
    distance: (SIMD2<Float>) -> Float, thickness: (SIMD2<Float>, _ depth: Float) -> Float
  ) {
    visit(around: center, reach: reach, distance: distance) { map, point, distance, place in
      if distance < 0 { map.phase[place] += thickness(point, -distance) }
      map.claim(index, distance, above: above, at: place)
    }
  }

  /// Adds a disc whose edge is as wide as a part of its radius; only where a cell is more than a pixel deep.
  mutating func addDisc(
    at center: SIMD2<Float>, radius: Float, edge: Float, phase peak: Float, within cell: Int32
  ) {
    let width = max(edge * radius, 0.5)
    let (columns, rows) = box(around: center, reach: radius + width)
    for y in rows {
      for x in columns {
        let place = y * side + x
        if owner[place] != cell || nearest[place] > -1 { continue }
        let depth = (radius - (SIMD2(Float(x), Float(y)) - center).length) / width
        if depth > -1 { phase[place] += peak * min((depth + 1) / 2, 1) }
      }
    }
  }
}
