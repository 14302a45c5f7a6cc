import Testing

@testable import Basics

struct MeanIntervalTests {
  @Test func `the interval is Student's`() throws {
    // By hand: mean 3, standard deviation 1.5811, t 2.776.
    let interval = try #require(MeanInterval([1, 2, 3, 4, 5]))
    #expect(interval.mean == 3 && interval.count == 5)
    #expect(abs(try #require(interval.margin) - 1.963) < 0.01)
    let limits = try #require(interval.limits(in: 0...4))
    #expect(abs(limits.lowerBound - 1.037) < 0.01 && limits.upperBound == 4)
  }

  @Test func `fewer than three values have a mean and no interval`() {
    #expect(MeanInterval([]) == nil)
    #expect(MeanInterval([1, 2])?.mean == 1.5 && MeanInterval([1, 2])?.margin == nil)
    #expect(MeanInterval([1, 2])?.limits(in: 0...1) == nil)
    #expect(MeanInterval([2, 2, 2])?.margin == 0)
  }

  @Test(arguments: [
    (2, 4.303), (3, 3.182), (4, 2.776), (5, 2.571), (7, 2.365), (10, 2.228), (20, 2.086),
    (39, 2.023), (200, 1.972),
  ])
  func `quantiles are those of tables`(freedom: Int, quantile: Double) {
    #expect(abs(MeanInterval.quantile(freedom: freedom) - quantile) < 0.01)
  }
}
