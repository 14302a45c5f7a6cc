/// What crowds of touching cells may be like; every picture draws its own values.
///
/// "Optics" and "eye" mean what they do in ``SimulationSettings``: the theory of the microscope,
/// and what published pictures of many laboratories look like; no picture was fitted.
struct CrowdSettings: Equatable, Sendable {
  // MARK: The crowd

  /// How often each kind of crowd is drawn; relative.
  ///
  /// Tissue is what most laboratories grow.
  var kinds: [CrowdKind: Float] = [
    .yeast: 2.4, .bacteria: 1.5, .epithelium: 1.2, .heap: 2.8, .tissue: 4,
  ]
  /// Mean diameter of a picture's cells in pixels, drawn evenly on a logarithmic scale.
  ///
  /// From the least of which a network still sees where one ends, to the largest of which it sees
  /// one whole. Bacteria and yeasts are seen no larger (optics: the best objectives), and spread
  /// cells that are smaller have no shape.
  var diameters: [CrowdKind: ClosedRange<Float>] = [
    .yeast: 10...80, .bacteria: 10...56, .epithelium: 13...120, .heap: 10...120, .tissue: 17...110,
  ]
  /// Largest mean diameter as a part of the picture, so that there are cells enough for a crowd.
  var largest: Float = 0.5
  /// Part of the picture that cells would cover side by side, drawn evenly on a logarithmic scale:
  /// heaps may be a few pairs, epithelia have few holes.
  var coverages: [CrowdKind: ClosedRange<Float>] = [
    .yeast: 0.08...1, .bacteria: 0.08...0.9, .epithelium: 0.3...1.1, .heap: 0.04...1,
    .tissue: 0.12...0.9,
  ]
  /// Cells that begin a colony, as a part of all, drawn evenly on a logarithmic scale: from one heap
  /// to pairs.
  var founders: ClosedRange<Float> = 0.004...0.5
  /// Up to which gap cells cling to each other, as a part of their radii: little where media flow,
  /// much where cells are sticky.
  var grip: ClosedRange<Float> = 0.1...0.5
  /// Pictures whose ground is clean: agar, glass, a chamber. (Eye.)
  var cleanRate: Float = 0.35
  /// Phase of the others' ground where it is rough: hardly less than below cells alone, or rough ground
  /// is taken for a crowd of faint cells.
  var roughPhase: ClosedRange<Float> = 0.015...0.09

  // MARK: What the kinds look like

  /// Looks of cells that are bodies in a packing; tissue has the looks of cells alone.
  var looks: [CrowdKind: CrowdLook] = [
    .yeast: .yeast, .bacteria: .bacteria, .epithelium: .epithelium, .heap: .heap,
  ]
  /// Part of the yeast cells that have a bud that still grows: none in a culture at rest. (Eye.)
  var budRate: ClosedRange<Float> = 0...0.5
  /// Diameter of such a bud as a part of its mother's; smaller ones are seen as a part of her.
  var bud: ClosedRange<Float> = 0.3...0.75
  /// Width of a bacterium as a part of the mean diameter, which is that of a disc of its area.
  var rodWidth: ClosedRange<Float> = 0.4...0.75
  /// Length at which a rod divides, in widths. (Eye: from stout rods of minimal medium to slender ones.)
  var rodLength: ClosedRange<Float> = 3...8
  /// Pictures of bacteria in which some do not divide: filaments, of stress and drugs.
  var filamentRate: Float = 0.25
  /// Part of the bacteria that do not in such a picture.
  var filaments: ClosedRange<Float> = 0.03...0.5
  /// Pictures of heaps whose cells lie upon each other instead of flattening each other.
  var pileRate: Float = 0.4

  // MARK: Tissue

  /// How often each kind of cell is drawn in tissue; relative.
  var cells: [CellKind: Float] = [
    .spindle: 3, .spread: 3, .flat: 1, .polygonal: 3, .fan: 1.2, .rounded: 0.4, .mitotic: 0.12,
  ]
  /// How far a cell reaches over its neighbour's rim, as a part of the diameter. (Eye: motile cells
  /// hardly overlap.)
  var overlap: ClosedRange<Float> = 0.01...0.1
  /// Part of a cell's rim that may lie over other cells: more of it makes heaps.
  var covered: ClosedRange<Float> = 0.15...0.5
  /// Part of a tissue's cells that begin a pair fresh from division. (Eye: an hour of a day.)
  var pairRate: ClosedRange<Float> = 0...0.04

  // MARK: The microscope

  /// How often each kind of contrast is drawn; relative.
  ///
  /// More bright field and interference contrast than for cells alone: yeasts, bacteria and cells in
  /// suspension are often looked at so. (Eye.)
  var contrasts: [Contrast: Float] = [
    .positivePhase: 58, .negativePhase: 5, .brightField: 15, .differentialInterference: 22,
  ]
  /// Pictures of bright field and interference contrast taken with the condenser wide open.
  ///
  /// Optics: that is how interference contrast is meant; a narrow one lets thick cells glitter.
  var openRate: Float = 0.65
  /// Half the shear of interference contrast then, in radians a cycle a pixel. (Optics: 0.2 to 0.5
  /// um at 20x to 60x.)
  var shear: ClosedRange<Float> = 2...9
}
