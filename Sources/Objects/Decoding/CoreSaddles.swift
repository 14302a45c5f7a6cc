/// Which cells that grew from cores are one, since on the way from core to core it is hardly less core than within.
///
/// A cell that is large and flat may have a core in several pieces. Between two cells that only touch the probability
/// of core falls deep; between pieces of one it does not. That is the dynamics of the cores' maxima (Grimaud
/// 1992; scikit-image's `h_maxima`), measured by what the picture's own cores reach.
enum CoreSaddles {
  /// How far it falls between two cells at least, as a part of the picture's usual peak.
  static let depth: Float = 0.5

  /// The labels with those of one cell made the one of the highest peak among them, from what grew (from 1 on, row by
  /// row; 0 is ground) and the probability of core of each pixel.
  static func joined(_ labels: [Int32], core: [Float], width: Int) -> [Int32] {
    var peaks = [Float](repeating: 0, count: Int(labels.max() ?? 0) + 1)
    for (label, value) in zip(labels, core) { peaks[Int(label)] = max(peaks[Int(label)], value) }
    // Every cell grew from core, and numbers without a pixel have no peak.
    let tops = peaks.dropFirst().filter { $0 > 0 }.sorted()
    guard tops.count > 1 else { return labels }
    let least = depth * tops[tops.count / 2]
    var parents = peaks.indices.map { Int32($0) }
    func root(_ label: Int32) -> Int32 {
      var label = label
      while parents[Int(label)] != label { label = parents[Int(label)] }
      return label
    }
    // From the highest pass down, so that each cell meets the others by its best way.
    for saddle in saddles(labels, core: core, width: width) {
      let (a, b) = (root(saddle.first), root(saddle.second))
      let isFirst = peaks[Int(a)] > peaks[Int(b)] || peaks[Int(a)] == peaks[Int(b)] && a < b
      let (high, low) = isFirst ? (a, b) : (b, a)
      if high != low, peaks[Int(low)] - saddle.height < least { parents[Int(low)] = high }
    }
    let roots = parents.map { root($0) }
    return labels.map { roots[Int($0)] }
  }

  private struct Saddle {
    let first: Int32
    let second: Int32
    var height: Float
  }

  /// The highest pass between each two cells that touch by a side, the highest first.
  private static func saddles(_ labels: [Int32], core: [Float], width: Int) -> [Saddle] {
    var found: [SIMD2<Int32>: Float] = [:]
    func meet(_ index: Int, _ other: Int) {
      let (a, b) = (labels[index], labels[other])
      guard a != b, a != 0, b != 0 else { return }
      let height = min(core[index], core[other])
      found[SIMD2(min(a, b), max(a, b)), default: 0].raise(to: height)
    }
    for index in labels.indices where labels[index] != 0 {
      if (index + 1) % width != 0 { meet(index, index + 1) }
      if index + width < labels.count { meet(index, index + width) }
    }
    return found.map { Saddle(first: $0.x, second: $0.y, height: $1) }.sorted {
      ($1.height, $0.first, $0.second) < ($0.height, $1.first, $1.second)
    }
  }
}

extension Float {
  fileprivate mutating func raise(to value: Float) { self = Swift.max(self, value) }
}
