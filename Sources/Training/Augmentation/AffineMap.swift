import Foundation

/// Where each output pixel looks in its source: an affine map in coordinates that run from -1 to 1.
///
/// The picture's borders are at -1 and 1, as in PyTorch's `affine_grid` and `grid_sample` with
/// `align_corners=False`.
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

  /// Moves the places of a field.
  func move(_ field: inout SamplingField) {
    let side = Float(field.side)
    let (xx, xy, x0) = (Float(xx), Float(xy), Float(x0))
    let (yx, yy, y0) = (Float(yx), Float(yy), Float(y0))
    field.map { column, row in
      let x = (2 * column + 1) / side - 1
      let y = (2 * row + 1) / side - 1
      return (
        ((xx * x + xy * y + x0 + 1) * side - 1) / 2, ((yx * x + yy * y + y0 + 1) * side - 1) / 2
      )
    }
  }
}

extension AffineMap {
  /// A rotation (in radians) of a picture that is looked at in steps of `scale`, sheared and moved.
  init(angle: Double, scale: Double, shear: Double, x0: Double, y0: Double) {
    self.init()
    xx = cos(angle) * scale
    xy = -sin(angle) * scale + shear
    yx = sin(angle) * scale
    yy = cos(angle) * scale
    (self.x0, self.y0) = (x0, y0)
  }
}
