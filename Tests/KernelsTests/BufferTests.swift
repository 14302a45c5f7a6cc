import Kernels
import Testing

@Suite struct BufferTests {
  @Test func `a slice is the same memory`() {
    let whole = Buffer([1, 2, 3, 4, 5])
    let part = whole.slice(at: 1, count: 3)
    part[0] = 7
    #expect(whole.values == [1, 7, 3, 4, 5])
    #expect(part.values == [7, 3, 4])
  }

  @Test func `memory outlives the handle that made it`() {
    func tail() -> Buffer { Buffer([1, 2, 3]).slice(at: 2, count: 1) }
    #expect(tail().values == [3])
  }

  @Test func `a new buffer is zero`() {
    #expect(Buffer(count: 5).values == [0, 0, 0, 0, 0])
    #expect(Buffer(count: 0).values.isEmpty)
  }

  @Test func `a slice outside its buffer traps`() async {
    await #expect(processExitsWith: .failure) { _ = Buffer(count: 3).slice(at: 2, count: 2) }
    await #expect(processExitsWith: .failure) { _ = Buffer(count: 3)[3] }
    await #expect(processExitsWith: .failure) { Buffer(count: 3).copy(from: [1]) }
  }
}
