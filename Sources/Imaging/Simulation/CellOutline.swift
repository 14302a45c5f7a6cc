import Basics
import Foundation

/// The outline of a cell seen from above: capsules, and a star of tips, that melt into each other.
struct CellOutline {
  /// A segment whose radius goes from one value to another.
  struct Capsule {
    var start: SIMD2<Float>
    var end: SIMD2<Float>
    var startRadius: Float
    var endRadius: Float
    /// How far it reaches out for what is there already.
    var blend: Float
  }

  /// The capsules, the body first where that is no star.
  private(set) var capsules: [Capsule] = []
  /// A circle around each capsule.
  private var circles: [(middle: SIMD2<Float>, extent: Float)] = []
  /// The body of a cell that is held at its tips.
  private(set) var star: StarOutline?
  /// The middle of the cell, where its nucleus is.
  private(set) var center: SIMD2<Float>
  /// Direction of the cell's long axis.
  let axis: SIMD2<Float>
  /// Radius of the body.
  let bodyRadius: Float
  /// Half the cell's length.
  private(set) var reach: Float = 0
  private let scale: Float

  /// Draws a cell of a kind at a place, its axis at `angle`; lengths grow by `scale`.
  ///
  /// `filopodia` are thin spikes a radian of the edge, for the kinds that have some.
  init(
    _ kind: CellKind, at center: SIMD2<Float>, angle: Float, scale: Float, filopodia: Float = 0,
    using generator: inout SeededGenerator
  ) {
    self.center = center
    self.scale = scale
    axis = SIMD2(toward: angle)
    bodyRadius = scale * generator.draw(Self.bodyRadii(of: kind))
    switch kind {
    case .spindle: growSpindle(angle, &generator)
    case .spread: growSpread(angle, &generator)
    case .flat: growFlat(angle, &generator)
    case .polygonal: growPolygon(angle, &generator)
    case .fan: growFan(angle, &generator)
    case .branched: growBranched(angle, &generator)
    case .rounded, .mitotic: growRound(kind, &generator)
    case .dead: growBlebs(&generator)
    case .rod: growBody(lengthShare: 0...3.5, endShare: 0.8...1, blend: 1, &generator)
    }
    if kind == .spread || kind == .polygonal || kind == .fan {
      growFilopodia(density: filopodia, &generator)
    }
    reach = star?.reach ?? 0
    for capsule in capsules {
      reach = max(
        reach, (capsule.start - center).length + capsule.startRadius,
        (capsule.end - center).length + capsule.endRadius)
    }
  }

  /// The same cell at another place.
  func moved(by step: SIMD2<Float>) -> CellOutline {
    var outline = self
    outline.center += step
    for index in capsules.indices {
      outline.capsules[index].start += step
      outline.capsules[index].end += step
      outline.circles[index].middle += step
    }
    outline.star = star?.moved(by: step)
    return outline
  }

  /// Radii of the bodies at scale 1.
  private static func bodyRadii(of kind: CellKind) -> ClosedRange<Float> {
    switch kind {
    case .spindle: 3...6.8
    case .spread: 5.5...9
    case .flat: 13...21
    case .polygonal: 8...15
    case .fan: 12...22
    case .branched: 3.5...6.5
    case .rounded: 6...9
    case .mitotic: 5.5...8
    case .dead: 5...9
    case .rod: 2.5...5
    }
  }

  /// Signed distance from the outline, about: negative inside.
  func distance(from point: SIMD2<Float>) -> Float {
    var nearest = star?.distance(from: point) ?? 1000
    for (index, capsule) in capsules.enumerated() {
      // One that is too far away to matter is most often seen to be so by its circle.
      let away = point - circles[index].middle
      let near = nearest + capsule.blend + circles[index].extent
      if near < 0 || (away * away).sum() > near * near { continue }
      let along = capsule.end - capsule.start
      let offset = point - capsule.start
      let square = (along * along).sum()
      let t = square > 0 ? min(max((offset * along).sum() / square, 0), 1) : 0
      let rest = offset - along * t
      let radius = capsule.startRadius + t * (capsule.endRadius - capsule.startRadius)
      let distance = rest.length - radius
      let meeting = max(capsule.blend - (nearest - distance).magnitude, 0)
      nearest = min(nearest, distance) - meeting * meeting / (4 * capsule.blend)
    }
    return nearest
  }

