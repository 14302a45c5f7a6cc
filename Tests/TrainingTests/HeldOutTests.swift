import Project
import Recipes
import Testing

@testable import Training

struct HeldOutTests {
  private static func keys(_ count: Int) -> [ImageKey] {
    (0..<count).map { ImageKey("image\($0).png") }
  }

  @Test(arguments: [(1, 0), (4, 0), (5, 1), (7, 1), (8, 2), (10, 2), (35, 7)])
  func `a fifth is held out from five labels on, at least one`(count: Int, held: Int) {
    let split = HeldOut(Self.keys(count), share: 0.2, seed: 3)
    #expect(split.validation.count == held)
    #expect(HeldOut.count(labels: count, share: 0.2) == held)
    #expect((split.training + split.validation).sorted() == Self.keys(count).sorted())
  }

  @Test func `no share holds nothing out, and a tiny share still one`() {
    #expect(HeldOut(Self.keys(35), share: 0, seed: 0).validation.isEmpty)
    #expect(HeldOut(Self.keys(35), share: 0.001, seed: 0).validation.count == 1)
    #expect(HeldOut(Self.keys(5), share: 0.99, seed: 0).training.count == 1)
  }

  @Test func `the seed decides which`() {
    let first = HeldOut(Self.keys(30), share: 0.2, seed: 1)
    #expect(first == HeldOut(Self.keys(30), share: 0.2, seed: 1))
    #expect(first != HeldOut(Self.keys(30), share: 0.2, seed: 2))
  }

  @Test func `a given split goes before the seed`() {
    let keys = Self.keys(3)
    let given = Split(parts: [keys[2]: .validation, keys[0]: .train])
    let split = HeldOut(keys, share: 0.2, seed: 1, given: given)
    #expect(split.validation == [keys[2]])
    #expect(split.training == [keys[0], keys[1]])
  }

  @Test func `what the weights know is never validated on, and validation images stay so`() {
    let keys = Self.keys(20)
    var past = Split(drawing: .validation, share: 0.2, of: Array(keys[0..<10]), seed: 1)
    let known = Set(past.images(.train, of: keys))
    for count in [10, 11, 14, 20] {
      let split = HeldOut(Array(keys[0..<count]), share: 0.2, seed: UInt64(count), past: past)
      #expect(Set(past.images(.validation, of: keys)).isSubset(of: split.validation))
      #expect(known.isDisjoint(with: split.validation))
      #expect(split.validation.count == HeldOut.count(labels: count, share: 0.2))
      #expect(split.training.count + split.validation.count == count)
    }
    for key in keys { past.parts[key] = .train }
    #expect(HeldOut(keys, share: 0.2, seed: 1, past: past).validation.isEmpty)
    for key in keys { past.parts[key] = .validation }
    #expect(HeldOut(keys, share: 0.2, seed: 1, past: past).training.count == 1)
    #expect(HeldOut(keys, share: 0, seed: 1, past: past).validation.isEmpty)
  }
}
