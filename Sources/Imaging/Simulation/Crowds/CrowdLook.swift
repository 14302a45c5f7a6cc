/// What the cells of a kind of crowd may look like; every picture draws its own values.
///
/// Lengths are parts of a cell's mean diameter unless told otherwise, phases are in radians
/// (optics: cells of 1 to 10 um, 0.01 to 0.06 denser than the medium, green light).
struct CrowdLook: Equatable, Sendable {
  /// Phase of a cell at its thickest.
  var height: ClosedRange<Float>
  /// How much cells of one picture differ in that, as a part of it.
  var unevenness: ClosedRange<Float> = 0...0.25
  /// Depth below the edge at which a cell has its full height, as a part of its radius: 1 is a ball.
  var rim: ClosedRange<Float> = 0.8...1
  /// Phase of the edge itself: a wall that is denser, or a cleft.
  var wall: ClosedRange<Float> = 0...0
  /// Length over width.
  var elongation: ClosedRange<Float> = 1...1.4
  /// How much the cells of one picture differ in diameter, as a part of it.
  var spread: ClosedRange<Float> = 0.05...0.2
  /// By how much two cells give way where they touch, as a part of their radii.
  var give: ClosedRange<Float> = 0.02...0.12
  /// Pictures that are one lawn from border to border, and no colonies.
  var lawnRate: Float = 0.25
  /// Pictures whose cells lie more or less parallel.
  var alignmentRate: Float = 0
  /// How far space is bent, so that no cell is quite regular.
  var warp: ClosedRange<Float> = 0...0.12
  /// Irregularities of the edge.
  var raggedness: ClosedRange<Float> = 0...0.03
  /// Unevenness of the surface as a part of the height.
  var roughness: ClosedRange<Float> = 0.02...0.2
  /// Probability that a picture's cells show a nucleus.
  var nucleusRate: Float = 0
  /// Diameter of the nucleus.
  var nucleus: ClosedRange<Float> = 0.35...0.55
  /// Phase that it adds, or takes away.
  var nucleusPhase: ClosedRange<Float> = -0.15...0.2
  /// How many vacuoles a cell has at most.
  var vacuoles = 0
  /// Diameter of a vacuole.
  var vacuole: ClosedRange<Float> = 0.2...0.5
  /// Phase of a vacuole as a part of the cell's height.
  var vacuolePhase: ClosedRange<Float> = -0.6 ... -0.15
  /// Granules for each area of a tenth by a tenth of the diameter.
  var granules: ClosedRange<Float> = 0...0.4
  /// Phase of a granule.
  var granulePhase: ClosedRange<Float> = 0.02...0.2

  /// Thick, even, with a wall, and often a large vacuole.
  static let yeast = CrowdLook(
    height: 0.5...2.6, wall: 0...0.5, elongation: 1...1.35, spread: 0.05...0.16, give: 0.02...0.1,
    warp: 0...0.07, raggedness: 0...0.008, roughness: 0.02...0.1, nucleusRate: 0.3,
    nucleus: 0.25...0.4, nucleusPhase: -0.2...0.3, vacuoles: 2, granules: 0...0.25,
    granulePhase: 0.05...0.5)
  /// Thin and plain.
  static let bacteria = CrowdLook(
    height: 0.25...1.4, unevenness: 0...0.15, wall: 0...0.1, spread: 0.02...0.08,
    give: 0.02...0.12, warp: 0...0.3, raggedness: 0...0.01, roughness: 0...0.12,
    granules: 0...0.1, granulePhase: 0.03...0.2)
  /// Flat, with nuclei that show better than the seams.
  static let epithelium = CrowdLook(
    height: 0.12...0.6, rim: 0.15...0.9, wall: -0.12...0.15, elongation: 1...2.4,
    spread: 0.05...0.22, give: 0.02...0.1, lawnRate: 0.3, alignmentRate: 0.5, warp: 0.03...0.2,
    raggedness: 0...0.03,
    roughness: 0.05...0.5, nucleusRate: 0.85, nucleusPhase: -0.15...0.25, granules: 0...1,
    granulePhase: 0.02...0.16)
  /// From balls to cells half spread, smooth or rough.
  static let heap = CrowdLook(
    height: 0.3...3, unevenness: 0...0.5, rim: 0.35...1, wall: 0...0.1, elongation: 1...1.7,
    spread: 0.05...0.25, give: 0.03...0.22, lawnRate: 0.15, warp: 0...0.16, raggedness: 0...0.07,
    roughness: 0.02...0.35, nucleusRate: 0.4, nucleusPhase: -0.15...0.25, vacuoles: 1,
    vacuole: 0.1...0.3, granules: 0...1.2, granulePhase: 0.02...0.35)
}
