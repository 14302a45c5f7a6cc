extension ConvolutionGeometry {
  /// The way to compute this convolution: Winograd's where it fits, else the direct one.
  public func method() -> any ConvolutionMethod { DirectMethod(self) }

  /// Whether the same convolution can be had behind a nearest-neighbour doubling; the direct method
  /// cannot see one.
  public var canUpsample: Bool { false }
}
