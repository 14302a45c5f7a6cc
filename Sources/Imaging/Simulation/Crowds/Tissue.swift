import Basics
import Foundation

/// Grows spindles and spread cells that touch and overlap at their rims.
struct Tissue {
  private let scale: Float
  private let ground: ClosedRange<Float>
  private let settings: SimulationSettings
  private let wantedArea: Int
  private let alignment: Float
  private let filopodia: Float
  private let pairRate: Float
  /// How far a cell reaches over another one's rim, in pixels.
  private let overlap: Float
  private let covered: Float
  private let shares: [(choice: CellKind, share: Float)]
  /// The cells beside which there may be room, and how often there was none.
  private var open: [(cell: Int, failures: Int)] = []

  /// Draws what the tissue is like.
  init(
    scale: Float, coverage: Float, ground: ClosedRange<Float>, settings: SimulationSettings,
    using generator: inout SeededGenerator
  ) {
    // Spread cells are wider than their bodies.
    self.scale = 0.8 * scale
    self.ground = ground
    self.settings = settings
    let extent = ground.upperBound - ground.lowerBound
    wantedArea = Int(coverage * extent * extent)
    alignment = generator.draw(settings.alignment)
    let spikes = generator.draw(settings.filopodia)
    filopodia = generator.chance(0.5 * settings.filopodiaRate) ? spikes : 0
    pairRate = generator.draw(settings.crowds.pairRate)
    overlap = 26 * scale * generator.draw(settings.crowds.overlap)
    covered = generator.draw(settings.crowds.covered)
    let prevalence = generator.draw(settings.prevalence)
    shares = CellKind.allCases.map { kind in
      let favour = pow(Float(generator.uniform(0.05..<1)), prevalence)
      return (kind, (settings.crowds.cells[kind] ?? 0) * (kind == .mitotic ? 0.4 * favour : favour))
    }
  }

  /// Grows it on a map.
  mutating func grow(on map: inout PhaseMap, using generator: inout SeededGenerator) {
    let surface = Surface(
      extent: map.side, scale: scale, tension: settings.tension, using: &generator)
    while map.cellPixels < wantedArea, !open.isEmpty || map.cells.isEmpty {
      let isPair = generator.chance(pairRate)
      let kind = isPair ? .mitotic : generator.draw(shares)
      // Tried more than once, lest small round cells, which fit everywhere, prevail where it is crowded.
      let grew = (0..<6).contains { _ in
        grow(kind, on: &map, surface, using: &generator)
      }
      if grew, isPair {
        // The other half lies beside the first if it can.
        _ = grow(.mitotic, beside: open.count - 1, on: &map, surface, using: &generator)
      }
    }
    let filling = CellFilling(settings: settings, scale: scale)
    for index in map.cells.indices { filling.fill(index, of: &map, using: &generator) }
  }

  /// Lets a cell of a kind grow beside one of those that have room, at an index of `open` or anywhere.
  ///
  /// - Returns: whether there was room.
  private mutating func grow(
    _ kind: CellKind, beside chosen: Int? = nil, on map: inout PhaseMap, _ surface: Surface,
    using generator: inout SeededGenerator
  ) -> Bool {
    let mother = chosen ?? (open.isEmpty ? nil : generator.index(below: open.count))
    let cell = draw(kind, beside: mother.map { map.cells[open[$0].cell] }, using: &generator)
    let direction = SIMD2<Float>(toward: generator.angle())
    var placed: SimulatedCell? = cell
    if mother != nil { placed = slide(cell, toward: direction, on: map, surface) }
    guard let placed else {
      if let mother {
        open[mother].failures += 1
        if open[mother].failures > 4 {
          open.swapAt(mother, open.count - 1)
          open.removeLast()
        }
      }
      return false
    }
    open.append((map.cells.count, 0))
    map.cells.append(placed)
    map.stack(
      Int32(map.cells.count - 1), around: placed.outline.center,
      reach: placed.outline.reach + placed.warp, above: generator.chance(0.6),
      distance: { surface.distance(of: placed, from: $0) },
      thickness: { placed.thickness(at: $0, depth: $1, ruffle: surface.ruffle(at: $0)) })
    return true
  }

  /// A cell of a kind in the middle of another one, or of the ground, often parallel to it.
  private func draw(
    _ kind: CellKind, beside mother: SimulatedCell?, using generator: inout SeededGenerator
  ) -> SimulatedCell {
    let middle = (ground.lowerBound + ground.upperBound) / 2
    let half = 0.25 * (ground.upperBound - middle)
    let center = generator.place(in: middle - half...middle + half)
    var angle = generator.angle()
    let lean = generator.draw(-0.3...0.3)
    if generator.chance(alignment), let axis = mother?.outline.axis {
      angle = atan2(axis.y, axis.x) + lean
    }
    return SimulatedCell(
      kind, at: mother?.outline.center ?? center, angle: angle,
      scale: scale * generator.draw(0.8...1.25), filopodia: filopodia, settings: settings,
      using: &generator)
  }

  /// A cell moved aside until it overlaps the others by no more than it may; nil where that leaves
  /// the ground, or too much of its rim over others.
  private func slide(
    _ cell: SimulatedCell, toward direction: SIMD2<Float>, on map: PhaseMap, _ surface: Surface
  ) -> SimulatedCell? {
    let step = max(0.12 * cell.outline.bodyRadius, 1)
    var far: Float = cell.outline.bodyRadius
    let from = cell.outline.center
    var rim = surface.rim(of: cell)
    var isClose = false
    for _ in 0..<60 {
      let center = from + direction * far
      guard ground.contains(center.x), ground.contains(center.y) else { return nil }
      let depths = rim.map { map.depth(at: center + $0) }
      let deepest = -(depths.min() ?? 0)
      let share = Float(depths.count { $0 < 0 }) / Float(depths.count)
      if map.depth(at: center) > 0, share < covered, deepest < max(overlap, 1) {
        let moved = cell.moved(by: direction * far)
        if isClose { return moved }
        // Where it lies it is bent in another way.
        isClose = true
        rim = surface.rim(of: moved)
        far -= step
      } else {
        far += deepest < 3 * step || isClose ? step : 2 * step
      }
    }
    return nil
  }
}
