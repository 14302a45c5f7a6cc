import Testing

@testable import Terminal

struct OutputLogTests {
  @Test func `a log that cannot be written does not keep the screen from opening`() {
    #expect(throws: Never.self) { _ = try OutputLog(path: "/nowhere/at/all.log") }
    #expect(throws: Never.self) { _ = try OutputLog(path: "/") }
  }
}
