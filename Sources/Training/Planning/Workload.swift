import Networks

/// How much a network computes for a pixel of its input.
enum Workload {
  /// Floating point operations of a forward pass for each pixel, counted over the convolutions.
  static func forwardFlops(of architecture: String) -> Double {
    switch Architecture(rawValue: architecture) {
    case .auraNet, .unetResNet: 547_700
    case .unet, .attentionUNet: 1_994_200
    case .ceNet: 204_300
    case nil: 1_000_000
    }
  }

  /// A training step computes three times as much: forward, and backward to inputs and to weights.
  static let trainingFactor = 3.0

  /// Operations of the convolutions that take as long as what a step does for each parameter, whatever
  /// the size of the pictures: Adam, and turning filters into the form that the kernels read.
  ///
  /// AURA-net's step of four pictures took 0.22 s at 64 pixels and 0.76 s at 256, which is 0.18 s and
  /// 750 thousand million operations a second.
  static let operationsPerParameter = 3_300.0

  /// Operations of a training step, its parameters' share included.
  static func stepFlops(of architecture: String, size: Int, batch: Int) -> Double {
    Double(size * size * batch) * forwardFlops(of: architecture) * trainingFactor
      + parameters(of: architecture) * operationsPerParameter
  }

  private static func parameters(of architecture: String) -> Double {
    switch Architecture(rawValue: architecture) {
    case .auraNet, .unetResNet: 41.5e6
    case .unet, .attentionUNet: 34.7e6
    case .ceNet: 29.0e6
    case nil: 0
    }
  }
}
