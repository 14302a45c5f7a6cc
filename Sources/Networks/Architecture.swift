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
  /// Gu et al. 2019: ResNet-34 encoder, dilated convolutions and pools of several sizes at its end.
  case ceNet = "ce-net"

  /// What height and width of the input must be multiples of.
  public var multiple: Int {
    switch self {
    case .auraNet, .unetResNet: 64
    case .unet, .attentionUNet: 16
    case .ceNet: 32
    }
  }

  /// The least height and width of the input.
  public var smallest: Int {
    switch self {
    case .auraNet, .unetResNet, .unet, .attentionUNet: multiple
    // The widest of its pools has a window of 6, at 1/32 of the size.
    case .ceNet: 6 * multiple
    }
  }

  /// Where torchvision's ImageNet weights go in, if the network has such an encoder.
  public var encoderPath: Path? {
    switch self {
    case .auraNet, .unetResNet, .ceNet: "encoder"
    case .unet, .attentionUNet: nil
    }
  }

  /// Puts the network into a graph.
  ///
  /// - Parameters:
  ///   - image: `[N, 3, H, W]`, normalised with ImageNet's mean and deviation.
  ///   - graph: the graph that the operations join.
  /// - Returns: `[N, 1, H, W]`, above 0 where a cell is more likely than not.
  /// - Precondition: three channels; H and W are multiples of `multiple` and at least `smallest`.
  public func logits(of image: Value, in graph: inout Graph) -> Value {
    let shape = graph.shape(of: image)
    let extents = shape.extents
    precondition(
      extents.count == 4 && extents[1] == 3 && extents[2] % multiple == 0
        && extents[3] % multiple == 0 && min(extents[2], extents[3]) >= smallest,
      "\(rawValue) takes [N, 3, H, W] with H and W multiples of \(multiple) from \(smallest) on, "
        + "not \(shape)")
    return switch self {
    case .auraNet: AuraNet(hasAttention: true)(image, at: "", in: &graph)
    case .unetResNet: AuraNet(hasAttention: false)(image, at: "", in: &graph)
    case .unet: UNet(hasAttention: false)(image, at: "", in: &graph)
    case .attentionUNet: UNet(hasAttention: true)(image, at: "", in: &graph)
    case .ceNet: CENet()(image, at: "", in: &graph)
    }
  }
}
