import Basics
import Foundation

/// Grows a crowd: cells of one kind and about one size that touch each other.
struct Crowd {
  let kind: CrowdKind
  /// Mean diameter of the cells in pixels.
  let diameter: Float
  /// Pixels in a row of the picture, and rows.
  private let size: Int
  private let settings: SimulationSettings
  /// Part of the picture that cells cover.
  private let coverage: Float

  /// How large all that lives is, as for a ``Culture``.
  var scale: Float { diameter / 26 }

  /// Draws what a crowd in a picture of `size` pixels is like.
  init(size: Int, settings: SimulationSettings, using generator: inout SeededGenerator) {
    self.size = size
    self.settings = settings
    let crowds = settings.crowds
    kind = generator.draw(
      CrowdKind.allCases.map { (choice: $0, share: crowds.kinds[$0] ?? 0) })
    let diameters = crowds.diameters[kind] ?? 10...120
    let least = diameters.lowerBound
    let most = max(min(diameters.upperBound, crowds.largest * Float(size)), least)
    diameter = generator.drawLogarithmic(least...most)
    coverage = generator.drawLogarithmic(crowds.coverages[kind] ?? 0.1...1)
  }

  /// Grows it in the middle of a map of `side` pixels.
  func grow(side: Int, using generator: inout SeededGenerator) -> PhaseMap {
    var map = PhaseMap(side: side)
    let middle = Float(side) / 2
    let reach = Float(size) / 2 + min(1.5 * diameter, Float(side - size) / 2)
    let ground = (middle - reach)...(middle + reach)
    if kind == .tissue {
      var tissue = Tissue(
        scale: scale, coverage: coverage, ground: ground, settings: settings, using: &generator)
      tissue.grow(on: &map, using: &generator)
    } else {
      let colonies = Colonies(
        kind, diameter: diameter, coverage: coverage, ground: ground, settings: settings.crowds,
        using: &generator)
      colonies.grow(on: &map, using: &generator)
    }
    var settings = settings
    settings.roughPhase = settings.crowds.roughPhase
    if generator.chance(settings.crowds.cleanRate) { settings.leaveOutDirt() }
    let dirt = Dirt(settings: settings, scale: scale, ground: ground, using: &generator)
    dirt.strew(over: &map, using: &generator)
    return map
  }
}

extension SimulationSettings {
  /// Leaves out all but a few crumbs and the medium.
  fileprivate mutating func leaveOutDirt() {
    debrisDensity = 0...0.3
    (clumpRate, gravelRate, roughRate, scratchRate, ringRate) = (0, 0, 0, 0, 0.05)
    mediumPhase = 0.001...0.02
  }
}
