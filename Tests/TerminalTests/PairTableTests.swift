import Testing

@testable import Terminal

struct PairTableTests {
  @Test func `a pair keeps its number and number 0 is never given`() {
    var table = PairTable(capacity: 8)
    let first = table.add(10, 20)
    #expect(first == 1)
    #expect(table.existing(10, 20) == first)
    #expect(table.existing(20, 10) == nil)
    #expect(table.add(1, 1) == 2)
  }

  @Test func `what is on the screen is never given up, what is not is`() {
    var table = PairTable(capacity: 6)
    let numbers = (0..<5).compactMap { table.add($0, 0) }
    #expect(numbers == [1, 2, 3, 4, 5])
    #expect(table.add(99, 0) == nil, "all were used in this frame")
    table.beginFrame()
    #expect(table.add(99, 0) == nil, "all were used in the frame before")
    table.mark(3)
    table.beginFrame()
    table.mark(3)
    let replaced = (0..<4).compactMap { table.add(100 + $0, 0) }
    #expect(Set(replaced) == [1, 2, 4, 5])
    #expect(table.existing(2, 0) == 3)
    #expect(table.existing(0, 0) == nil)
    #expect(table.add(200, 0) == nil)
  }

  @Test func `a pair given up is defined anew`() {
    var table = PairTable(capacity: 3)
    for frame in 0..<100 {
      table.beginFrame()
      table.beginFrame()
      let number = table.add(frame, frame)
      #expect(number == 1 || number == 2)
      #expect(table.existing(frame, frame) == number)
    }
    #expect(table.isCrowded)
    #expect(PairTable(capacity: 0).isCrowded == false)
  }
}
