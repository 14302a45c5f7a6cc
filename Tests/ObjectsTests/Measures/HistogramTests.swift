import Objects
import Testing

@Suite("Values counted in bins")
struct HistogramTests {
  @Test("Bins and counts are numpy's")
  func numpy() throws {
    let goldens = try MeasuresGolden.load().histograms
    #expect(goldens.count == 9)
    for golden in goldens {
      let histogram = try #require(Histogram(of: golden.values))
      #expect(histogram.counts == golden.counts)
      let last = histogram.range(ofBin: histogram.counts.count - 1).upperBound
      #expect(abs(histogram.start - golden.first) < 1e-12)
      #expect(abs(last - golden.last) < 1e-12 * max(1, golden.last))
    }
  }

  @Test("Of no value, or none that is a number, there is no histogram")
  func nothing() {
    #expect(Histogram(of: []) == nil)
    #expect(Histogram(of: [.nan, -.infinity]) == nil)
  }

  @Test(
    "Values that are all the same stand in the middle of one bin",
    arguments: [0.0, 0.25, -7, 1e300, Double.leastNonzeroMagnitude, 0.1])
  func same(value: Double) {
    let histogram = Histogram(of: [value, value, .infinity])
    #expect(histogram?.counts == [2])
    #expect(histogram?.width == 1)
    #expect(histogram?.start == value - 0.5)
  }

  @Test("Whole numbers have bins of as many of them each")
  func whole() throws {
    let few = try #require(Histogram(of: [0, 1, 1, 2, 2, 2, 4]))
    #expect(few.width == 1 && few.start == -0.5)
    #expect(few.counts == [1, 2, 3, 0, 1])
    let many = try #require(Histogram(of: (0..<1000).map(Double.init)))
    #expect(many.width == many.width.rounded() && many.width > 1)
    #expect(Set(many.counts.dropLast()) == [Int(many.width)])
  }

  @Test("There are no more bins than allowed, and every value is in one", arguments: [1, 2, 7, 50])
  func bounds(limit: Int) throws {
    var values = (0..<3000).map { Double($0 % 97) / 7 }
    values += [1e9, -1e9, 0.3]
    for sample in [values, [0, Double.leastNonzeroMagnitude], [1, 1.0.nextUp, 2], [0.1, 1e300]] {
      let histogram = try #require(Histogram(of: sample, limit: limit))
      #expect(histogram.counts.count <= limit)
      #expect(histogram.counts.reduce(0, +) == sample.count)
      #expect(histogram.width > 0)
    }
  }

  @Test(
    "A value at the edge of two bins is in the upper one, at the last edge in the last",
    arguments: 1...20)
  func edges(limit: Int) throws {
    let values = (0...40).map { 0.7 + 0.1 * Double($0) }
    let histogram = try #require(Histogram(of: values, limit: limit))
    for (bin, count) in histogram.counts.enumerated() {
      let range = histogram.range(ofBin: bin)
      let isLast = bin == histogram.counts.count - 1
      let inside = values.filter { $0 >= range.lowerBound && (isLast || $0 < range.upperBound) }
      #expect(count == inside.count)
    }
  }
}
