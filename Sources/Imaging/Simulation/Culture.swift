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
    for index in map.cells.indices { fill(index, using: &generator) }
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

  /// Puts nucleoli into a cell, and organelles, around the middle of a star and along capsules.
  private mutating func fill(_ index: Int, using generator: inout SeededGenerator) {
    let cell = map.cells[index]
    let outline = cell.outline
    if !cell.kind.isHigh {
      for _ in 0..<1 + generator.index(below: 3) {
        let place = generator.place(in: -0.6...0.6) * cell.nucleus
        let across = SIMD2(-outline.axis.y, outline.axis.x)
        map.addSpot(
          at: outline.center + outline.axis * place.x + across * place.y,
          radius: scale * generator.draw(1...1.9), phase: generator.draw(settings.nucleolusPhase),
          within: Int32(index))
      }
    }
    let density = generator.draw(settings.organelleDensity)
    if outline.star != nil {
      let count = min(Int(density * 3 * outline.bodyRadius * outline.bodyRadius), 400)
      let spread = outline.bodyRadius * generator.draw(0.35...0.9)
      for _ in 0..<count {
        let place = outline.center + generator.scatter() * spread
        addOrganelle(at: place, in: index, using: &generator)
      }
    }
    fillCapsules(index, density: density, using: &generator)
  }

  /// Organelles along a cell's capsules.
  private mutating func fillCapsules(
    _ index: Int, density: Float, using generator: inout SeededGenerator
  ) {
    let cell = map.cells[index]
    let capsules = cell.outline.capsules
    guard !capsules.isEmpty else { return }
    let area = capsules.reduce(Float(0)) {
      let along = $1.end - $1.start
      return $0 + (along.length + $1.startRadius) * ($1.startRadius + $1.endRadius)
    }
    for _ in 0..<min(Int(density * area), 400) {
      let capsule = capsules[generator.index(below: capsules.count)]
      let t = Float(generator.uniform()) * (cell.kind == .flat ? 1 : Float(generator.uniform()))
      let spread = capsule.startRadius + t * (capsule.endRadius - capsule.startRadius)
      let offset = generator.scatter() * spread * 0.6
      let place = capsule.start + t * (capsule.end - capsule.start) + offset
      addOrganelle(at: place, in: index, using: &generator)
    }
  }

  /// Adds an organelle, but for the nucleus, which holds none.
  private mutating func addOrganelle(
    at place: SIMD2<Float>, in index: Int, using generator: inout SeededGenerator
  ) {
    let radius = scale * generator.draw(0.7...1.5)
    let phase = generator.draw(settings.organellePhase)
    if map.cells[index].nucleusDepth(at: place) > 0 { return }
    map.addSpot(at: place, radius: radius, phase: phase, within: Int32(index))
  }
}
