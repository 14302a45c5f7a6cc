import Foundation

/// The outline of a cell whose edge every ray from its middle meets once: a radius for each direction.
struct StarOutline {
  /// Where the edge stands: a tip of the cell as it is held to the ground.
  struct Tip {
    /// Direction in radians.
    var angle: Float
    /// Distance from the middle.
    var radius: Float
    /// How far the edge to the next tip sags: 0 is straight, 1 very hollow, negative bulges.
    var sag: Float
  }

  private static let directions = 128

  private var center: SIMD2<Float>
  /// Radius in each direction, the first one repeated at the end.
  private let radii: [Float]
  /// Cosine between the ray and the edge's normal.
  private let steepness: [Float]

  /// Spans an outline over at least three tips in the order of their angles.
  ///
  /// A straight edge between two tips is the line through them: 1/r is a sine of the angle. A hollow one
  /// has a larger 1/r on the way.
  init(center: SIMD2<Float>, tips: [Tip]) {
    self.center = center
    let count = Self.directions
    var table = [Float](repeating: 1, count: count)
    for (index, tip) in tips.enumerated() {
      let next = tips[(index + 1) % tips.count]
      var span = next.angle - tip.angle
      while span <= 0 { span += 2 * .pi }
      let first = Int((tip.angle / (2 * .pi) * Float(count)).rounded(.up))
      let last = Int(((tip.angle + span) / (2 * .pi) * Float(count)).rounded(.down))
      guard first <= last else { continue }
      for step in first...last {
        let t = (2 * .pi * Float(step) / Float(count) - tip.angle) / span
        let inverse =
          Self.straight(1 / tip.radius, 1 / next.radius, t, span) * (1 + 4 * tip.sag * t * (1 - t))
        table[((step % count) + count) % count] = 1 / inverse
      }
    }
    // Tips are round.
    radii = (0...count).map { index in
      let (before, here, after) = (
        table[(index + count - 1) % count], table[index % count], table[(index + 1) % count]
      )
      return 0.25 * before + 0.5 * here + 0.25 * after
    }
    let radii = radii
    steepness = (0...count).map { index in
      let slope =
        (radii[(index + 1) % count] - radii[(index + count - 1) % count]) * Float(count)
        / (4 * .pi)
      let radius = radii[index]
      return radius / (radius * radius + slope * slope).squareRoot()
    }
  }

  /// The same outline at another place.
  func moved(by step: SIMD2<Float>) -> StarOutline {
    var outline = self
    outline.center += step
    return outline
  }

  /// The inverse radius between two tips; over wide angles no line joins them, but an arc.
  private static func straight(_ a: Float, _ b: Float, _ t: Float, _ span: Float) -> Float {
    guard span < 2.4 else { return a + t * (b - a) }
    return (a * sin((1 - t) * span) + b * sin(t * span)) / sin(span)
  }

  /// Distance of the edge from the middle in a direction.
  func radius(toward angle: Float) -> Float {
    let (index, t) = place(of: angle)
    return radii[index] + t * (radii[index + 1] - radii[index])
  }

  /// The longest radius.
  var reach: Float { radii.max() ?? 0 }

  /// Signed distance from the edge, about: negative inside.
  func distance(from point: SIMD2<Float>) -> Float {
    let offset = point - center
    let radius = offset.length
    let (index, t) = place(of: atan2(offset.y, offset.x))
    let edge = radii[index] + t * (radii[index + 1] - radii[index])
    let cosine = steepness[index] + t * (steepness[index + 1] - steepness[index])
    return (radius - edge) * cosine
  }

  private func place(of angle: Float) -> (index: Int, rest: Float) {
    var turn = angle / (2 * .pi)
    turn -= turn.rounded(.down)
    let position = turn * Float(Self.directions)
    let index = min(Int(position), Self.directions - 1)
    return (index, position - Float(index))
  }
}
