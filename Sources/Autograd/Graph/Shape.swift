/// Extents of a tensor in PyTorch's order: `[N, C, H, W]` for feature maps, `[out, in, h, w]` for filters.
///
/// Feature maps lie in memory channels-last (N, H, W, C); everything else in the order of its extents.
public struct Shape: Hashable, Sendable, CustomStringConvertible {
  /// The extents, outermost first.
  public let extents: [Int]

  /// Makes a shape.
  public init(_ extents: Int...) { self.extents = extents }

  /// Makes a shape.
  public init(_ extents: [Int]) { self.extents = extents }

  /// Elements in all.
  public var count: Int { extents.reduce(1, *) }

  /// The extents in brackets.
  public var description: String {
    "[" + extents.map(String.init).joined(separator: ", ") + "]"
  }
}

extension Shape {
  /// Images in the batch, of `[N, C, H, W]`.
  public var images: Int { extent(0) }
  /// Channels, of `[N, C, H, W]`.
  public var channels: Int { extent(1) }
  /// Rows, of `[N, C, H, W]`.
  public var height: Int { extent(2) }
  /// Columns, of `[N, C, H, W]`.
  public var width: Int { extent(3) }

  /// Floats from a pixel to the next where nothing lies between; 1 where there are no pixels.
  var denseStride: Int { extents.count == 4 ? channels : 1 }

  private func extent(_ axis: Int) -> Int {
    precondition(extents.count == 4, "\(self) is not a batch of feature maps [N, C, H, W]")
    return extents[axis]
  }
}
