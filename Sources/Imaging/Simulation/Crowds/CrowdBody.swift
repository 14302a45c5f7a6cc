import Foundation

/// The body of a cell in a crowd: an oval, or a rod with round ends, that others push aside.
struct CrowdBody {
  /// Whether it is a rod and no oval.
  var isRod = false
  var center: SIMD2<Float>
  /// Direction of the long axis, a unit vector.
  var axis: SIMD2<Float>
  /// Half of the segment that lies within: half the length but for the radius.
  var half: Float
  /// Half the width.
  var radius: Float
  /// Length at which a rod divides.
  var limit: Float = .infinity

  /// How far the farthest point of it is from its center.
  var reach: Float { half + radius }
  /// How deeply a rod about to divide is pinched in its middle, as a part of its radius.
  var pinch: Float { isRod ? min(max(2 * reach / limit - 0.8, 0) * 3, 0.6) : 0 }

  /// Signed distance from the edge, about: negative inside.
  func distance(from point: SIMD2<Float>) -> Float {
    let offset = point - center
    let along = (offset * axis).sum()
    let across = offset.y * axis.x - offset.x * axis.y
    guard isRod else {
      let (a, b) = (half + radius, radius)
      let place = SIMD2(along / a, across / b)
      let slope = SIMD2(along / (a * a), across / (b * b)).length
      let share = place.length
      return slope > 1e-6 ? share * (share - 1) / slope : -b
    }
    let beyond = max(along.magnitude - half, 0)
    let distance = (beyond * beyond + across * across).squareRoot()
    guard pinch > 0 else { return distance - radius }
    let waist = along / (0.6 * radius)
    return distance - radius * (1 - pinch * exp(-waist * waist))
  }

  /// The two halves of a rod that has divided, each turned by an angle against it.
  func halves(turned: (Float, Float), limits: (Float, Float)) -> (CrowdBody, CrowdBody) {
    var (first, second) = (self, self)
    first.half = max((half - radius) / 2, 0)
    second.half = first.half
    first.center = center - axis * reach / 2
    second.center = center + axis * reach / 2
    (first.limit, second.limit) = limits
    first.turn(by: turned.0)
    second.turn(by: turned.1)
    return (first, second)
  }

  /// The same body at the side of another one.
  func moved(beside other: CrowdBody, toward direction: SIMD2<Float>) -> CrowdBody {
    func extent(_ body: CrowdBody) -> Float {
      body.radius + body.half * (direction * body.axis).sum().magnitude
    }
    var body = self
    body.center = other.center + direction * (extent(other) + 0.9 * extent(self))
    return body
  }

  /// Turns the axis by a small angle in radians.
  mutating func turn(by angle: Float) {
    let turned = axis + angle * SIMD2(-axis.y, axis.x)
    axis = turned / turned.length
  }
}
