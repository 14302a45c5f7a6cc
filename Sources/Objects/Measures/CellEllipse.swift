import Foundation

/// The ellipse with the same second moments as a cell's pixels.
struct CellEllipse: Equatable, Sendable {
  /// Its longer axis from end to end; 0 for one pixel.
  let majorAxis: Double
  /// Its shorter axis from end to end; 0 for pixels in one line.
  let minorAxis: Double
  /// 0 for a circle, towards 1 for a line.
  let eccentricity: Double
  /// The angle from the downward direction to the longer axis, rightward being positive: radians from -pi/2 to pi/2.
  ///
  /// -pi/4 for what is even in all directions, as scikit-image has it.
  let orientation: Double

  init(_ moments: CellMoments) {
    let (xx, yy, xy) = (moments.xx, moments.yy, moments.xy)
    let gap = hypot(yy - xx, 2 * xy)
    // The larger eigenvalue of the matrix of covariances, and by the determinant, without cancellation, the smaller.
    let larger = (xx + yy + gap) / 2
    let smaller =
      larger > 0 ? max(0, CellMoments.difference(xx, yy, xy, xy)) / larger : 0
    let area = Double(moments.area)
    majorAxis = 4 * larger.squareRoot() / area
    minorAxis = 4 * smaller.squareRoot() / area
    eccentricity = larger > 0 ? (gap / larger).squareRoot() : 0
    orientation = xx == yy && xy == 0 ? -.pi / 4 : atan2(2 * xy, yy - xx) / 2
  }
}