  /// Two arms in a gentle bend, thick in the middle.
  private mutating func growSpindle(_ angle: Float, _ generator: inout SeededGenerator) {
    let bend = generator.draw(-0.5...0.5)
    for side: Float in [0, .pi] {
      growArm(
        toward: angle + side, length: scale * generator.draw(14...46),
        bend: side == 0 ? bend : -bend, root: bodyRadius,
        middle: bodyRadius * generator.draw(0.45...0.9), tip: scale * generator.draw(0.6...2))
    }
    if generator.chance(0.3) {
      growArm(
        toward: angle + generator.draw(-0.9...0.9), length: scale * generator.draw(10...22),
        bend: 0, root: bodyRadius * 0.7, middle: bodyRadius * 0.4, tip: scale)
    }
  }

  /// A body with two to five processes.
  private mutating func growSpread(_ angle: Float, _ generator: inout SeededGenerator) {
    growBody(lengthShare: 0.1...0.7, endShare: 0.8...1.1, blend: 6, &generator)
    let arms = 2 + generator.index(below: 4)
    for arm in 0..<arms {
      let turn = angle + 2 * .pi * (Float(arm) + generator.draw(-0.35...0.35)) / Float(arms)
      let isLong = arm == 0 || generator.chance(0.25)
      let length = scale * (isLong ? generator.draw(20...40) : generator.draw(9...20))
      growArm(
        toward: turn, length: length, bend: generator.draw(-0.6...0.6),
        root: bodyRadius * generator.draw(0.55...0.9),
        middle: bodyRadius * generator.draw(0.2...0.65), tip: scale * generator.draw(0.7...2.2))
    }
  }

  /// A wide plate of overlapping lobes.
  private mutating func growFlat(_ angle: Float, _ generator: inout SeededGenerator) {
    growBody(lengthShare: 0.2...0.8, endShare: 0.7...1, blend: 12, &generator)
    for _ in 0..<2 + generator.index(below: 4) {
      growArm(
        toward: generator.angle(), length: bodyRadius * generator.draw(0.8...1.6), bend: 0,
        root: bodyRadius * 0.7, middle: bodyRadius * generator.draw(0.3...0.6),
        tip: bodyRadius * generator.draw(0.1...0.35), blend: 12)
    }
  }

  /// Three to seven tips, the cell longer along its axis than across.
  private mutating func growPolygon(_ angle: Float, _ generator: inout SeededGenerator) {
    let count = 3 + generator.index(below: 5)
    let (length, width) = (generator.draw(1.1...2.4), generator.draw(0.7...1.1))
    let hollow = generator.draw(-0.2...0.8)
    let tips = (0..<count).map { index in
      let turn = 2 * .pi * (Float(index) + generator.draw(-0.3...0.3)) / Float(count)
      let (along, across) = (cos(turn) / length, sin(turn) / width)
      let radius = bodyRadius / (along * along + across * across).squareRoot()
      return StarOutline.Tip(
        angle: angle + turn, radius: radius * generator.draw(0.75...1.3),
        sag: hollow * generator.draw(0.3...1.2))
    }
    star = StarOutline(center: center, tips: tips)
  }

  /// A front of many shallow tips, hollow flanks, and a tail.
  private mutating func growFan(_ angle: Float, _ generator: inout SeededGenerator) {
    let half = generator.draw(0.7...1.9)
    let count = 4 + generator.index(below: 7)
    let roughness = generator.draw(0.03...0.3)
    var tips = (0..<count).map { index in
      let turn = half * (2 * (Float(index) + generator.draw(-0.3...0.3)) / Float(count - 1) - 1)
      return StarOutline.Tip(
        angle: angle + turn, radius: bodyRadius * (1.15 + roughness * generator.draw(-1...1)),
        sag: index == count - 1 ? generator.draw(0.2...1.6) : generator.draw(-0.1...0.35))
    }
    let opposite = angle + .pi + generator.draw(-0.3...0.3) * (.pi - half)
    tips.append(
      StarOutline.Tip(
        angle: opposite, radius: bodyRadius * generator.draw(0.3...1.6),
        sag: generator.draw(0.2...1.6)))
    star = StarOutline(center: center, tips: tips)
  }

