import Basics

/// In which order images are best labelled.
///
/// All but the random one begin, where nothing is labelled, with the image whose look is nearest to the mean of all:
/// what a network learns from one image it should learn from a usual one.
public enum LabelOrder: String, CaseIterable, Sendable {
  /// The image that looks least like any that is labelled or chosen: farthest first, greedy k-centre (Gonzalez 1985).
  /// It comes by every look soon, and by broken images as well.
  case cover
  /// The image that looks like several others and unlike those labelled or chosen: the greatest product of both ranks.
  /// One that is alone in its look comes late.
  case typical
  /// The image that a network is unsure of and that looks unlike those labelled or chosen: the same with the rank of
  /// the uncertainty.
  case uncertain
  /// Any, drawn by a seed.
  case random

  /// The order before any training.
  public static let first = LabelOrder.typical
  /// The order once a network has learnt from images of the folder.
  public static let later = LabelOrder.uncertain

  /// Whether looks matter.
  public var needsLooks: Bool { self != .random }
  /// Whether it matters how unsure a network is.
  public var needsUncertainty: Bool { self == .uncertain }

  /// The places of images in the order in which to label them; those that are labelled are left out.
  ///
  /// Each place is chosen as if those before it were labelled, so that a part from the start is an order too.
  ///
  /// - Parameters:
  ///   - features: What each image looks like: vectors of one length. The random order takes only their number.
  ///   - labelled: The places of those that have a label.
  ///   - uncertainties: How unsure a network is of each; empty where that is not known.
  ///   - seed: What the random order is drawn by.
  /// - Returns: those places, the one to label first at the start.
  public func places(
    of features: [[Float]], labelled: Set<Int> = [], uncertainties: [Double] = [], seed: UInt64 = 0
  ) -> [Int] {
    let open = features.indices.filter { !labelled.contains($0) }
    if self == .random {
      var generator = SeededGenerator(seed: seed)
      return generator.shuffled(open)
    }
    var choice = LabelChoice(
      distances: LookDistances(features), by: self, uncertainties: uncertainties, open: open)
    for place in labelled { choice.add(place) }
    var order: [Int] = []
    while let next = choice.next {
      order.append(next)
      choice.add(next)
    }
    return order
  }
}

/// Images that are chosen one after the other.
private struct LabelChoice {
  private let distances: LookDistances
  /// What else than being far an image is chosen for, the greater the better; empty where there is nothing.
  private let merits: [Double]
  /// Those that can be chosen yet, in their order.
  private var open: [Int]
  /// From each image to the nearest that is chosen.
  private var nearest: [Float]
  private var isBegun = false

  init(distances: LookDistances, by order: LabelOrder, uncertainties: [Double], open: [Int]) {
    (self.distances, self.open) = (distances, open)
    merits =
      switch order {
      case .cover, .random: []
      case .typical: distances.solitudes.map { -Double($0) }
      case .uncertain: uncertainties
      }
    nearest = Array(repeating: .infinity, count: distances.count)
  }

  /// Chooses an image.
  mutating func add(_ place: Int) {
    isBegun = true
    open.removeAll { $0 == place }
    for other in nearest.indices {
      nearest[other] = min(nearest[other], distances[place, other])
    }
  }

  /// The image to choose next, of equals the first; nil where none is left.
  var next: Int? {
    guard isBegun else { return distances.middle }
    var worths = open.map { Double(nearest[$0]) }
    if !merits.isEmpty {
      worths = zip(Self.ranks(worths), Self.ranks(open.map { merits[$0] })).map { $0 * $1 }
    }
    return worths.max().flatMap { most in worths.firstIndex(of: most) }.map { open[$0] }
  }

  /// The rank of each value, 1 for the least; equal ones have the mean of theirs.
  private static func ranks(_ values: [Double]) -> [Double] {
    let order = values.indices.sorted { values[$0] < values[$1] }
    var ranks = values
    var start = 0
    while start < order.count {
      var end = start + 1
      while end < order.count, values[order[end]] == values[order[start]] { end += 1 }
      for place in order[start..<end] { ranks[place] = Double(start + 1 + end) / 2 }
      start = end
    }
    return ranks
  }
}
