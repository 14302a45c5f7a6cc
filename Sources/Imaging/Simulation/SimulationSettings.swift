/// What simulated cultures and their microscopes may be like; every picture draws its own values.
///
/// Lengths are in pixels at `magnification` 1, phases in radians of optical delay against the medium,
/// rates are probabilities a picture. `init()` is the breadth that weights are learnt from; `plain` is
/// one laboratory's bench: what the samples show.
///
/// Where a range comes from is told with it. "Optics" is the theory of the microscope at the usual
/// objectives (4x to 40x, camera pixels of 0.16 to 2 um in the specimen); "eye" is what published
/// phase-contrast pictures of many laboratories look like; no picture was fitted.
public struct SimulationSettings: Equatable, Sendable {
  // MARK: The culture

  /// Size of all that lives, as a factor, drawn evenly on a logarithmic scale: with the kinds' own
  /// sizes cells of 8 to 200 pixels.
  var magnification: ClosedRange<Float> = 0.4...4
  /// Part of the picture that is cell, drawn evenly on a logarithmic scale.
  ///
  /// From one thin cell to a culture about to be confluent. (Eye.) Cells below a magnification of 1
  /// leave more room: many tiny ones side by side cannot be told from rough ground.
  public var coverage: ClosedRange<Float> = 0.025...0.7
  /// Pictures without any cell, so that dirt alone is learnt to be nothing.
  var emptyRate: Float = 0.02
  /// How often each kind of cell is drawn; relative.
  var kinds: [CellKind: Float] = [
    .spindle: 3, .spread: 3, .flat: 1.2, .polygonal: 3, .fan: 3, .branched: 1.4, .rounded: 0.9,
    .mitotic: 0.35, .dead: 0.25, .rod: 0.4,
  ]
  /// How strongly one kind prevails in a picture: 0 not at all; 4 nearly alone.
  var prevalence: ClosedRange<Float> = 0.5...5
  /// Probability that a cell grows at the side of another one.
  var crowding: ClosedRange<Float> = 0.05...0.95
  /// Probability that a cell beside another one lies parallel to it.
  public var alignment: ClosedRange<Float> = 0.1...0.95
  /// Amplitude of the edge's irregularities.
  var raggedness: ClosedRange<Float> = 0.1...1.6
  /// Thin spikes for each radian of a spread, polygonal or fan-shaped cell's edge.
  var filopodia: ClosedRange<Float> = 0...2.2
  /// Probability that a picture's cells have any.
  var filopodiaRate: Float = 0.4
  /// How far beyond a cell's geometric edge its mask reaches, as a part of the microscope's
  /// resolution: a lens shows a cell larger than it is, and people draw what they see.
  var maskReach: Float = 0.25

  /// Probability that a picture is one of a crowd, whose cells touch each other; 0 leaves every picture as it was
  /// before there were crowds, see ``crowded``.
  var crowdRate: Float = 0
  /// What crowds are like.
  var crowds = CrowdSettings()

  // MARK: Thickness (optics: cells of 1 to 10 um, 0.01 to 0.04 denser than the medium, green light)

  /// Phase of a spindle-shaped cell at its thickest.
  var spindlePhase: ClosedRange<Float> = 0.16...0.8
  /// Phase of a spread or polygonal cell's body.
  var spreadPhase: ClosedRange<Float> = 0.14...0.5
  /// Phase of a very flat cell's body: a lamella, at the limit of what can be seen.
  var flatPhase: ClosedRange<Float> = 0.09...0.3
  /// Phase of a round cell that still holds on to its ground, or of a rod.
  var roundedPhase: ClosedRange<Float> = 0.4...1.5
  /// Phase of a cell in division, nearly a ball.
  var mitoticPhase: ClosedRange<Float> = 1.3...3.6
  /// Phase of one of a dead cell's blebs.
  var deadPhase: ClosedRange<Float> = 0.5...2.4
  /// Phase that a nucleus adds (or, less dense than the cell around it, takes away).
  var nucleusPhase: ClosedRange<Float> = -0.08...0.16
  /// Phase of a nucleolus.
  var nucleolusPhase: ClosedRange<Float> = 0.06...0.3
  /// Organelles for each pixel of a cell.
  var organelleDensity: ClosedRange<Float> = 0...0.05
  /// Phase of an organelle.
  var organellePhase: ClosedRange<Float> = 0.02...0.2
  /// Phase of the folds and ruffles of a cell's surface, as a part of its height.
  var ruffles: ClosedRange<Float> = 0.1...0.45
  /// How much longer than wide the coarser folds are: stress fibres.
  var tension: ClosedRange<Float> = 1...6
  /// How much thicker than its lamella a cell's middle is.
  var dome: ClosedRange<Float> = 0.6...2.2

