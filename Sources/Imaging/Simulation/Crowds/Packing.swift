import Foundation

/// Bodies on a plane that push each other apart and cling to each other until they touch.
struct Packing {
  /// Bodies in the order in which they came.
  var bodies: [CrowdBody] = []
  /// By how much two that touch are closer than their radii say, as a part of these.
  let give: Float
  /// Up to which gap two cling to each other, as a part of their radii.
  let grip: Float

  init(give: Float, grip: Float) {
    self.give = give
    self.grip = grip
  }

  /// Lets all move for some rounds.
  mutating func relax(rounds: Int) {
    var pairs: [(Int, Int)] = []
    for round in 0..<rounds {
      if round % 4 == 0 { pairs = neighbours() }
      for (first, second) in pairs { move(first, second) }
    }
  }

  /// Leaves out the bodies that a condition does not hold for.
  mutating func keep(where isKept: (CrowdBody) -> Bool) { bodies = bodies.filter(isKept) }

  /// Pairs that are near each other, found by a sweep from left to right.
  private func neighbours() -> [(Int, Int)] {
    let order = bodies.indices.sorted {
      (bodies[$0].center.x - bodies[$0].reach, $0) < (bodies[$1].center.x - bodies[$1].reach, $1)
    }
    var pairs: [(Int, Int)] = []
    var active: [Int] = []
    for index in order {
      let body = bodies[index]
      let skin = (grip + 0.2) * body.radius
      let left = body.center.x - body.reach - skin
      active.removeAll { bodies[$0].center.x + bodies[$0].reach < left }
      for other in active {
        let away = (bodies[other].center - body.center)
        let near = bodies[other].reach + body.reach + skin
        if away.y.magnitude < near, (away * away).sum() < near * near {
          pairs.append((min(index, other), max(index, other)))
        }
      }
      active.append(index)
    }
    return pairs
  }

  /// Pushes two bodies apart where they overlap, or draws them together over a small gap.
  private mutating func move(_ first: Int, _ second: Int) {
    let (a, b) = (bodies[first], bodies[second])
    if a.half < 0.4 * a.radius, b.half < 0.4 * b.radius {
      return push(first, at: a.center, second, at: b.center, share: 1)
    }
    // The ends of each against the other: two rods side by side touch at two places.
    for end in [a.center - a.axis * a.half, a.center + a.axis * a.half] {
      push(first, at: end, second, at: Self.nearest(to: end, on: b), share: 0.5)
    }
    for end in [b.center - b.axis * b.half, b.center + b.axis * b.half] {
      push(first, at: Self.nearest(to: end, on: a), second, at: end, share: 0.5)
    }
  }

  private static func nearest(to point: SIMD2<Float>, on body: CrowdBody) -> SIMD2<Float> {
    let along = ((point - body.center) * body.axis).sum()
    return body.center + body.axis * min(max(along, -body.half), body.half)
  }

  private mutating func push(
    _ first: Int, at a: SIMD2<Float>, _ second: Int, at b: SIMD2<Float>, share: Float
  ) {
    let (one, other) = (bodies[first], bodies[second])
    let radii = one.radius + other.radius
    var away = b - a
    let distance = away.length
    var overlap = radii * (1 - give) - distance
    if overlap < -grip * radii { return }
    if overlap < 0 { overlap *= 0.15 }
    // Two in one place part along the axis of one.
    away = distance > 1e-3 ? away / distance : one.axis
    let weight = one.radius * one.reach / (one.radius * one.reach + other.radius * other.reach)
    shift(first, at: a, by: away * (-overlap * share * (1 - weight)))
    shift(second, at: b, by: away * (overlap * share * weight))
  }

  /// Moves a body that is pushed at a point, and turns it if that is not its middle.
  private mutating func shift(_ index: Int, at point: SIMD2<Float>, by step: SIMD2<Float>) {
    let arm = point - bodies[index].center
    bodies[index].center += step
    let torque = arm.x * step.y - arm.y * step.x
    guard torque != 0 else { return }
    let reach = bodies[index].reach
    bodies[index].turn(by: min(max(torque / (0.4 * reach * reach), -0.2), 0.2))
  }
}
