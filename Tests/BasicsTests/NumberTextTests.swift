import Basics
import Testing

struct NumberTextTests {
  @Test func `decimals never show a negative zero or what is no number`() {
    #expect(NumberText.decimal(74.62, digits: 1) == "74.6")
    #expect(NumberText.decimal(-0.04, digits: 1) == "0.0")
    #expect(NumberText.decimal(-3, digits: 0) == "-3")
    #expect(NumberText.decimal(0.123456, digits: 4) == "0.1235")
    for value in [nil, Double.nan, .infinity] {
      #expect(NumberText.decimal(value, digits: 1) == "-")
    }
  }

  @Test func `one of things has its own word`() {
    #expect(NumberText.count(0, "cell") == "0 cells" && NumberText.count(2, "cell") == "2 cells")
    #expect(NumberText.count(1, "cell") == "1 cell")
  }

  @Test func `a difference has its sign but where it rounds to nothing`() {
    #expect(NumberText.signed(0.04, digits: 1) == "0.0")
    #expect(NumberText.signed(3.14, digits: 1) == "+3.1")
    #expect(NumberText.signed(-3.14, digits: 1) == "-3.1")
  }

  @Test(arguments: [
    (0.0, "0"), (12, "12"), (99_999, "99999"), (140_000, "1e+05"), (0.000_4, "4e-04"),
    (0.0123, "0.0123"), (0.5, "0.500"), (12.345, "12.35"), (123.45, "123.5"), (-0.5, "-0.500"),
    (.nan, "-"),
  ])
  func `a compact number has six characters or so`(value: Double, text: String) {
    #expect(NumberText.compact(value) == text)
  }

  @Test func `shares, parts in a hundred and bytes have the digits that matter`() {
    #expect([0.834, 1, 0, 77].map(NumberText.hundredths) == [".83", "1.00", ".00", "9.99"])
    #expect(NumberText.hundredths(nil).isEmpty && NumberText.hundredths(.nan).isEmpty)
    #expect(
      [0.42, 9.94, 9.96, 12.4, 100].map(NumberText.percent) == [
        "0.4 %", "9.9 %", "10 %", "12 %", "100 %",
      ])
    #expect(NumberText.percent(.infinity).isEmpty)
    #expect(
      [12_340_000, 999.9e6, 1.5e9].map(NumberText.bytes) == ["12.3 MB", "999.9 MB", "1.5 GB"])
  }
}

struct DurationTextTests {
  @Test func `a clock counts hours from sixty minutes on`() {
    #expect(DurationText.clock(3725) == "1:02:05")
    #expect(DurationText.clock(-1) == "0:00" && DurationText.clock(.nan) == "-")
    #expect(DurationText.clock(9) == "0:09")
    #expect(DurationText.clock(370, isAligned: true) == "06:10")
    #expect(DurationText.clock(3723, isAligned: true) == "1:02:03")
  }

  @Test func `units and words grow with the time`() {
    #expect([9, 720, 3_900].map(DurationText.units) == ["9 s", "12 min", "1 h 5 min"])
    #expect(DurationText.units(-1) == "-" && DurationText.units(.infinity) == "-")
    #expect(
      [0.2, 40, 210, 7_560].map(DurationText.words) == [
        "1 seconds", "40 seconds", "3.5 minutes", "2.1 hours",
      ])
    #expect(DurationText.words(.nan) == "unknown time")
  }
}
