@testable import Objects
import Testing

@Suite("What values are like in the middle")
struct AverageTests {
  @Test("Mean and median are numpy's")
  func numpy() throws {
    for golden in try MeasuresGolden.load().histograms {
      #expect(Average.median(golden.values.shuffled()) == golden.median)
      let mean = try #require(Average.mean(golden.values))
      #expect(abs(mean - golden.mean) <= 1e-14 * (golden.values.map(abs).max() ?? 0))
    }
  }

  @Test("Of nothing there is no middle")
  func nothing() {
    #expect(Average.mean([]) == nil)
    #expect(Average.median([]) == nil)
  }
}
