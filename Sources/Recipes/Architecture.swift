/// The catalog of networks, by the names that recipes, weights files and the command line use.
public enum Architecture: String, CaseIterable, Sendable, Codable, CustomStringConvertible {
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

  /// Its name.
  public var description: String { rawValue }

  /// The least side of images that it is trained on or finds cells in: at 64 pixels the deepest layer of
  /// every network has a pixel left.
  public var leastSide: Int { max(smallest, 64) }

  /// Whether it is trained on images of this side.
  public func takes(side: Int) -> Bool { side % multiple == 0 && side >= leastSide }

  /// The sides of images that it takes, in words: `a multiple of 32 from 192 on`.
  public var sides: String {
    "a multiple of \(multiple)" + (leastSide > multiple ? " from \(leastSide) on" : "")
  }

  /// A side near another that it takes.
  public func side(near side: Int) -> Int {
    guard side < 1 << 40 else { return leastSide }
    return max(leastSide, (side + multiple / 2) / multiple * multiple)
  }
}
