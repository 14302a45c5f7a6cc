/// What a simulated culture and its microscope may be like; every picture draws its own values.
///
/// Lengths are in pixels at `magnification` 1, phases in radians of optical delay against the medium.
public struct SimulationSettings: Equatable, Sendable {
  // MARK: The culture

  /// Size of all that lives, as a factor.
  public var magnification: ClosedRange<Float> = 0.95...1.5
  /// Part of the picture that is cell.
  public var coverage: ClosedRange<Float> = 0.12...0.48
  /// How often each kind of cell is drawn; relative.
  public var kinds: [CellKind: Float] = [
    .spindle: 4, .spread: 3.5, .flat: 1.2, .rounded: 0.7, .mitotic: 0.3,
  ]
  /// How strongly one kind prevails in a picture: 0 not at all; 4 nearly alone.
  public var prevalence: ClosedRange<Float> = 0.5...3
  /// Probability that a cell grows at the side of another one.
  public var crowding: ClosedRange<Float> = 0.15...0.8
  /// Probability that a cell beside another one lies parallel to it.
  public var alignment: ClosedRange<Float> = 0.2...0.9
  /// Amplitude of the edge's irregularities.
  public var raggedness: ClosedRange<Float> = 0.5...1.6

  // MARK: Thickness

  /// Phase of a spindle-shaped cell at its thickest.
  public var spindlePhase: ClosedRange<Float> = 0.22...0.6
  /// Phase of a spread cell's body.
  public var spreadPhase: ClosedRange<Float> = 0.16...0.42
  /// Phase of a very flat cell's body.
  public var flatPhase: ClosedRange<Float> = 0.08...0.2
  /// Phase of a round cell that still holds on to its ground.
  public var roundedPhase: ClosedRange<Float> = 0.5...1.3
  /// Phase of a cell in division, nearly a ball.
  public var mitoticPhase: ClosedRange<Float> = 1.6...3.4
  /// Phase that a nucleus adds (or, less dense than the cell around it, takes away).
  public var nucleusPhase: ClosedRange<Float> = -0.05...0.1
  /// Phase of a nucleolus.
  public var nucleolusPhase: ClosedRange<Float> = 0.08...0.25
  /// Organelles for each pixel of a cell.
  public var organelleDensity: ClosedRange<Float> = 0.01...0.04
  /// Phase of an organelle.
  public var organellePhase: ClosedRange<Float> = 0.03...0.14
  /// Phase of the folds and ruffles of a cell's surface.
  public var ruffles: ClosedRange<Float> = 0.1...0.35

  // MARK: What is no cell

  /// Pieces of debris for each 10,000 pixels.
  public var debrisDensity: ClosedRange<Float> = 0.1...1.8
  /// Phase of a piece of debris.
  public var debrisPhase: ClosedRange<Float> = 0.1...1.2
  /// Radius of a piece of debris.
  public var debrisRadius: ClosedRange<Float> = 0.8...2.6
  /// Out-of-focus things that float above the cells, for each 10,000 pixels.
  public var floaterDensity: ClosedRange<Float> = 0...0.25
  /// Phase of the medium's slow unevenness.
  public var mediumPhase: ClosedRange<Float> = 0.005...0.02

  // MARK: The microscope

  /// Radius of the phase ring in cycles a pixel.
  public var ringRadius: ClosedRange<Float> = 0.006...0.02
  /// Width of the ring's soft edge as a part of its radius.
  public var ringSoftness: ClosedRange<Float> = 0.1...0.3
  /// The ring's amplitude transmission.
  public var ringAmplitude: ClosedRange<Float> = 0.2...0.6
  /// Radius of the aperture in cycles a pixel.
  public var aperture: ClosedRange<Float> = 0.18...0.4
  /// Phase of the defocus in radians at the edge of the aperture.
  public var defocus: ClosedRange<Float> = -1.2...1.6

  // MARK: The camera

  /// Unevenness of the illumination from the middle to a corner, as a part of its mean.
  public var unevenness: ClosedRange<Float> = 0...0.18
  /// Mean grey of the background, as a part of the camera's range.
  public var backgroundLevel: ClosedRange<Float> = 0.25...0.5
  /// Photons that a background pixel counts: shot noise is their root.
  public var photons: ClosedRange<Float> = 600...12000
  /// Read noise in photons.
  public var readNoise: ClosedRange<Float> = 2...12

  /// The ranges of the samples.
  public init() {}
}

/// Kinds of cells by their shape.
public enum CellKind: String, CaseIterable, Sendable {
  /// Long and narrow with tapering ends.
  case spindle
  /// A body with several processes.
  case spread
  /// Wide and thin.
  case flat
  /// Round, holding on to the ground.
  case rounded
  /// In division: nearly a ball, or two.
  case mitotic
}

extension SeededGenerator {
  /// A number of a closed range.
  mutating func draw(_ range: ClosedRange<Float>) -> Float {
    range.lowerBound + (range.upperBound - range.lowerBound) * Float(uniform())
  }

  /// A number of a closed range, the more likely the closer it is to the upper end.
  mutating func drawHigh(_ range: ClosedRange<Float>) -> Float {
    range.lowerBound + (range.upperBound - range.lowerBound) * Float(uniform().squareRoot())
  }
}
