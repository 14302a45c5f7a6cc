import Files
import Testing

struct CSVTests {
  @Test func `fields with commas, quotes and newlines come back as they were`() {
    let rows = [["a,b", "c\"d", "e\nf", "", "ä"], ["", "x"]]
    #expect(CSV.rows(rows.map(CSV.line).joined()) == rows)
  }
}
