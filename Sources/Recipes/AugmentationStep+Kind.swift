extension AugmentationStep {
  /// What can be done to a training image; all but the grey values' changes move its mask alike.
  public enum Kind: String, CaseIterable, Sendable {
    /// Upside down.
    case verticalFlip = "vertical-flip"
    /// Left and right swapped.
    case horizontalFlip = "horizontal-flip"
    /// 0, 1, 2 or 3 quarter turns.
    case quarterTurn = "quarter-turn"
    /// Turned by up to so many degrees either way.
    case rotation
    /// Moved along both axes by up to this share of the side.
    case shift
    /// Larger or smaller by up to this share.
    case scale
    /// Sheared by up to so many pixels a pixel.
    case shear
    /// Displaced at random by `alpha` times a smoothed noise of -1...1 (Simard et al. 2003).
    case elastic
    /// Cut into 5 x 5 cells whose rows and columns widen or narrow by up to this share.
    case grid
    /// Seen through a lens of up to this radial distortion, its centre moved by up to 0.05 of the side.
    case optical
    /// Histograms evened out in 8 x 8 tiles, clipped at 1 to this many times the mean (Zuiderveld 1994).
    case clahe
    /// Grey values raised or lowered by up to this.
    case brightness
    /// Differences from the middle grey larger or smaller by up to this share.
    case contrast
    /// Grey values raised to a power of up to 1 plus this, or its inverse.
    case gamma
    /// Noise of up to this standard deviation.
    case noise
    /// Blurred by up to so many pixels' standard deviation.
    case blur

    /// How far a change usually goes; nothing where there is nothing to say.
    public var limit: Double? { extent?.usual }

    /// How far it may go.
    var limits: ClosedRange<Double>? { extent?.limits }

    private var extent: (usual: Double, limits: ClosedRange<Double>)? {
      switch self {
      case .verticalFlip, .horizontalFlip, .quarterTurn: nil
      case .rotation: (45, 0...180)
      case .shift: (0.0625, 0...0.5)
      case .scale: (0.1, 0...2)
      case .shear: (0.15, 0...1)
      case .elastic: (120, 0...10_000)
      case .grid: (0.3, 0...0.9)
      case .optical: (0.05, 0...1)
      case .clahe: (4, 1...40)
      case .brightness: (0.2, 0...1)
      case .contrast: (0.2, 0...0.9)
      case .gamma: (0.2, 0...3)
      case .noise: (0.05, 0...0.5)
      case .blur: (1.5, 0...10)
      }
    }
  }
}
