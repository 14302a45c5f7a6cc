import Foundation

/// Where each output pixel looks in its source: an affine map in coordinates that run from -1 to 1.
///
/// The picture's borders are at -1 and 1, as in PyTorch's `affine_grid` and `grid_sample` with
/// `align_corners=False`. What lies outside is the picture reflected at its borders.
struct AffineMap: Equatable, Sendable {
  /// The source column is `xx * x + xy * y + x0`.
  var xx = 1.0
  /// See `xx`.
  var xy = 0.0
  /// See `xx`.
  var x0 = 0.0
  /// The source row is `yx * x + yy * y + y0`.
  var yx = 0.0
  /// See `yx`.
  var yy = 1.0
  /// See `yx`.
  var y0 = 0.0

  /// Looks up the image between its pixels (bilinear) and the mask at the nearest one.
  func applied(to crop: Crop) -> Crop {
    let side = crop.side
    var result = crop
    let columns = Self.steps(side, along: Float(xx), and: Float(yx))
    for row in 0..<side {
      let y = Self.coordinate(row, side)
      let originX = Float(xy) * y + Float(x0)
      let originY = Float(yy) * y + Float(y0)
      for column in 0..<side {
        let step = columns[column]
        let x = Self.pixel(step.x + originX, side)
        let y = Self.pixel(step.y + originY, side)
        let index = row * side + column
        result.image[index] = Self.bilinear(crop.image, side, x, y)
        let nearestX = Int(x.rounded(.toNearestOrEven))
        let nearestY = Int(y.rounded(.toNearestOrEven))
        result.mask[index] = crop.mask[nearestY * side + nearestX]
      }
    }
    return result
  }

  /// The share of the source coordinates that changes along a row.
  private static func steps(
    _ side: Int, along x: Float, and y: Float
  ) -> [(x: Float, y: Float)] {
    (0..<side).map { column in
      let position = coordinate(column, side)
      return (x * position, y * position)
    }
  }

  /// A pixel centre's coordinate in -1...1.
  private static func coordinate(_ index: Int, _ side: Int) -> Float {
    Float(2 * index + 1) / Float(side) - 1
  }

  /// A coordinate in pixels, reflected at the outer borders and held within the pixel centres.
  private static func pixel(_ coordinate: Float, _ side: Int) -> Float {
    let extent = Float(side)
    var position = ((coordinate + 1) * extent - 1) / 2
    if position < 0 || position > extent - 1 {
      let distance = abs(position + 0.5)
      let turns = (distance / extent).rounded(.down)
      let rest = distance - turns * extent
      let isForward = turns.truncatingRemainder(dividingBy: 2) == 0
      position = isForward ? rest - 0.5 : extent - rest - 0.5
      position = min(max(position, 0), extent - 1)
    }
    return position
  }

  private static func bilinear(_ plane: [Float], _ side: Int, _ x: Float, _ y: Float) -> Float {
    let left = Int(x)
    let top = Int(y)
    let right = min(left + 1, side - 1)
    let bottom = min(top + 1, side - 1)
    let shareX = x - Float(left)
    let shareY = y - Float(top)
    let above = plane[top * side + left] * (1 - shareX) + plane[top * side + right] * shareX
    let below = plane[bottom * side + left] * (1 - shareX) + plane[bottom * side + right] * shareX
    return above * (1 - shareY) + below * shareY
  }
}
