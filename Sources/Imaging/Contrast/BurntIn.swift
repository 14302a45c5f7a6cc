import Foundation

/// Finds what lies at an end of an image's grey values and is none of the picture's: scale bars, time stamps,
/// hot pixels, padding, values that mean "no data".
///
/// Two things tell it from a bright halo, saturated or not. A lens draws no edge sharper than itself: beside
/// what is bright in the scene lie pixels nearly as bright, beside what was burnt in afterwards lie pixels like
/// any others. And the scene's values thin out towards the end, so that next to many come more: where the
/// end has many and the values before it have few, a gap is between them. Both have to hold. Natural images
/// reach 0.5 and more in the first (`steepest`) and 0.3 and more in the second (`emptiest`) where there is
/// anything to measure; what is burnt in stays below 0.4 and 0.7, mostly at 0.
struct BurntIn {
  /// An end of the grey values: which way is outward.
  enum End: Double { case dark = -1, bright = 1 }

  /// At least this share of the pixels, a fifth of what the usual percentiles cut off, and so many.
  private static let least = (share: 0.0002, count: 8)
  /// Fewer pixels than these, or more than this share, have to stand apart clearly.
  private static let plain = (count: 32, share: 0.03)
  /// How many values, against what a tail that thins out evenly has, may lead up to it.
  private static let emptiest = (usual: 0.7, clear: 0.1, extended: 1.2)
  /// How much of its height the neighbours may have, the image's median being 0.
  private static let steepest = (first: 0.45, extended: 0.4)
  /// Where soft edges are added, so many pixels are looked at together, and all is at most so many times as
  /// much as without them.
  private static let softEdges = (count: 64, growth: 8)
  /// Depths that are looked at are this part of one another.
  private static let step = 0.95
  /// At most about so many pixels are asked for their neighbours.
  private static let sample = 262_144

  private let image: Image
  private let ranks: GreyRanks
  private let middle: Middle

  /// Looks at an image whose values are ordered; nil where it has too few different ones to tell.
  init?(_ image: Image, _ ranks: GreyRanks) {
    guard let middle = Middle(ranks) else { return nil }
    (self.image, self.ranks, self.middle) = (image, ranks, middle)
  }

  /// The value from which on, outward, nothing is the picture's; nil where an end is sound.
  func limit(at end: End) -> Double? {
    let tail = Tail(image, ranks, middle, end)
    var found: (depth: Double, count: Int)?
    var most = 0
    for depth in tail.depths(step: Self.step) {
      let count = tail.count(beyond: depth)
      guard count >= Self.least.count, Double(count) >= Self.least.share * Double(ranks.count)
      else { continue }
      let fill = tail.fill(before: depth)
      guard let outer = found else {
        if let height = tail.neighbors(of: depth..<(.infinity)) {
          if height >= Self.steepest.first { return nil }
          if fill < (isPlain(count) ? Self.emptiest.usual : Self.emptiest.clear) {
            found = (depth, count)
          }
        } else if fill < Self.emptiest.clear / 2 {
          // A block without a border in the sample.
          found = (depth, count)
        }
        most = count * Self.softEdges.growth
        continue
      }
      guard count - outer.count >= Self.softEdges.count else { continue }
      guard count <= most, fill < Self.emptiest.extended,
        let height = tail.neighbors(of: depth..<outer.depth), height < Self.steepest.extended
      else { break }
      found = (depth, count)
    }
    return found.map { middle.value + end.rawValue * $0.depth }
  }

  private func isPlain(_ count: Int) -> Bool {
    count >= Self.plain.count && Double(count) < Self.plain.share * Double(ranks.count)
  }

  /// The middle of the values that are neither the smallest nor the largest, which may be burnt in.
  private struct Middle {
    let value: Double
    /// How far values that follow one another lie apart.
    let spacing: Double
    /// The lesser distance to the 16 and the 84 percentile.
    let spread: Double

