import Recipes
@testable import Comparison
import Foundation
import Testing

struct StatisticsTests {
  struct Golden: Decodable {
    struct Case: Decodable, CustomTestStringConvertible {
      let name: String
      let values: [Double]
      let mean: Double
      let deviation: Double
      let low: Double
      let high: Double
      let quantiles: [String: Double]
      var testDescription: String { name }
    }
    let cases: [Case]
  }

  static let cases: [Golden.Case] = {
    let file = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../Goldens/statistics.json")
    let data = try? Data(contentsOf: file)
    return data.flatMap { try? JSONDecoder().decode(Golden.self, from: $0).cases } ?? []
  }()

  @Test func `there are golden cases`() { #expect(Self.cases.count == 5) }

  @Test(arguments: cases)
  func `mean, deviation and quantiles are NumPy's`(golden: Golden.Case) throws {
    // Sums of at most thirty values, in another order.
    let tolerance = 1e-13 * (golden.values.map(abs).max() ?? 1)
    #expect(abs(try #require(Statistics.mean(golden.values)) - golden.mean) <= tolerance)
    let deviation = try #require(Statistics.standardDeviation(golden.values))
    #expect(abs(deviation - golden.deviation) <= tolerance)
    for (share, expected) in golden.quantiles {
      let share = try #require(Double(share))
      let found = Statistics.quantile(share, ofSorted: golden.values.sorted())
      #expect(abs(found - expected) <= tolerance)
    }
  }

  @Test(arguments: cases)
  func `an interval is SciPy's but for the draws`(golden: Golden.Case) throws {
    let found = try #require(Statistics.interval(ofMean: golden.values))
    // The standard error of the 2.5 % quantile of B draws is sqrt(p (1 - p) / B) over the density
    // there, 0.0584 / sd for a normal one: with 10,000 draws 0.027 sd; five of them.
    let sd = golden.deviation / Double(golden.values.count).squareRoot()
    #expect(abs(found.lowerBound - golden.low) <= 0.135 * sd)
    #expect(abs(found.upperBound - golden.high) <= 0.135 * sd)
  }

  @Test func `two values resample to one, the mean and the other in a quarter, half and quarter`() {
    // So the percentiles are the values themselves.
    #expect(Statistics.interval(ofMean: [1, 3]) == 1...3)
  }

  @Test func `an interval is the same each time, and narrower with more values`() throws {
    let few = (0..<8).map { Double($0 * 37 % 11).squareRoot() }
    let many = few + few + few + few
    let first = try #require(Statistics.interval(ofMean: few))
    #expect(Statistics.interval(ofMean: few) == first)
    #expect(Statistics.interval(ofMean: few, seed: 1) != first)
    let second = try #require(Statistics.interval(ofMean: many))
    #expect(
      second.upperBound - second.lowerBound < 0.6 * (first.upperBound - first.lowerBound))
  }

  @Test func `groups of one are drawn as values are, and whole groups widen an interval`() throws {
    let values = (0..<12).map { Double($0 * 37 % 11) }
    let own = Statistics.interval(ofMean: values, groups: values.indices.map { "\($0)" })
    let single = try #require(Statistics.interval(ofMean: values))
    let alone = try #require(own)
    #expect(abs(alone.lowerBound - single.lowerBound) < 1e-12)
    #expect(abs(alone.upperBound - single.upperBound) < 1e-12)
    // Frames of three movies that hardly differ within one: there are three values, not twelve.
    let frames = [1.0, 5, 9].flatMap { [$0, $0 + 0.1, $0 - 0.1, $0] }
    let movies = ["a", "b", "c"].flatMap { [String](repeating: $0, count: 4) }
    let grouped = try #require(Statistics.interval(ofMean: frames, groups: movies))
    let frame = try #require(Statistics.interval(ofMean: frames))
    #expect(
      grouped.upperBound - grouped.lowerBound > 1.5 * (frame.upperBound - frame.lowerBound))
    // Of three groups all may be the same one: the extremes are the groups' own means.
    #expect(abs(grouped.lowerBound - 1) < 1e-9 && abs(grouped.upperBound - 9) < 1e-9)
    #expect(Statistics.interval(ofMean: frames, groups: frames.map { _ in "one" }) == nil)
  }

  @Test func `too few values or none that are numbers have no interval`() {
    #expect(Statistics.mean([]) == nil)
    #expect(Statistics.standardDeviation([1]) == nil)
    #expect(Statistics.interval(ofMean: [1]) == nil)
    #expect(Statistics.interval(ofMean: [1, .nan]) == nil)
    #expect(Statistics.interval(ofMean: [2, 2, 2]) == 2...2)
    #expect(MetricSummary([]) == nil)
    #expect(MetricSummary([0.5])?.interval == nil)
  }
}
