import Networks
import Recipes

/// How much a network computes for a pixel of its input.
enum Workload {
  /// Floating point operations of a forward pass for each pixel, counted over the convolutions.
  static func forwardFlops(of architecture: Architecture) -> Double {
    switch architecture {
    case .auraNet, .unetResNet: 547_700
    case .unet, .attentionUNet: 1_994_200
    case .ceNet: 204_300
    }
  }

  /// A training step computes three times as much: forward, and backward to inputs and to weights.
  static let trainingFactor = 3.0

  /// Operations of the convolutions that take as long as what a step does for each parameter, whatever
  /// the size of the pictures: Adam, and turning filters into the form that the kernels read.
  ///
  /// AURA-net's step of four pictures took 0.056 s at 64 pixels, 0.125 s at 128, 0.4 s at 256 and 1.35 s
  /// at 512, U-Net's 0.10 s at 64 and 1.22 s at 256: 1.2 million million operations a second, and 0.035 s
  /// for AURA-net's parameters.
  static let operationsPerParameter = 1_000.0

  /// Operations of a training step, its parameters' share included.
  static func stepFlops(of architecture: Architecture, size: Int, batch: Int) -> Double {
    Double(size) * Double(size) * Double(batch) * forwardFlops(of: architecture) * trainingFactor
      + parameters(of: architecture) * operationsPerParameter
  }

  private static func parameters(of architecture: Architecture) -> Double {
    switch architecture {
    case .auraNet, .unetResNet: 41.5e6
    case .unet, .attentionUNet: 34.7e6
    case .ceNet: 29.0e6
    }
  }
}