    init?(_ ranks: GreyRanks) {
      guard ranks.count > 0 else { return nil }
      let (least, most) = (ranks.value(0), ranks.value(ranks.count - 1))
      let inner = ranks.count(upTo: least)..<max(ranks.count(upTo: least), ranks.count(below: most))
      guard !inner.isEmpty else { return nil }
      value = ranks.value(inner.lowerBound + inner.count / 2)
      func part(_ share: Double) -> Double {
        ranks.value(inner.lowerBound + Int(share * Double(inner.count - 1)))
      }
      spread = min(part(0.84) - value, value - part(0.16))
      var (low, high, steps) = (value, value, 0)
      for _ in 0..<4 {
        let place = ranks.count(upTo: high)
        guard place < inner.upperBound else { break }
        (high, steps) = (ranks.value(place), steps + 1)
      }
      for _ in 0..<4 {
        let place = ranks.count(below: low)
        guard place > inner.lowerBound else { break }
        (low, steps) = (ranks.value(place - 1), steps + 1)
      }
      // Of masks, labels and pictures of few values nothing can be told.
      guard steps >= 6 else { return nil }
      spacing = (high - low) / Double(steps)
    }
  }

  /// The values on one side of the middle; depths are counted from there outward.
  private struct Tail {
    private let image: Image
    private let ranks: GreyRanks
    private let middle: Middle
    private let end: End
    /// The least depth that is looked at, and the depth of the outermost value.
    private let bounds: (least: Double, most: Double)
    /// Places of pixels that are deeper than the least, of some that are spread evenly.
    private let places: [Int]

    init(_ image: Image, _ ranks: GreyRanks, _ middle: Middle, _ end: End) {
      (self.image, self.ranks, self.middle, self.end) = (image, ranks, middle, end)
      let outermost = ranks.value(end == .bright ? ranks.count - 1 : 0)
      let least = max(4 * middle.spacing, 2 * middle.spread)
      bounds = (least, end.rawValue * (outermost - middle.value))
      guard bounds.most > least else {
        places = []
        return
      }
      places = stride(
        from: 0, to: image.values.count, by: max(1, image.values.count / BurntIn.sample)
      ).filter { Self.depth($0, image, middle, end) >= least }
    }

    /// Depths from near the outermost value inward.
    func depths(step: Double) -> some Sequence<Double> {
      let least = max(bounds.least, .leastNormalMagnitude)
      return sequence(first: bounds.most * step) { $0 * step }.lazy.prefix { $0 >= least }
    }

    /// How many values lie at a depth or deeper.
    func count(beyond depth: Double) -> Int {
      let value = middle.value + end.rawValue * depth
      return end == .bright
        ? ranks.count - ranks.count(below: value) : ranks.count(upTo: value)
    }

    /// How many values lie within an eighth of the way before a depth, against those of a tail that thins out
    /// exponentially from the middle and has as many beyond it.
    func fill(before depth: Double) -> Double {
      let beyond = count(beyond: depth)
      let width = max(depth / 8, 3 * middle.spacing)
      let leading = count(beyond: depth - width) - beyond
      let share = Double(beyond) / Double(ranks.count)
      let expected = exp(max(log(0.5 / share), 0.5) / 8) - 1
      return Double(leading + 2) / (expected * Double(beyond))
    }

    /// The median depth of the less deep pixels that touch those of some depths, as a part of the least of
    /// these; nil where fewer than eight do.
    func neighbors(of depths: Range<Double>) -> Double? {
      var found: [Double] = []
      for place in places where depths.contains(depth(place)) {
        let (x, y) = (place % image.width, place / image.width)
        for row in max(0, y - 1)...min(image.height - 1, y + 1) {
          for column in max(0, x - 1)...min(image.width - 1, x + 1) {
            let depth = depth(row * image.width + column)
            if depth < depths.lowerBound { found.append(depth) }
          }
        }
      }
      guard found.count >= 8 else { return nil }
      found.sort()
      return found[found.count / 2] / depths.lowerBound
    }

    private func depth(_ place: Int) -> Double { Self.depth(place, image, middle, end) }

    /// How deep a pixel is; no number where it has none.
    private static func depth(
      _ place: Int, _ image: Image, _ middle: Middle, _ end: End
    ) -> Double {
      guard image.missing == nil || image.missing?.pixels[place] == 0 else { return .nan }
      return end.rawValue * (Double(image.values[place]) - middle.value)
    }
  }
}
