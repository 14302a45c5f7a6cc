extension ConvolutionGeometry {
  /// The way to compute this convolution: Winograd's where it fits, else the direct one.
  ///
  /// With `keepsFilter` a packed filter is used for many calls, and may take more memory.
  /// - Precondition: behind a doubling, `canUpsample`.
  public func method(keepsFilter: Bool = false) -> any ConvolutionMethod {
    if let winograd = WinogradMethod(self, keepsFilter: keepsFilter) { return winograd }
    return DirectMethod(self)
  }

  /// Whether the same convolution can be had behind a nearest-neighbour doubling: only Winograd's
  /// method sees through one.
  public func canUpsample(keepsFilter: Bool = false) -> Bool {
    guard height.isMultiple(of: 2), width.isMultiple(of: 2) else { return false }
    let doubled = ConvolutionGeometry(
      images: images, height: height, width: width, inputChannels: inputChannels,
      outputChannels: outputChannels, kernel: kernel, stride: stride, padding: padding,
      dilation: dilation, upsamples: true)
    return WinogradMethod(doubled, keepsFilter: keepsFilter) != nil
  }
}
