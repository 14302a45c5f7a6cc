import Foundation

/// Grows a culture: places cells alone and in crowds, fills them, and strews debris.
struct Culture {
  private let settings: SimulationSettings
  private let scale: Float
  private let coverage: Float
  private let crowding: Float
  private let alignment: Float
  /// How often each kind is drawn in this culture.
  private let shares: [(kind: CellKind, share: Float)]
  /// Where things grow: from and to, in rows and columns.
  private let ground: ClosedRange<Float>
  private var map: PhaseMap

  /// Draws what a culture on the middle `extent` pixels of a map of `side` pixels is like.
  init(
    side: Int, extent: Int, settings: SimulationSettings, using generator: inout SeededGenerator
  ) {
    self.settings = settings
    let start = Float(side - min(extent, side)) / 2
    ground = start...(Float(side) - start)
    scale = generator.draw(settings.magnification)
    coverage = generator.draw(settings.coverage)
    crowding = generator.draw(settings.crowding)
    alignment = generator.draw(settings.alignment)
    let prevalence = generator.draw(settings.prevalence)
    var shares: [(kind: CellKind, share: Float)] = []
    for kind in CellKind.allCases {
      let favour = pow(Float(generator.uniform(0.05..<1)), prevalence)
      // Cells in division stay few, whatever else prevails.
      shares.append((kind, (settings.kinds[kind] ?? 0) * (kind == .mitotic ? 0.5 : favour)))
    }
    self.shares = shares
    map = PhaseMap(side: side)
  }

  /// Grows the cells and returns the whole map.
  mutating func grow(using generator: inout SeededGenerator) -> PhaseMap {
    let side = map.side
    let coarse = NoiseField(extent: side, spacing: 22 * scale, using: &generator)
    let fine = NoiseField(extent: side, spacing: 4.5 * scale, using: &generator)
    let wanted = Int(coverage * groundArea)
    var attempts = 0
    while map.cellPixels < wanted, attempts < 4000 {
      attempts += 1
      let cell = drawCell(using: &generator)
      if hasRoom(for: cell) { map.add(cell, coarse: coarse, fine: fine) }
    }
    map.raiseCells(ruffles: NoiseField(extent: side, spacing: 2.6 * scale, using: &generator))
    for index in map.cells.indices { fill(index, using: &generator) }
    strew(using: &generator)
    let medium = NoiseField(extent: side, spacing: 30, using: &generator)
    map.addMedium(medium, amplitude: generator.draw(settings.mediumPhase))
    return map
  }

  private func drawCell(using generator: inout SeededGenerator) -> SimulatedCell {
    let kind = drawKind(using: &generator)
    var center = randomPlace(using: &generator)
    var angle = generator.draw(0...(2 * .pi))
    if !map.cells.isEmpty, Float(generator.uniform()) < crowding {
      let neighbour = map.cells[generator.index(below: map.cells.count)].outline
      let direction = generator.draw(0...(2 * .pi))
      let gap = neighbour.bodyRadius * 1.2 + scale * generator.draw(5...22)
      center = neighbour.center + SIMD2(cos(direction), sin(direction)) * gap
      if Float(generator.uniform()) < alignment {
        angle = atan2(neighbour.axis.y, neighbour.axis.x) + generator.draw(-0.3...0.3)
      }
    }
    return SimulatedCell(
      kind, at: center, angle: angle, scale: scale, settings: settings, using: &generator)
  }

  private func drawKind(using generator: inout SeededGenerator) -> CellKind {
    let total = shares.reduce(0) { $0 + $1.share }
    var left = Float(generator.uniform()) * total
    for (kind, share) in shares {
      left -= share
      if left < 0 { return kind }
    }
    return .spindle
  }

  private var groundArea: Float {
    let extent = ground.upperBound - ground.lowerBound
    return extent * extent
  }

  /// Whether a cell would not lie over the body of another one.
  private func hasRoom(for cell: SimulatedCell) -> Bool {
    let outline = cell.outline
    guard ground.contains(outline.center.x), ground.contains(outline.center.y),
      map.depth(at: outline.center) > 0.5 * min(outline.bodyRadius, 7)
    else { return false }
    return outline.capsules.allSatisfy { map.depth(at: ($0.start + $0.end) / 2) > -1.5 }
  }

  /// Puts nucleoli and organelles into a cell.
  private mutating func fill(_ index: Int, using generator: inout SeededGenerator) {
    let cell = map.cells[index]
    let outline = cell.outline
    if cell.kind != .mitotic {
      for _ in 0..<1 + generator.index(below: 3) {
        let place = SIMD2(generator.draw(-0.6...0.6), generator.draw(-0.6...0.6)) * cell.nucleus
        let across = SIMD2(-outline.axis.y, outline.axis.x)
        map.addSpot(
          at: outline.center + outline.axis * place.x + across * place.y,
          radius: scale * generator.draw(1...1.9), phase: generator.draw(settings.nucleolusPhase),
          within: Int32(index))
      }
    }
    let length = outline.capsules.reduce(Float(0)) {
      let along = $1.end - $1.start
      return $0 + (along * along).sum().squareRoot() + $1.startRadius
    }
    let density = generator.draw(settings.organelleDensity)
    let count = Int(density * length * outline.bodyRadius * 1.6)
    for _ in 0..<count {
      let capsule = outline.capsules[generator.index(below: outline.capsules.count)]
      let t = Float(generator.uniform()) * (cell.kind == .flat ? 1 : Float(generator.uniform()))
      let spread = capsule.startRadius + t * (capsule.endRadius - capsule.startRadius)
      let offset = SIMD2(Float(generator.normal()), Float(generator.normal())) * spread * 0.6
      let place = capsule.start + t * (capsule.end - capsule.start) + offset
      // The nucleus holds none.
      if cell.nucleusDepth(at: place) > 0 { continue }
      map.addSpot(
        at: place, radius: scale * generator.draw(0.7...1.5),
        phase: generator.draw(settings.organellePhase),
        within: Int32(index))
    }
  }

  /// Strews debris on the ground, and things that float out of focus.
  private mutating func strew(using generator: inout SeededGenerator) {
    let area = groundArea / 10_000
    for _ in 0..<Int(area * generator.draw(settings.debrisDensity)) {
      let place = randomPlace(using: &generator)
      let crumbs = generator.chance(0.2) ? 2 + generator.index(below: 4) : 1
      for _ in 0..<crumbs {
        let offset = SIMD2(Float(generator.normal()), Float(generator.normal()))
        map.addSpot(
          at: place + (crumbs > 1 ? 3 * offset : .zero),
          radius: scale * generator.draw(settings.debrisRadius),
          phase: generator.draw(settings.debrisPhase))
      }
    }
    for _ in 0..<Int(area * generator.draw(settings.floaterDensity)) {
      map.addSpot(
        at: randomPlace(using: &generator), radius: scale * generator.draw(8...18),
        phase: generator.draw(-0.12...0.18))
    }
  }

  private func randomPlace(using generator: inout SeededGenerator) -> SIMD2<Float> {
    SIMD2(generator.draw(ground), generator.draw(ground))
  }
}
