import Kernels

extension Shape {
  /// Images in the batch, of `[N, C, H, W]`.
  public var images: Int { extent(0) }
  /// Channels, of `[N, C, H, W]`.
  public var channels: Int { extent(1) }
  /// Rows, of `[N, C, H, W]`.
  public var height: Int { extent(2) }
  /// Columns, of `[N, C, H, W]`.
  public var width: Int { extent(3) }

  /// Memory of this shape's values as kernels see feature maps.
  func pixels(_ buffer: Buffer) -> Pixels {
    Pixels(buffer, images: images, height: height, width: width, channels: channels)
  }

  private func extent(_ axis: Int) -> Int {
    precondition(extents.count == 4, "\(self) is not a batch of feature maps [N, C, H, W]")
    return extents[axis]
  }
}