  // MARK: What is no cell

  /// Pieces of debris for each 10,000 pixels.
  var debrisDensity: ClosedRange<Float> = 0...3
  /// Phase of a piece of debris.
  var debrisPhase: ClosedRange<Float> = -0.4...1.4
  /// Radius of a piece of debris.
  var debrisRadius: ClosedRange<Float> = 0.7...3
  /// Pictures with conglomerates of debris. (Eye: serum, dead cells' remains.)
  var clumpRate: Float = 0.25
  /// Conglomerates in such a picture, for each 10,000 pixels.
  var clumpDensity: ClosedRange<Float> = 0.2...2.5
  /// Out-of-focus things that float above the cells, for each 10,000 pixels.
  var floaterDensity: ClosedRange<Float> = 0...0.4
  /// Pictures with things so far out of focus that they show as rings.
  var ringRate: Float = 0.15
  /// Such things for each 10,000 pixels.
  var ringDensity: ClosedRange<Float> = 0.1...1
  /// Pictures whose ground is strewn with grains. (Eye: precipitates, coated or worn plastic.)
  var gravelRate: Float = 0.45
  /// Grains for each 10,000 pixels, drawn evenly on a logarithmic scale.
  var gravelDensity: ClosedRange<Float> = 20...600
  /// Strongest phase of a grain.
  var gravelPhase: ClosedRange<Float> = 0.04...0.4
  /// Radius of a grain in pixels, whatever the magnification.
  var gravelRadius: ClosedRange<Float> = 0.7...2.2
  /// Phase of the medium's slow unevenness.
  var mediumPhase: ClosedRange<Float> = 0.003...0.06
  /// Pictures whose ground is rough all over. (Eye: collagen, gelatine, worn plastic.)
  var roughRate: Float = 0.3
  /// Phase of that roughness.
  var roughPhase: ClosedRange<Float> = 0.02...0.11
  /// Width of its bumps in pixels, whatever the magnification.
  var roughSpacing: ClosedRange<Float> = 1.8...8
  /// How much longer than wide the medium's waves may be: ground and brushed plastic.
  public var grain: ClosedRange<Float> = 1...5
  /// Pictures with scratches in the plastic.
  var scratchRate: Float = 0.07
  /// Pictures with the wall of a chamber or channel.
  var wallRate: Float = 0.03

  // MARK: The microscope

  /// How often each kind of contrast is drawn; relative.
  var contrasts: [Contrast: Float] = [
    .positivePhase: 84, .negativePhase: 5, .brightField: 5, .differentialInterference: 6,
  ]
  /// Radius of the phase ring in cycles a pixel at magnification 1, drawn evenly on a logarithmic
  /// scale: halos of 20 to 2 pixels. (Optics: the ring's radius over the wavelength.)
  var ringRadius: ClosedRange<Float> = 0.008...0.07
  /// Width of the ring's soft edge as a part of its radius.
  var ringSoftness: ClosedRange<Float> = 0.1...0.5
  /// The ring's amplitude transmission. (Optics: rings absorb 60 to 90 % of the light; more is kept
  /// here for misaligned rings.)
  var ringAmplitude: ClosedRange<Float> = 0.25...0.7
  /// Radius of the aperture in cycles a pixel; small ones are pictures scaled up.
  var aperture: ClosedRange<Float> = 0.1...0.45
  /// Width of the aperture's soft edge as a part of its radius. (Optics: light from a ring of finite
  /// width is coherent only in part, and fine detail fades before it ends.)
  var apertureSoftness: ClosedRange<Float> = 0.03...0.3
  /// Phase of the defocus in radians at the edge of the aperture.
  var defocus: ClosedRange<Float> = -2...2.5
  /// Pictures lit from one side: halos and shadows differ from edge to edge. (Optics: condenser
  /// annulus and ring out of line.)
  var obliqueRate: Float = 0.45
  /// How much more light passes one half of the pupil than the other.
  var obliqueness: ClosedRange<Float> = 0.1...0.95

