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
}
