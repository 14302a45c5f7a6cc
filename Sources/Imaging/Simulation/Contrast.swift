/// How a microscope makes differences of phase visible.
public enum Contrast: String, CaseIterable, Sendable {
  /// Zernike's: what is thicker is darker.
  case positivePhase
  /// Zernike's with the ring's delay the other way round: what is thicker is brighter.
  case negativePhase
  /// No ring: only defocus shows the edges.
  case brightField
  /// Nomarski's: a relief, lit from one side.
  case differentialInterference

  /// Whether a ring in the pupil and one before the condenser make it.
  var hasRing: Bool { self == .positivePhase || self == .negativePhase }
}
