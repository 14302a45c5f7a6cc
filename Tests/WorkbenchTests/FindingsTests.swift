import Project
import Screen
import Testing

@testable import Workbench

/// The list of what is odd about the images.
struct FindingsTests {
  private static let findings = [
    FolderFinding(.folder, "", "images are of 2 sizes: 96x96 (3), 64x64 (1)"),
    FolderFinding(.stray, "cells_011.png", "near: 'cells_01.png'"),
    FolderFinding(.refused, "x.czi", "a Zeiss CZI: open it in Fiji and save it as TIFF"),
  ]

  @Test func `that something is odd is said once, with the key that lists it`() {
    var session = Session()
    session.send(.findings(Self.findings))
    #expect(session.screen.contains("3 things are odd about these images: ! lists them."))
    session.time += 20
    session.send(.tick(session.time))
    session.send(.findings([FolderFinding(.image, "img_1.png", "all pixels are alike")]))
    #expect(!session.screen.contains("! lists"))
    session.type("!")
    for line in [
      "All images", "images are of 2 sizes: 96x96 (3), 64x64 (1)",
      "cells_011.png: mask of no image: near: 'cells_01.png'",
      "x.czi: not opened: a Zeiss CZI", "img_1.png: all pixels are alike",
    ] { #expect(session.screen.contains(line), "\(line)") }
    session.press(.escape)
    #expect(!session.screen.contains("What is odd"))
  }

  @Test func `what was told at opening stays in the list, and where nothing is odd it says so`() {
    var session = Session()
    session.type("!")
    #expect(session.screen.contains("Nothing is odd about these images so far."))
    session.type("q")
    #expect(session.takeEffects() == [], "q closes the list alone")
    session.send(.notice("2 channels: c1 is looked at, by its contrast"))
    session.time += 20
    session.send(.tick(session.time))
    #expect(!session.screen.contains("c1 is looked at"))
    session.type("!")
    #expect(session.screen.contains("Told before"))
    #expect(session.screen.contains("2 channels: c1 is looked at, by its contrast"))
  }

  @Test func `the list grows while it is open, and scrolls by keys and the wheel to its end`() {
    var session = Session()
    session.type("!")
    session.send(
      .findings((0..<60).map { FolderFinding(.image, "img_\($0).png", "all pixels are alike") }))
    #expect(session.screen.contains("img_0.png: all"))
    #expect(session.screen.contains("more lines"))
    session.press(.end)
    #expect(session.screen.contains("img_59.png: all"))
    #expect(!session.screen.contains("more lines"))
    session.mouse(.scrollUp, .none, 40, 10)
    #expect(!session.screen.contains("img_59.png: all"))
    session.press(.home)
    #expect(session.screen.contains("img_0.png: all"))
    session.press(.pageDown)
    #expect(!session.screen.contains("img_0.png: all"))
    session.mouse(.press, .left, 0, 10)
    #expect(!session.screen.contains("What is odd"))
  }

  @Test(arguments: [(60, 16), (80, 24), (200, 60)])
  func `it draws at every size`(columns: Int, rows: Int) {
    var session = Session(columns: columns, rows: rows)
    session.send(.findings(Self.findings))
    session.type("!")
    #expect(session.screen.contains("What is odd"))
  }
}
