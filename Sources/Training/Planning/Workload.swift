import Networks

/// How much a network computes for a pixel of its input.
enum Workload {
  /// Floating point operations of a forward pass for each pixel, counted over the convolutions.
  static func forwardFlops(of architecture: String) -> Double {
    switch Architecture(rawValue: architecture) {
    case .auraNet, .unetResNet: 547_700
    case .unet, .attentionUNet: 1_994_200
    case nil: 1_000_000
    }
  }

  /// A training step computes three times as much: forward, and backward to inputs and to weights.
  static let trainingFactor = 3.0
}
