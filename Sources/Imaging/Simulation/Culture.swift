import Basics
import Foundation

/// Grows a culture: places cells alone and in crowds and fills them.
struct Culture {
  /// How large all that lives is.
  let scale: Float
  private let settings: SimulationSettings
  private let wantedArea: Int
  private let crowding: Float
  private let alignment: Float
  private let filopodia: Float
  /// How often each kind is drawn in this culture.
  private let shares: [(choice: CellKind, share: Float)]
  /// Where things grow: from and to, in rows and columns.
  private let ground: ClosedRange<Float>
  /// The rows and columns that are seen.
  private let view: ClosedRange<Float>
  private var map: PhaseMap

  /// Draws what a culture around the middle `size` pixels of a map of `side` pixels is like.
  init(
    side: Int, size: Int, settings: SimulationSettings, using generator: inout SeededGenerator
  ) {
    self.settings = settings
    scale = generator.drawLogarithmic(settings.magnification)
    // Cells from outside reach into the picture, and so do their halos.
    let margin = Float(min(side - size, Int(88 * max(scale, 0.5)))) / 2
    let middle = Float(side) / 2
    view = (middle - Float(size) / 2)...(middle + Float(size) / 2)
    ground = (view.lowerBound - margin)...(view.upperBound + margin)
    let extent = ground.upperBound - ground.lowerBound
    let coverage = generator.drawLogarithmic(settings.coverage) * min(max(scale, 0.4), 1)
    wantedArea = generator.chance(settings.emptyRate) ? 0 : Int(coverage * extent * extent)
    crowding = generator.draw(settings.crowding)
    alignment = generator.draw(settings.alignment)
    let spikes = generator.draw(settings.filopodia)
    filopodia = generator.chance(settings.filopodiaRate) ? spikes : 0
    let prevalence = generator.draw(settings.prevalence)
    shares = CellKind.allCases.map { kind in
      let favour = pow(Float(generator.uniform(0.05..<1)), prevalence)
      // Cells in division and dead ones stay few, whatever else prevails.
      let isRare = kind == .mitotic || kind == .dead
      return (kind, (settings.kinds[kind] ?? 0) * (isRare ? 0.4 * favour : favour))
    }
    map = PhaseMap(side: side)
  }

  /// Grows the cells and returns the whole map.
  mutating func grow(using generator: inout SeededGenerator) -> PhaseMap {
    let side = map.side
    let coarse = NoiseField(extent: side, spacing: 22 * scale, using: &generator)
    let fine = NoiseField(extent: side, spacing: max(4.5 * scale, 1.5), using: &generator)
    var attempts = 0
    while map.cellPixels < wantedArea, attempts < 2500 {
      attempts += 1
      let cell = drawCell(using: &generator)
      if hasRoom(for: cell) { map.add(cell, coarse: coarse, fine: fine) }
    }
    let turn = generator.angle()
    let ruffles = NoiseField(
      extent: side, spacing: max(2.6 * scale, 1.2), angle: turn, using: &generator)
    // Stress fibres and folds under tension run side by side.
    let folds = NoiseField(
      extent: side, spacing: max(generator.draw(2.5...7) * scale, 1.5),
      stretch: generator.draw(settings.tension), angle: turn + 0.6, using: &generator)
    map.raiseCells(ruffles: ruffles, folds: folds)
    let filling = CellFilling(settings: settings, scale: scale)
    for index in map.cells.indices { filling.fill(index, of: &map, using: &generator) }
    let dirt = Dirt(settings: settings, scale: scale, ground: ground, using: &generator)
    dirt.strew(over: &map, using: &generator)
    return map
  }

  private func drawCell(using generator: inout SeededGenerator) -> SimulatedCell {
    let kind = generator.draw(shares)
    // The first one is seen in any case.
    let place = map.cells.isEmpty ? view : ground
    var center = generator.place(in: place)
    var angle = generator.angle()
    if !map.cells.isEmpty, generator.chance(crowding) {
      let neighbour = map.cells[generator.index(below: map.cells.count)].outline
      let direction = generator.angle()
      let gap = neighbour.bodyRadius * 1.2 + scale * generator.draw(5...22)
      center = neighbour.center + SIMD2(toward: direction) * gap
      if generator.chance(alignment) {
        angle = atan2(neighbour.axis.y, neighbour.axis.x) + generator.draw(-0.3...0.3)
      }
    }
    // Cells of one culture differ in size, too.
    return SimulatedCell(
      kind, at: center, angle: angle, scale: scale * generator.draw(0.8...1.25),
      filopodia: filopodia, settings: settings, using: &generator)
  }

  /// Whether a cell would not lie over the body of another one.
  private func hasRoom(for cell: SimulatedCell) -> Bool {
    let outline = cell.outline
    guard ground.contains(outline.center.x), ground.contains(outline.center.y),
      map.depth(at: outline.center) > 0.5 * min(outline.bodyRadius, 7 * max(scale, 1))
    else { return false }
    return outline.capsules.allSatisfy { map.depth(at: ($0.start + $0.end) / 2) > -1.5 }
  }
}
