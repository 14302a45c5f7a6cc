extension Mask {
  /// The pixels whose probability exceeds `threshold`.
  ///
  /// - Precondition: `probabilities.count == width * height`.
  public init(
    width: Int, height: Int, probabilities: [Float], threshold: Float = 0.5
  ) {
    self.init(width: width, height: height, pixels: probabilities.map { $0 > threshold ? 1 : 0 })
  }
}
