public import Autograd

/// The catalog of networks, by the names that recipes, weights files and the command line use.
public enum Architecture: String, CaseIterable, Sendable, Codable {
  /// Cohen & Uhlmann 2021: ResNet-18 encoder, gated skips, a branch at full size.
  case auraNet = "aura-net"
  /// Ronneberger et al. 2015, with batch norm.
  case unet
  /// Oktay et al. 2018: U-net with gated skips.
  case attentionUNet = "attention-unet"
  /// The ablation "U-net+ResNet": AURA-net without gates.
  case unetResNet = "unet-resnet"

  /// What height and width of the input must be multiples of.
  public var multiple: Int {
    switch self {
    case .auraNet, .unetResNet: 64
    case .unet, .attentionUNet: 16
    }
  }

  /// Where torchvision's ImageNet weights go in, if the network has such an encoder.
  public var encoderPath: Path? {
    switch self {
    case .auraNet, .unetResNet: "encoder"
    case .unet, .attentionUNet: nil
    }
  }

  /// Puts the network into a graph.
  ///
  /// - Parameters:
  ///   - image: `[N, 3, H, W]`, normalised with ImageNet's mean and deviation.
  ///   - graph: the graph that the operations join.
  /// - Returns: `[N, 1, H, W]`, above 0 where a cell is more likely than not.
  /// - Precondition: three channels; H and W are multiples of `multiple`.
  public func logits(of image: Value, in graph: inout Graph) -> Value {
    let shape = graph.shape(of: image)
    let extents = shape.extents
    precondition(
      extents.count == 4 && extents[1] == 3 && extents[2] % multiple == 0
        && extents[3] % multiple == 0,
      "\(rawValue) takes [N, 3, H, W] with H and W multiples of \(multiple), not \(shape)")
    return switch self {
    case .auraNet: AuraNet(hasAttention: true)(image, at: "", in: &graph)
    case .unetResNet: AuraNet(hasAttention: false)(image, at: "", in: &graph)
    case .unet: UNet(hasAttention: false)(image, at: "", in: &graph)
    case .attentionUNet: UNet(hasAttention: true)(image, at: "", in: &graph)
    }
  }
}
