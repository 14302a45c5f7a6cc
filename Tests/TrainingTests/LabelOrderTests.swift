import Basics
import Testing

@testable import Training

/// Which images to label first, of looks that are points on a line or in a cloud.
struct LabelOrderTests {
  private static func line(_ values: Float...) -> [[Float]] { values.map { [$0] } }

  /// Eight looks of three features.
  private static func cloud(_ seed: UInt64) -> [[Float]] {
    var generator = SeededGenerator(seed: seed)
    return (0..<8).map { _ in (0..<3).map { _ in Float(generator.normal()) } }
  }

  @Test func `the first is the nearest to the mean, the next the farthest from those chosen`() {
    let looks = Self.line(0, 1.2, 2.5, 3.4, 10)
    #expect(LabelOrder.cover.places(of: looks) == [3, 4, 0, 1, 2])
  }

  @Test func `an image that is alone in its look comes after one that stands for several`() {
    // Two groups of six, and one that is alone.
    let looks = Self.line(0, 0.1, 0.2, 0.3, 0.4, 0.5, 5, 5.1, 5.2, 5.3, 5.4, 5.5, 15)
    #expect(LabelOrder.cover.places(of: looks).prefix(3) == [6, 12, 0])
    let typical = LabelOrder.typical.places(of: looks)
    // From the middle of the other group.
    #expect(typical[0] == 6 && (typical[1] == 2 || typical[1] == 3), "\(typical)")
    #expect(typical.last == 12)
  }

  @Test func `both ranks count, of how uncertain an image is and how far from a label`() {
    let looks = Self.line(0, 1, 2, 3)
    let doubts = [0, 0.9, 0.8, 0.1]
    func places(_ doubts: [Double], labelled: Set<Int>) -> [Int] {
      LabelOrder.uncertain.places(of: looks, labelled: labelled, uncertainties: doubts)
    }
    #expect(places(doubts, labelled: [0]) == [2, 1, 3])
    // Where nothing is known of doubt the farthest comes first; where all is alike, too.
    #expect(places([], labelled: [0]) == [3, 1, 2])
    #expect(places([1, 1, 1, 1], labelled: [0]) == [3, 1, 2])
    // Without a label there is nothing to be far from.
    let five = Self.line(0, 1, 2, 3, 4)
    #expect(LabelOrder.uncertain.places(of: five, uncertainties: [1, 0, 0, 0, 0]).first == 2)
    #expect(places([.nan, .nan, 0, .nan], labelled: []).count == 4)
  }

  @Test(arguments: LabelOrder.allCases, UInt64(0)..<8)
  func `every image without a label comes once, and what comes first is an order too`(
    order: LabelOrder, seed: UInt64
  ) {
    let looks = Self.cloud(seed)
    let doubts = looks.map { Double(abs($0[0])) }
    func places(_ labelled: Set<Int>) -> [Int] {
      order.places(of: looks, labelled: labelled, uncertainties: doubts, seed: seed)
    }
    let all = places([])
    #expect(all.sorted() == Array(looks.indices))
    #expect(places([1, 5]).sorted() == [0, 2, 3, 4, 6, 7])
    if order != .random {
      #expect(places(Set(all.prefix(3))) == Array(all.dropFirst(3)))
    }
  }

  @Test func `a random order is its seed's, and takes no looks`() {
    func places(_ seed: UInt64) -> [Int] {
      LabelOrder.random.places(of: Array(repeating: [], count: 30), seed: seed)
    }
    #expect(places(1) == places(1) && places(1) != places(2))
  }

  @Test func `nothing comes of nothing, and all that have a label leave none`() {
    for order in LabelOrder.allCases {
      #expect(order.places(of: []) == [])
      #expect(order.places(of: Self.line(1, 2), labelled: [0, 1]) == [])
      #expect(order.places(of: Self.line(1)) == [0])
    }
  }

  @Test func `features count alike, whatever their scale, and one that is the same in all not`() {
    let looks: [[Float]] = [[1, 1000, 7], [3, 3000, 7]]
    #expect(LookDistances.standardized(looks) == [[-1, -1, 0], [1, 1, 0]])
    let distances = LookDistances(looks)
    #expect(distances[0, 1] == Float(8).squareRoot() && distances[1, 0] == distances[0, 1])
    #expect(distances[0, 0] == 0)
    #expect(LookDistances([]).middle == nil)
    let solitudes = LookDistances(Self.line(0, 0, 0, 0, 0, 0, 7)).solitudes
    #expect(solitudes.dropLast().allSatisfy { $0 == 0 } && solitudes[6] > 1)
    #expect(LookDistances(Self.line(1)).solitudes == [0])
  }
}
