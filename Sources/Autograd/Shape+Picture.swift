import Kernels

extension Shape {
  /// Pictures in the batch, of `[N, C, H, W]`.
  public var images: Int { picture(0) }
  /// Channels, of `[N, C, H, W]`.
  public var channels: Int { picture(1) }
  /// Rows, of `[N, C, H, W]`.
  public var height: Int { picture(2) }
  /// Columns, of `[N, C, H, W]`.
  public var width: Int { picture(3) }

  /// Memory of this shape's values as kernels see pictures.
  func pixels(_ buffer: Buffer) -> Pixels {
    Pixels(buffer, images: images, height: height, width: width, channels: channels)
  }

  private func picture(_ axis: Int) -> Int {
    precondition(extents.count == 4, "\(self) is not a batch of pictures [N, C, H, W]")
    return extents[axis]
  }
}