  // MARK: The camera

  /// Unevenness of the illumination from the middle to a corner, as a part of its mean.
  var unevenness: ClosedRange<Float> = 0...0.45
  /// Mean grey of the background, as a part of the camera's range.
  var backgroundLevel: ClosedRange<Float> = 0.08...0.55
  /// Photons that a background pixel counts: shot noise is their root.
  var photons: ClosedRange<Float> = 900...20000
  /// Read noise in photons.
  var readNoise: ClosedRange<Float> = 1...14
  /// Exponent of the camera's or converter's curve, drawn evenly on a logarithmic scale.
  public var gamma: ClosedRange<Float> = 0.6...1.6
  /// Pictures that were smoothed or sharpened after they were taken.
  var filterRate: Float = 0.5
  /// Weight of a pixel's neighbours in that: positive smooths, negative sharpens.
  var filterStrength: ClosedRange<Float> = -0.25...0.9
  /// Pictures with specks of dust on the camera's window.
  var dustRate: Float = 0.12

  /// The breadth that weights are learnt from.
  public init() {}

  /// Three in ten pictures of crowds: enough for a network to learn to keep cells apart, and no more, or
  /// it takes ground for cells.
  public static var crowded: SimulationSettings {
    var settings = SimulationSettings()
    settings.crowdRate = 0.3
    return settings
  }

  /// One laboratory's bench: well-kept cultures of middle-sized cells in plain positive contrast.
  public static var plain: SimulationSettings {
    var settings = SimulationSettings()
    settings.magnification = 0.95...1.5
    settings.coverage = 0.2...0.48
    settings.emptyRate = 0
    settings.kinds = [.spindle: 4, .spread: 3.5, .flat: 1.2, .rounded: 0.7, .mitotic: 0.3]
    settings.prevalence = 0.5...3
    settings.crowding = 0.15...0.8
    settings.alignment = 0.2...0.9
    settings.raggedness = 0.5...1.6
    settings.filopodiaRate = 0
    settings.maskReach = 0
    settings.spindlePhase = 0.22...0.6
    settings.spreadPhase = 0.16...0.42
    settings.flatPhase = 0.08...0.2
    settings.roundedPhase = 0.5...1.3
    settings.mitoticPhase = 1.6...3.4
    settings.nucleusPhase = -0.05...0.1
    settings.organelleDensity = 0.01...0.04
    settings.organellePhase = 0.03...0.14
    settings.ruffles = 0.1...0.35
    settings.tension = 1...1
    settings.dome = 1.6...1.6
    settings.debrisDensity = 0.1...1.8
    settings.debrisPhase = 0.1...1.2
    settings.clumpRate = 0
    settings.ringRate = 0
    settings.gravelRate = 0
    settings.roughRate = 0
    settings.mediumPhase = 0.005...0.02
    settings.grain = 1...1
    settings.scratchRate = 0
    settings.wallRate = 0
    settings.contrasts = [.positivePhase: 1]
    settings.ringRadius = 0.009...0.02
    settings.ringAmplitude = 0.3...0.6
    settings.aperture = 0.18...0.4
    settings.apertureSoftness = 0.02...0.02
    settings.defocus = -1.2...1.6
    settings.obliqueRate = 0
    settings.unevenness = 0...0.18
    settings.backgroundLevel = 0.25...0.5
    settings.photons = 600...12000
    settings.gamma = 1...1
    settings.filterRate = 0
    settings.dustRate = 0
    return settings
  }
}
