public import Basics

/// Which grey values of an image become black and white: how networks and eyes see it, by one rule.
///
/// The window reaches from a low to a high percentile of the values; these are `numpy.percentile`'s, with
/// linear interpolation. What is none of the picture's takes no part in them: what is not a number, and what
/// `BurntIn` finds at the ends, such as scale bars, hot pixels, padding or values that mean "no data". Where there
/// is nothing of the kind the window is that of all values.
public struct ContrastWindow: Equatable, Sendable {
  /// The value that becomes 0.
  public let low: Double
  /// The value that becomes 1.
  public let high: Double
  /// What took no part.
  public let setAside: [SetAside]
  /// The values that are the picture's.
  private let kept: ClosedRange<Double>
  /// What lies between the ends; 0 where all is to become 0.
  private let span: Double
  /// The median of the picture's values, 0...1.
  private let middle: Float

  /// Looks at the values of an image.
  ///
  /// The span of an image of whole numbers counts as at least 1, as in the reference; of float images (32 bits
  /// or more), whose values may all lie in 0...1, as at least a millionth of the larger end. Of an image of one
  /// value, or none, all becomes 0.
  ///
  /// - Parameters:
  ///   - image: The image; its values need not be finite.
  ///   - percentiles: What becomes black and white.
  ///   - isSampled: Whether about 65,536 evenly spread pixels of a float image are enough: sorting tens of
  ///     millions takes seconds.
  public init(
    of image: Image, percentiles: Percentiles = .usual, isSampled: Bool = false
  ) {
    let step = isSampled && image.bitDepth > 16 ? max(1, image.values.count / 65_536) : 1
    let ranks = GreyRanks(image, step: step)
    guard ranks.count > 0 else {
      (low, high, span, middle, kept) = (0, 0, 0, 0, 0...0)
      setAside = image.values.isEmpty ? [] : [SetAside(notANumber: 1)]
      return
    }
    let parts = Parts(image, ranks, percentiles)
    (low, high) = (parts.low, parts.high)
    let floor = image.bitDepth < 32 ? 1 : max(abs(low), abs(high)) * 1e-6
    let span = max(high - low, floor)
    self.span = span
    // A sample may not have the outermost values; infinite ones are none.
    let most = Double(Float.greatestFiniteMagnitude)
    let least = parts.kept.lowerBound == 0 ? -most : ranks.value(parts.kept.lowerBound)
    kept =
      least...(parts.kept.upperBound == ranks.count
      ? most : ranks.value(parts.kept.upperBound - 1))
    let median = ranks.percentile(50, among: parts.kept)
    middle = span > 0 ? Float(min(max((median - parts.low) / span, 0), 1)) : 0
    setAside = parts.setAside(missing: image, step: step)
  }

  /// What a network sees of some pixels of the image: their places in 0...1, clipped.
  ///
  /// What was set aside gets the median of all else: of no interest to a network, which would take a black or
  /// white block for a cell.
  public func spread(_ places: Range<Int>, of image: Image) -> [Float] {
    var spread = image.values[places].map(place)
    if let missing = image.missing {
      for (index, place) in places.enumerated() where missing.pixels[place] != 0 {
        spread[index] = middle
      }
    }
    return spread
  }

  private func place(of value: Float) -> Float {
    guard kept.contains(Double(value)) else { return middle }
    return span > 0 ? Float(min(max((Double(value) - low) / span, 0), 1)) : 0
  }

  /// What was set aside because it means that there are no data: numbers that are none, and a value far from
  /// all others in a block of pixels; nil where there is nothing of the kind.
  public var noData: SetAside? {
    setAside.filter { $0.kind != .burntIn }.max { $0.share < $1.share }
  }
}

/// The places in an image's order that are the picture's, and the window that they make.
private struct Parts {
  private let ranks: GreyRanks
  let kept: Range<Int>
  let low: Double
  let high: Double

  init(_ image: Image, _ ranks: GreyRanks, _ percentiles: Percentiles) {
    self.ranks = ranks
    func ends(_ kept: Range<Int>) -> (low: Double, high: Double) {
      (
        ranks.percentile(percentiles.low, among: kept),
        ranks.percentile(percentiles.high, among: kept)
      )
    }
    let search = BurntIn(image, ranks)
    let darkest = search?.limit(at: .dark).map { ranks.count(upTo: $0) } ?? 0
    let brightest = search?.limit(at: .bright).map { ranks.count(below: $0) } ?? ranks.count
    var kept = 0..<ranks.count
    // What is left has to be a picture.
    if brightest - darkest >= max(64, ranks.count / 100) { kept = darkest..<brightest }
    let found = ends(kept)
    let isFar = { (value: Double, gap: Double) in
      gap > found.high - found.low || (value < 0 && ranks.value(kept.lowerBound) >= 0)
    }
    // Most of an image is its ground, unless it lies farther off than the picture is wide.
    if 2 * kept.lowerBound > ranks.count, !isFar(ranks.value(0), found.low - ranks.value(0)) {
      kept = 0..<kept.upperBound
    }
    let last = ranks.value(ranks.count - 1)
    if 2 * (ranks.count - kept.upperBound) > ranks.count, !isFar(last, last - found.high) {
      kept = kept.lowerBound..<ranks.count
    }
    self.kept = kept
    (low, high) = ends(kept)
  }

  /// What is not kept, of an image of which every `step`th pixel was looked at.
  func setAside(missing image: Image, step: Int) -> [SetAside] {
    let total = (image.values.count + step - 1) / step
    var found: [SetAside] = []
    if ranks.count < total {
      found.append(SetAside(notANumber: Double(total - ranks.count) / Double(total)))
    }
    let isPositive = ranks.value(kept.lowerBound) >= 0
    for places in [0..<kept.lowerBound, kept.upperBound..<ranks.count] where !places.isEmpty {
      let value = ranks.value(places.lowerBound + places.count / 2)
      let same = ranks.count(upTo: value) - ranks.count(below: value)
      let share = Double(places.count) / Double(total)
      let isConstant = 10 * same >= 9 * places.count
      found.append(
        SetAside(
          isConstant && (share >= 0.01 || (value < 0 && isPositive)) ? .noData : .burntIn,
          value: value, share: share))
    }
    return found
  }
}
