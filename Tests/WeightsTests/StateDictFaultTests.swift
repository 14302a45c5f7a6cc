import Autograd
import Testing
import Weights

struct StateDictFaultTests {
  private static func state(_ last: [Float], named name: Path) -> StateDict {
    StateDict([
      NamedTensor(path: "conv1.weight", shape: Shape(2), values: [1, -2]),
      NamedTensor(path: "bn1.running_mean", shape: Shape(2), values: [-1, 0]),
      NamedTensor(path: name, shape: Shape(2), values: last),
    ])
  }

  @Test(arguments: [Float.nan, .infinity, -.infinity])
  func `a value that is no finite number is told with its tensor`(value: Float) {
    let fault = Self.state([0, value], named: "head.weight").fault
    #expect(fault == .notFinite("head.weight"))
  }

  @Test func `only a variance may not be below zero`() {
    #expect(Self.state([1, -1e-9], named: "head.weight").fault == nil)
    #expect(Self.state([1, 0], named: "bn1.running_var").fault == nil)
    let fault = Self.state([1, -1e-9], named: "bn1.running_var").fault
    #expect(fault == .negativeVariance("bn1.running_var"))
  }
}
