import Testing

@testable import Basics

struct PrintableTextTests {
  @Test(arguments: [
    ("Zellkörper 07 é 細胞 ±.tif", "Zellkörper 07 é 細胞 ±.tif"),
    ("esc\u{1B}[31mred", "esc\u{FFFD}[31mred"),
    ("two\nlines\u{2028}three\u{85}", "two\u{FFFD}lines\u{FFFD}three\u{FFFD}"),
    ("gpj\u{202E}.exe", "gpj\u{FFFD}.exe"),
  ])
  func `what a terminal would obey is shown as unknown`(text: String, shown: String) {
    #expect(text.printable == shown)
  }
}
