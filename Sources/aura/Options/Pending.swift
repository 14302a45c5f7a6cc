/// The networks; moves to Networks.
enum Architecture: String, CaseIterable {
  case auraNet = "aura-net"
  case unet
  var multiple: Int { self == .auraNet ? 64 : 16 }
}

/// Which pixels of a mask are cell; moves to Imaging.
enum MaskPolarity: String, CaseIterable {
  case automatic = "auto"
  case cellWhite = "white"
  case cellBlack = "black"
}
