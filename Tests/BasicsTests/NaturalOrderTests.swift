import Basics
import Testing

struct NaturalOrderTests {
  @Test(arguments: [
    ("img2", "img10"), ("img02", "img3"), ("a/9", "a/10"), ("a/z", "a1"), ("B", "c"),
    ("a#2", "a#10"), ("x", "x1"), ("10000000000000000000000", "20000000000000000000000"),
  ])
  func `natural order counts numbers`(first: String, second: String) {
    #expect(NaturalOrder.precedes(first, second))
    #expect(!NaturalOrder.precedes(second, first))
    #expect(!NaturalOrder.precedes(first, first))
  }

  @Test func `texts are sorted as they precede each other`() {
    let texts = ["b10", "b9", "a/2", "a/10", "A/1", "a", "", "B9", "01", "1"]
    let sorted = NaturalOrder.sorted(texts)
    #expect(sorted == ["", "01", "1", "a", "A/1", "a/2", "a/10", "B9", "b9", "b10"])
    #expect(sorted == texts.sorted(by: NaturalOrder.precedes))
  }
}
