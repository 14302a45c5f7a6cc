extension ConvolutionGeometry {
  /// Floating point operations of the convolution by its definition, a product and a sum as two; finding
  /// the gradient of the input, or of the filter, takes as many.
  public var flops: Double { 2 * Double(images * rows * columns) * Double(filterCount) }
}
