import Basics

/// Puts into cells what cells hold: nucleoli and organelles.
struct CellFilling {
  let settings: SimulationSettings
  /// How large all that lives is.
  let scale: Float

  /// Puts nucleoli into a cell, and organelles, around the middle of a star and along capsules.
  func fill(
    _ index: Int, of map: inout PhaseMap, using generator: inout SeededGenerator
  ) {
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
        addOrganelle(at: place, in: index, of: &map, using: &generator)
      }
    }
    fillCapsules(index, of: &map, density: density, using: &generator)
  }

  /// Organelles along a cell's capsules.
  private func fillCapsules(
    _ index: Int, of map: inout PhaseMap, density: Float, using generator: inout SeededGenerator
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
      addOrganelle(at: place, in: index, of: &map, using: &generator)
    }
  }

  /// Adds an organelle, but for the nucleus, which holds none.
  private func addOrganelle(
    at place: SIMD2<Float>, in index: Int, of map: inout PhaseMap,
    using generator: inout SeededGenerator
  ) {
    let radius = scale * generator.draw(0.7...1.5)
    let phase = generator.draw(settings.organellePhase)
    if map.cells[index].nucleusDepth(at: place) > 0 { return }
    map.addSpot(at: place, radius: radius, phase: phase, within: Int32(index))
  }
}
