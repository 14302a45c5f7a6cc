import Basics
import Foundation

/// How thick the cells of one picture's crowd are where, and what is in them.
struct CrowdRelief {
  /// Phase at the thickest, for a cell of mean height.
  let height: Float
  /// How much cells differ in that.
  let unevenness: Float
  private let rim: Float
  private let wall: Float
  private let wallWidth: Float
  private let roughness: Float
  private let look: CrowdLook
  private let diameter: Float
  private let showsNuclei: Bool
  private let nucleus: (size: Float, phase: Float)
  private let vacuoles: (most: Int, phase: Float)
  private let granules: (density: Float, phase: Float)

  /// Draws the relief of a picture's cells with a mean diameter.
  init(_ look: CrowdLook, diameter: Float, using generator: inout SeededGenerator) {
    self.look = look
    self.diameter = diameter
    height = generator.drawLogarithmic(look.height)
    unevenness = generator.draw(look.unevenness)
    rim = generator.draw(look.rim)
    wall = generator.draw(look.wall)
    wallWidth = max(generator.draw(0.02...0.06) * diameter, 0.7)
    roughness = generator.draw(look.roughness)
    showsNuclei = generator.chance(look.nucleusRate)
    nucleus = (generator.draw(look.nucleus), generator.draw(look.nucleusPhase))
    vacuoles = (generator.index(below: look.vacuoles + 1), generator.draw(look.vacuolePhase))
    granules = (generator.draw(look.granules), generator.draw(look.granulePhase))
  }

  /// Phase of a cell of a height `depth` pixels below its edge; `ruffle` is noise in -1...1.
  func thickness(depth: Float, radius: Float, height: Float, ruffle: Float) -> Float {
    let t = min(max(depth / (rim * radius), 0), 1)
    let arc = (t * (2 - t)).squareRoot()
    let beyond = (depth - wallWidth) / wallWidth
    return height * arc * (1 + roughness * ruffle) + wall * exp(-beyond * beyond)
  }

  /// Puts nucleus, vacuoles and granules into a cell of the map.
  func fill(
    _ body: CrowdBody, _ index: Int, height: Float, of map: inout PhaseMap,
    using generator: inout SeededGenerator
  ) {
    func somewhere(_ share: Float) -> SIMD2<Float> {
      let place = generator.scatter() * share
      return body.center + body.axis * place.x * (body.half + body.radius)
        + SIMD2(-body.axis.y, body.axis.x) * place.y * body.radius
    }
    let within = Int32(index)
    if showsNuclei {
      let center = somewhere(0.12)
      let radius = body.radius * nucleus.size
      map.addDisc(at: center, radius: radius, edge: 0.2, phase: nucleus.phase, within: within)
      for _ in 0..<generator.index(below: 4) {
        map.addSpot(
          at: center + generator.scatter() * (0.4 * radius),
          radius: max(radius * generator.draw(0.15...0.35), 0.6),
          phase: nucleus.phase.magnitude * generator.draw(0.3...1.2), within: within)
      }
    }
    if vacuoles.most > 0 {
      for _ in 0..<generator.index(below: vacuoles.most + 1) {
        map.addDisc(
          at: somewhere(0.25), radius: body.radius * generator.draw(look.vacuole), edge: 0.12,
          phase: height * vacuoles.phase * generator.draw(0.6...1.2), within: within)
      }
    }
    let area = (body.half + body.radius) * body.radius * 400 / (diameter * diameter)
    for _ in 0..<min(Int(granules.density * area * generator.draw(0.3...1.2)), 200) {
      map.addSpot(
        at: somewhere(0.45), radius: max(diameter * generator.draw(0.015...0.05), 0.6),
        phase: granules.phase * generator.draw(0.4...1.3), within: within)
    }
  }
}
