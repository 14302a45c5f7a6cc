import Foundation

/// What is done to one training image and its mask: mirrored, turned by quarters, then moved and bent, and
/// last the image alone put into another light.
///
/// However it is moved, each of its values is looked up once.
struct Augmentation: Equatable, Sendable {
  /// Whether the rows are turned upside down.
  var flipsRows = false
  /// Whether every row is mirrored.
  var flipsColumns = false
  /// Counterclockwise quarter turns, 0...3, after the mirroring.
  var quarterTurns = 0
  /// What comes then.
  var affine = AffineMap()
  /// How the moved picture is bent, the last one first.
  var distortions: [Distortion] = []
  /// What is done to the grey values at the end.
  var photometry = Photometry()

  /// A square image and its mask, moved alike, the image in its light.
  func applied(to crop: Crop) -> Crop {
    applied(to: Patch(column: 0, row: 0, side: crop.side), of: crop)
  }

  /// A square of an image and its mask, moved alike, the image in its light; what is moved into the square from
  /// beside it is the image's own.
  func applied(to patch: Patch, of crop: Crop) -> Crop {
    var moved: Crop
    if movesPixels {
      var field = SamplingField(side: patch.side)
      for distortion in distortions { distortion.move(&field) }
      if affine != AffineMap() { affine.move(&field) }
      orient(&field)
      let (column, row) = (Float(patch.column), Float(patch.row))
      if column != 0 || row != 0 { field.map { ($0 + column, $1 + row) } }
      moved = field.applied(to: crop)
    } else {
      moved = crop.square(patch)
    }
    moved.image = photometry.applied(to: moved.image, side: moved.side)
    return moved
  }

  private var movesPixels: Bool {
    flipsRows || flipsColumns || quarterTurns != 0 || affine != AffineMap() || !distortions.isEmpty
  }

  private func orient(_ field: inout SamplingField) {
    let last = Float(field.side - 1)
    field.map { column, row in
      var (y, x) =
        switch quarterTurns {
        case 1: (column, last - row)
        case 2: (last - row, last - column)
        case 3: (last - column, row)
        default: (row, column)
        }
      if flipsRows { y = last - y }
      if flipsColumns { x = last - x }
      return (x, y)
    }
  }
}

/// Where each output pixel looks in its source: an affine map in coordinates that run from -1 to 1.
///
/// The picture's borders are at -1 and 1, as in PyTorch's `affine_grid` and `grid_sample` with
/// `align_corners=False`.
struct AffineMap: Equatable, Sendable {
  // The source column is `xx * x + xy * y + x0`.
  var xx = 1.0
  var xy = 0.0
  var x0 = 0.0
  // The source row is `yx * x + yy * y + y0`.
  var yx = 0.0
  var yy = 1.0
  var y0 = 0.0

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
    self.init(
      xx: cos(angle) * scale, xy: -sin(angle) * scale + shear, x0: x0,
      yx: sin(angle) * scale, yy: cos(angle) * scale, y0: y0)
  }
}
