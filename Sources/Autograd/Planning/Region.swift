/// A stretch of an executor's memory, from its first use to its last.
struct Region {
  let floats: Int
  /// The step at which it is written first.
  private(set) var first: Int
  /// The step at which it is read last.
  private(set) var last: Int
  /// Where it starts in the arena, once that is planned.
  var start = 0

  init(floats: Int, at step: Int) {
    self.floats = floats
    first = step
    last = step
  }

  /// Keeps it alive at a step.
  mutating func touch(_ step: Int) {
    first = min(first, step)
    last = max(last, step)
  }

  func isAliveWith(_ other: Region) -> Bool { first <= other.last && other.first <= last }
}

/// Places regions in one stretch of memory so that no two that are alive at once overlap.
enum Arena {
  /// Floats between which regions start: four cache lines.
  static let grain = 64

  /// Sets the start of every region; gives the floats of the whole.
  ///
  /// The largest are placed first, each at the lowest place that is free while it lives. The result is
  /// within a few per cent of the most that is alive at one step.
  static func place(_ regions: inout [Region]) -> Int {
    let order = regions.indices.sorted {
      (-regions[$0].floats, $0) < (-regions[$1].floats, $1)
    }
    var placed: [Int] = []
    var end = 0
    for index in order where regions[index].floats > 0 {
      let size = rounded(regions[index].floats)
      var start = 0
      for other in placed where regions[other].isAliveWith(regions[index]) {
        let next = regions[other]
        if next.start >= start + size { break }
        start = max(start, next.start + rounded(next.floats))
      }
      regions[index].start = start
      end = max(end, start + size)
      let place = placed.firstIndex { regions[$0].start > start } ?? placed.count
      placed.insert(index, at: place)
    }
    return end
  }

  private static func rounded(_ floats: Int) -> Int { (floats + grain - 1) / grain * grain }
}
