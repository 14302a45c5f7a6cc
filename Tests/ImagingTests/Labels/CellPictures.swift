import Basics

@testable import Imaging

/// Pictures of cells, and plain ways to look at them pixel by pixel.
enum CellPictures {
  /// A picture of digits, a row a string; all else is ground.
  static func picture(_ rows: String...) -> LabelImage {
    LabelImage(
      width: rows.first?.count ?? 0, height: rows.count,
      labels: rows.flatMap { $0.map { UInt16($0.wholeNumberValue ?? 0) } })
  }

  /// Discs, later ones behind earlier ones, so that many touch and some are in pieces; numbers have gaps.
  static func crowd(
    _ width: Int, _ height: Int, cells: Int, radius: Range<Double> = 2..<12, seed: UInt64
  ) -> LabelImage {
    var rng = SeededGenerator(seed: seed)
    var image = LabelImage(width: width, height: height)
    var label: UInt16 = 0
    for _ in 0..<cells {
      label += UInt16(1 + rng.index(below: 3))
      let (x, y) = (rng.uniform(0..<Double(width)), rng.uniform(0..<Double(height)))
      let size = rng.uniform(radius)
      for row in max(0, Int(y - size))..<min(height, Int(y + size) + 2) {
        for column in max(0, Int(x - size))..<min(width, Int(x + size) + 2) {
          let (dx, dy) = (Double(column) - x, Double(row) - y)
          if dx * dx + dy * dy < size * size, image[column, row] == 0 { image[column, row] = label }
        }
      }
    }
    return image
  }

  /// Each pixel is of the nearest of some points: a tissue without ground.
  static func tissue(_ width: Int, _ height: Int, across: Int, seed: UInt64) -> LabelImage {
    var rng = SeededGenerator(seed: seed)
    let down = max(1, across * height / width)
    let (stepX, stepY) = (Double(width) / Double(across), Double(height) / Double(down))
    let points = (0..<across * down).map { place in
      SIMD2(
        (Double(place % across) + rng.uniform()) * stepX,
        (Double(place / across) + rng.uniform()) * stepY)
    }
    var image = LabelImage(width: width, height: height)
    for y in 0..<height {
      for x in 0..<width {
        let (column, row) = (Int(Double(x) / stepX), Int(Double(y) / stepY))
        var nearest = (distance: Double.infinity, place: 0)
        for r in max(0, row - 2)...min(down - 1, row + 2) {
          for c in max(0, column - 2)...min(across - 1, column + 2) {
            let gap = points[r * across + c] - SIMD2(Double(x), Double(y))
            let distance = (gap * gap).sum()
            if distance < nearest.distance { nearest = (distance, r * across + c) }
          }
        }
        image[x, y] = UInt16(nearest.place + 1)
      }
    }
    return image
  }

  /// A point in a picture or a little outside of it.
  static func point(
    _ width: Int, _ height: Int, beyond: Int = 10, using rng: inout SeededGenerator
  ) -> PixelPoint {
    PixelPoint(
      x: rng.index(below: width + 2 * beyond) - beyond,
      y: rng.index(below: height + 2 * beyond) - beyond)
  }

  /// A way that wanders.
  static func way(
    _ count: Int, _ width: Int, _ height: Int, step: Int, using rng: inout SeededGenerator
  ) -> [PixelPoint] {
    var points = [point(width, height, using: &rng)]
    for _ in 1..<count {
      let last = points[points.count - 1]
      points.append(
        PixelPoint(
          x: last.x + rng.index(below: 2 * step + 1) - step,
          y: last.y + rng.index(below: 2 * step + 1) - step))
    }
    return points
  }

  /// The pixels of which a stroke makes something else than a picture has, each with what it becomes.
  static func changes(_ old: LabelImage, _ new: LabelImage) -> [Int: UInt16] {
    var changes: [Int: UInt16] = [:]
    for place in old.labels.indices where old.labels[place] != new.labels[place] {
      changes[place] = new.labels[place]
    }
    return changes
  }

  /// What cannot be reached from outside of a picture over edges of pixels that are no wall.
  static func enclosed(_ isWall: [Bool], width: Int, height: Int) -> [Bool] {
    var isOutside = [Bool](repeating: false, count: isWall.count)
    var waiting = isWall.indices.filter { place in
      let (x, y) = (place % width, place / width)
      return !isWall[place] && (x == 0 || y == 0 || x == width - 1 || y == height - 1)
    }
    for place in waiting { isOutside[place] = true }
    while let place = waiting.popLast() {
      for next in neighbours(of: place, width: width, height: height)
      where !isWall[next] && !isOutside[next] {
        isOutside[next] = true
        waiting.append(next)
      }
    }
    return isWall.indices.map { !isWall[$0] && !isOutside[$0] }
  }

  /// The pixels that share an edge with one.
  static func neighbours(of place: Int, width: Int, height: Int) -> [Int] {
    let (x, y) = (place % width, place / width)
    return (x > 0 ? [place - 1] : []) + (x < width - 1 ? [place + 1] : [])
      + (y > 0 ? [place - width] : []) + (y < height - 1 ? [place + width] : [])
  }
}

extension TiledLabels {
  /// What gives the same pixels to the same cells as a relabelling, run by run.
  func stroke(of relabelling: Relabelling?) -> LabelStroke? {
    relabelling.map { relabelling in
      LabelStroke(
        relabelling.numbers.sorted { $0.key < $1.key }.map { LabelStroke.Part($1, runs(of: $0)) })
    }
  }

  /// Draws a stroke, and checks that its edit takes it back.
  func drawn(_ stroke: LabelStroke?) -> (labels: TiledLabels, isTakenBack: Bool)? {
    guard let edit = stroke.flatMap({ effect(of: $0) }) else { return nil }
    var after = self
    after.apply(edit)
    var back = after
    back.apply(edit.inverse)
    return (after, back == self && back.cells.mapValues(\.area) == cells.mapValues(\.area))
  }
}
