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
}
