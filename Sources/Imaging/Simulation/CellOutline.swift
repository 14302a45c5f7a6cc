import Foundation

/// The outline of a cell seen from above: capsules that melt into each other.
struct CellOutline {
  /// A segment whose radius goes from one value to another.
  struct Capsule {
    var start: SIMD2<Float>
    var end: SIMD2<Float>
    var startRadius: Float
    var endRadius: Float
  }

  /// The capsules, the body first.
  private(set) var capsules: [Capsule] = []
  /// How far two capsules reach out for each other.
  var blend: Float
  /// The middle of the cell, where its nucleus is.
  let center: SIMD2<Float>
  /// Direction of the cell's long axis.
  let axis: SIMD2<Float>
  /// Radius of the body.
  let bodyRadius: Float
  /// Half the cell's length.
  private(set) var reach: Float = 0

  /// Draws a cell of a kind at a place, its axis at `angle`; lengths grow by `scale`.
  init(
    _ kind: CellKind, at center: SIMD2<Float>, angle: Float, scale: Float,
    using generator: inout SeededGenerator
  ) {
    self.center = center
    axis = SIMD2(cos(angle), sin(angle))
    switch kind {
    case .spindle: bodyRadius = scale * generator.draw(3.6...6.8)
    case .spread: bodyRadius = scale * generator.draw(5.5...9)
    case .flat: bodyRadius = scale * generator.draw(13...21)
    case .rounded: bodyRadius = scale * generator.draw(6...9)
    case .mitotic: bodyRadius = scale * generator.draw(5.5...8)
    }
    blend = scale * (kind == .flat ? 12 : 6)
    switch kind {
    case .spindle: growSpindle(angle, scale, &generator)
    case .spread: growSpread(angle, scale, &generator)
    case .flat: growFlat(angle, scale, &generator)
    case .rounded, .mitotic: growRound(kind, scale, &generator)
    }
    for capsule in capsules {
      for (point, radius) in [
        (capsule.start, capsule.startRadius), (capsule.end, capsule.endRadius),
      ] {
        let offset = point - center
        reach = max(reach, (offset * offset).sum().squareRoot() + radius)
      }
    }
  }

  /// Signed distance from the outline, about: negative inside.
  func distance(from point: SIMD2<Float>) -> Float {
    var nearest: Float = 1000
    for capsule in capsules {
      let along = capsule.end - capsule.start
      let offset = point - capsule.start
      let square = (along * along).sum()
      let t = square > 0 ? min(max((offset * along).sum() / square, 0), 1) : 0
      let rest = offset - along * t
      let radius = capsule.startRadius + t * (capsule.endRadius - capsule.startRadius)
      let distance = (rest * rest).sum().squareRoot() - radius
      let meeting = max(blend - (nearest - distance).magnitude, 0)
      nearest = min(nearest, distance) - meeting * meeting / (4 * blend)
    }
    return nearest
  }

  /// Two arms in a gentle bend, thick in the middle.
  private mutating func growSpindle(
    _ angle: Float, _ scale: Float, _ generator: inout SeededGenerator
  ) {
    let bend = generator.draw(-0.5...0.5)
    for side: Float in [0, .pi] {
      let length = scale * generator.draw(18...44)
      let tip = scale * generator.draw(0.8...1.8)
      growArm(
        toward: angle + side, length: length, bend: side == 0 ? bend : -bend,
        radii: (bodyRadius, bodyRadius * generator.draw(0.45...0.8), tip))
    }
    if generator.chance(0.3) {
      growArm(
        toward: angle + generator.draw(-0.9...0.9), length: scale * generator.draw(10...22),
        bend: 0,
        radii: (bodyRadius * 0.7, bodyRadius * 0.4, scale))
    }
  }

  /// A body with three to six processes.
  private mutating func growSpread(
    _ angle: Float, _ scale: Float, _ generator: inout SeededGenerator
  ) {
    let half = axis * bodyRadius * generator.draw(0.1...0.7)
    capsules.append(
      Capsule(
        start: center - half, end: center + half, startRadius: bodyRadius,
        endRadius: bodyRadius * generator.draw(0.8...1.1)))
    let arms = 2 + generator.index(below: 4)
    for arm in 0..<arms {
      let turn = angle + 2 * .pi * (Float(arm) + generator.draw(-0.35...0.35)) / Float(arms)
      let isLong = arm == 0 || generator.chance(0.25)
      let length = scale * (isLong ? generator.draw(20...40) : generator.draw(9...20))
      growArm(
        toward: turn, length: length, bend: generator.draw(-0.6...0.6),
        radii: (
          bodyRadius * generator.draw(0.55...0.9), bodyRadius * generator.draw(0.2...0.65),
          scale * generator.draw(0.7...2.2)
        ))
    }
  }

  /// A wide plate of overlapping lobes.
  private mutating func growFlat(
    _ angle: Float, _ scale: Float, _ generator: inout SeededGenerator
  ) {
    let half = axis * bodyRadius * generator.draw(0.2...0.8)
    capsules.append(
      Capsule(
        start: center - half, end: center + half, startRadius: bodyRadius,
        endRadius: bodyRadius * generator.draw(0.7...1)))
    for _ in 0..<2 + generator.index(below: 4) {
      let turn = generator.draw(0...(2 * .pi))
      growArm(
        toward: turn, length: bodyRadius * generator.draw(0.8...1.6), bend: 0,
        radii: (
          bodyRadius * 0.7, bodyRadius * generator.draw(0.3...0.6),
          bodyRadius * generator.draw(0.1...0.35)
        ))
    }
  }

  /// A disc; a cell in division may already be two.
  private mutating func growRound(
    _ kind: CellKind, _ scale: Float, _ generator: inout SeededGenerator
  ) {
    let isDividing = kind == .mitotic && generator.chance(0.15)
    let half = axis * bodyRadius * (isDividing ? 0.8 : generator.draw(0...0.25))
    let radius = isDividing ? bodyRadius * 0.85 : bodyRadius
    if isDividing {
      blend = 1.5
      for end in [center - half, center + half] {
        capsules.append(Capsule(start: end, end: end, startRadius: radius, endRadius: radius))
      }
    } else {
      capsules.append(
        Capsule(start: center - half, end: center + half, startRadius: radius, endRadius: radius))
    }
    guard kind == .rounded else { return }
    for _ in 0..<generator.index(below: 3) {
      growArm(
        toward: generator.draw(0...(2 * .pi)), length: bodyRadius + scale * generator.draw(3...9),
        bend: 0, radii: (bodyRadius * 0.5, bodyRadius * 0.3, scale * 0.8))
    }
  }

  /// Adds an arm of two capsules from the center, bent by `bend` radians half way.
  private mutating func growArm(
    toward angle: Float, length: Float, bend: Float, radii: (Float, Float, Float)
  ) {
    let middle = center + SIMD2(cos(angle), sin(angle)) * length / 2
    let tip = middle + SIMD2(cos(angle + bend), sin(angle + bend)) * length / 2
    capsules.append(
      Capsule(start: center, end: middle, startRadius: radii.0, endRadius: radii.1))
    capsules.append(Capsule(start: middle, end: tip, startRadius: radii.1, endRadius: radii.2))
  }
}