  /// A small body, and long processes that part.
  private mutating func growBranched(_ angle: Float, _ generator: inout SeededGenerator) {
    growBody(lengthShare: 0.2...1.2, endShare: 0.6...1, blend: 5, &generator)
    let arms = 1 + generator.index(below: 4)
    for arm in 0..<arms {
      let turn = angle + 2 * .pi * (Float(arm) + generator.draw(-0.3...0.3)) / Float(arms)
      let length = scale * generator.draw(22...75)
      let bend = generator.draw(-0.8...0.8)
      let (root, tip) = (scale * generator.draw(1.2...3), scale * generator.draw(0.5...1.3))
      growArm(
        toward: turn, length: length, bend: bend, root: root, middle: 0.6 * (root + tip), tip: tip)
      for _ in 0..<generator.index(below: 3) {
        let parent = capsules[capsules.count - 1]
        let from = parent.start + (parent.end - parent.start) * generator.draw(0...0.9)
        let side = turn + bend + (generator.chance(0.5) ? 1 : -1) * generator.draw(0.4...1.1)
        let end = from + SIMD2(toward: side) * length * generator.draw(0.15...0.5)
        add(from, end, parent.startRadius * 0.8, tip * 0.8, blend: 3)
      }
    }
  }

  /// A disc; a cell in division may already be two.
  private mutating func growRound(_ kind: CellKind, _ generator: inout SeededGenerator) {
    let isDividing = kind == .mitotic && generator.chance(0.15)
    let half = axis * bodyRadius * (isDividing ? 0.8 : generator.draw(0...0.35))
    if isDividing {
      for end in [center - half, center + half] {
        add(end, end, bodyRadius * 0.85, bodyRadius * 0.85, blend: 1.5)
      }
    } else {
      add(center - half, center + half, bodyRadius, bodyRadius, blend: 6)
    }
    guard kind == .rounded else { return }
    for _ in 0..<generator.index(below: 3) {
      growArm(
        toward: generator.angle(), length: bodyRadius + scale * generator.draw(3...9),
        bend: 0, root: bodyRadius * 0.5, middle: bodyRadius * 0.3, tip: scale * 0.8)
    }
  }

  /// A heap of balls.
  private mutating func growBlebs(_ generator: inout SeededGenerator) {
    add(center, center, bodyRadius * 0.7, bodyRadius * 0.7, blend: 1)
    for _ in 0..<3 + generator.index(below: 6) {
      let turn = generator.angle()
      let place = center + SIMD2(toward: turn) * bodyRadius * generator.draw(0.3...1)
      let radius = bodyRadius * generator.draw(0.2...0.55)
      add(place, place, radius, radius, blend: 0.8)
    }
  }

  /// A capsule along the axis, one end as thick as the body is.
  private mutating func growBody(
    lengthShare: ClosedRange<Float>, endShare: ClosedRange<Float>, blend: Float,
    _ generator: inout SeededGenerator
  ) {
    let half = axis * bodyRadius * generator.draw(lengthShare)
    let end = bodyRadius * generator.draw(endShare)
    add(center - half, center + half, bodyRadius, end, blend: blend)
  }

  /// Adds an arm of two capsules from the center, bent by `bend` radians half way, with its radii there
  /// and at both ends.
  private mutating func growArm(
    toward angle: Float, length: Float, bend: Float, root: Float, middle: Float, tip: Float,
    blend: Float = 6
  ) {
    let joint = center + SIMD2(toward: angle) * length / 2
    let end = joint + SIMD2(toward: angle + bend) * length / 2
    add(center, joint, root, middle, blend: blend)
    add(joint, end, middle, tip, blend: blend)
  }

  /// Adds thin spikes all around, in groups: most of the edge has none.
  private mutating func growFilopodia(density: Float, _ generator: inout SeededGenerator) {
    // Spikes of less than half a pixel cannot be seen.
    guard density > 0, scale > 0.5 else { return }
    let count = Int(density * 2 * .pi)
    let focus = generator.angle()
    let width = generator.draw(0.4...3.1)
    for _ in 0..<count {
      let turn = focus + width * generator.draw(-1...1)
      let direction = SIMD2(toward: turn)
      let edge = star?.radius(toward: turn) ?? bodyRadius
      let lean = turn + generator.draw(-0.5...0.5)
      let start = center + direction * edge * 0.8
      let end =
        center + direction * edge + SIMD2(toward: lean) * scale * generator.draw(2...12)
      add(
        start, end, scale * generator.draw(0.5...1.3), scale * generator.draw(0.3...0.8),
        blend: 1.5)
    }
  }

  private mutating func add(
    _ start: SIMD2<Float>, _ end: SIMD2<Float>, _ startRadius: Float, _ endRadius: Float,
    blend: Float
  ) {
    capsules.append(
      Capsule(
        start: start, end: end, startRadius: startRadius, endRadius: endRadius,
        blend: scale * blend))
    let half = (end - start) / 2
    circles.append(((start + end) / 2, half.length + max(startRadius, endRadius)))
  }
}
