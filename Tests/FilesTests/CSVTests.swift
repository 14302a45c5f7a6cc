import Files
import Testing

struct CSVTests {
  @Test func `fields with commas, quotes and newlines come back as they were`() {
    let rows = [["a,b", "c\"d", "e\nf", "", "ä"], ["", "x"]]
    #expect(CSV.rows(rows.map(CSV.line).joined()) == rows)
  }

  private struct Point: Equatable, Sendable {
    var name: String
    var x: Double
    var y: Int?
    var isKept: Bool

    static let table = CSVTable(
      blank: Point(name: "", x: 0, y: nil, isKept: false),
      [
        .init("name", \.name), .init("x", \.x), .init("y", \.y), .init("kept", \.isKept),
      ])
  }

  @Test func `rows come back as they were, whatever the order of the columns`() {
    let points = [
      Point(name: "a,1", x: 1.0 / 3, y: nil, isKept: true),
      Point(name: "", x: -2e-9, y: 7, isKept: false),
    ]
    let text = Point.table.text(points)
    #expect(text == Point.table.heading + points.map(Point.table.line).joined())
    #expect(text.hasPrefix("name,x,y,kept\n\"a,1\",0.3333333333333333,,yes\n"))
    #expect(Point.table.rows(of: text).map(\.row) == points)
    let other = Point.table.rows(of: "kept,more,x,name\nno,!,5,b\n")
    #expect(other.map(\.row) == [Point(name: "b", x: 5, y: nil, isKept: false)])
    #expect(other.map(\.line) == [2])
  }

  @Test func `lines that are no row are told apart from those that are`() {
    let text = "name,x,y,kept\na,1,2\nb,one,2,yes\nc,1,1.5,yes\nd,1,,maybe\ne,1,,no\n"
    let rows = Point.table.rows(of: text)
    #expect(rows.map { $0.row?.name } == [nil, nil, nil, nil, "e"])
    #expect(rows.map(\.line) == [2, 3, 4, 5, 6])
    #expect(Point.table.rows(of: "name,y,kept\na,1,yes\n").map(\.row) == [nil])
    #expect(Point.table.rows(of: "").isEmpty)
  }
}
