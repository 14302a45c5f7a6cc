public import Autograd
public import Recipes

extension Architecture {
  /// How many stages of the encoder lie behind a parameter: 0 in its deepest stage, 4 in its first.
  ///
  /// A ResNet's stages are its four layers and what comes before them; a U-net's its five levels.
  ///
  /// - Returns: none outside the encoder.
  public func encoderDepth(of path: Path) -> Int? {
    let parts = path.description.split(separator: ".")
    guard parts.count > 1 else { return nil }
    switch self {
    case .auraNet, .unetResNet, .ceNet:
      guard parts[0] == "encoder" else { return nil }
      return parts[1].hasPrefix("layer") ? parts[1].last?.wholeNumberValue.map { 4 - $0 } : 4
    case .unet, .attentionUNet:
      guard parts[0] == "down" else { return nil }
      return Int(parts[1]).map { 4 - $0 }
    }
  }

  /// Whether the encoder of the other network's weights is one that this network has.
  public func sharesEncoder(with other: Architecture) -> Bool {
    guard let encoder, let its = other.encoder else { return false }
    return encoder.depths == its.depths
  }

  /// The ResNet that it begins with, if it does.
  public var encoder: ResNetEncoder? {
    switch self {
    case .auraNet, .unetResNet: .resNet18
    case .ceNet: .resNet34
    case .unet, .attentionUNet: nil
    }
  }
}
