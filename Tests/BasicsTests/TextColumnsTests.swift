import Basics
import Testing

struct TextColumnsTests {
  @Test func `columns are as wide as their widest word, the last one of the left ones has no end`()
  {
    let rows = [["a", "bb", "c"], ["ddd", "e", "ff"]]
    #expect(TextColumns.text(rows) == "a    bb  c\nddd  e   ff\n")
    #expect(TextColumns.text(rows, left: 1) == "a    bb   c\nddd   e  ff\n")
    #expect(TextColumns.text([]) == "")
  }
}
