public import Autograd
public import Recipes

extension Architecture {
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
