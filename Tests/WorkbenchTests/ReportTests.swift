import Basics
import Comparison
import Imaging
import Project
import Recipes
import Screen
import ScreenTesting
import Testing
import Workbench

/// The report of a comparison.
@Suite struct ReportTests {
  static let sizes = [(80, 24), (200, 60)]

  @Test(arguments: sizes)
  func `the scores stand in a table with what sets the chosen recipe apart`(
    columns: Int, rows: Int
  ) throws {
    var session = ReportSession(columns: columns, rows: rows, depth: .none)
    session.type("jjj")
    try expectScreen(view(session.model), "report-scores-\(columns)x\(rows)")
  }

  @Test(arguments: sizes)
  func `the curves lie over each other beside their names`(columns: Int, rows: Int) throws {
    var session = ReportSession(columns: columns, rows: rows, depth: .none)
    session.type("j ")
    session.press(.function(3))
    try expectScreen(view(session.model), "report-curves-\(columns)x\(rows)")
  }

  @Test(arguments: sizes)
  func `the predictions of an image lie side by side`(columns: Int, rows: Int) throws {
    var session = ReportSession(columns: columns, rows: rows, depth: .none)
    session.press(.enter)
    try expectScreen(view(session.model), "report-predictions-\(columns)x\(rows)")
  }

  @Test func `several seeds show each run under its recipe`() throws {
    let session = ReportSession(depth: .none, seeds: 3)
    try expectScreen(view(session.model), "report-seeds-80x24")
  }

  @Test func `the help lists the report's keys and none of a project`() throws {
    var session = ReportSession(depth: .none)
    session.type("?")
    try expectScreen(view(session.model), "report-help-80x24")
    #expect(!session.screen.contains("train on accepted"))
  }

  @Test func `only the report's screens are there, and no key starts anything`() {
    var session = ReportSession()
    #expect(session.screen.hasPrefix(" F2 Scores  F3 Curves  F4 Predictions "))
    session.type("garXSyu")
    session.press(.function(5))
    session.press(.function(2))
    #expect(session.effects.isEmpty)
    #expect(session.model.tab == .scores)
    session.type("q")
    #expect(session.effects == [.quit])
  }

  @Test func `sorting puts the best first and keeps the chosen recipe`() {
    var session = ReportSession()
    func place(_ name: String) -> Int {
      session.screen.split(separator: "\n").firstIndex { $0.contains(" \(name) ") } ?? -1
    }
    #expect(place("unet") < place("aura-net"))
    session.type("s")
    #expect(session.screen.contains("best IoU first"))
    #expect(place("unet") > place("aura-net"))
    #expect(session.screen.contains("unet: unet, start none"))
    session.press(.home)
    #expect(session.screen.contains("aura-net: aura-net, start none"))
    #expect(session.screen.contains("the best mean IoU"))
    session.type("sss")
    #expect(session.screen.contains("in the plan's order"))
  }

  @Test func `a hidden recipe leaves curves and predictions, and comes back`() {
    var session = ReportSession(columns: 200, rows: 60)
    session.press(.enter)
    #expect(session.screen.contains("unet+attention+ac "))
    session.press(.function(2))
    session.type("o")
    session.press(.function(4))
    #expect(!session.screen.contains("unet+attention+ac "))
    session.press(.function(3))
    session.type("j ")
    session.press(.function(4))
    #expect(session.screen.contains("unet+resnet "))
    session.press(.function(3))
    session.type("oo")
    session.press(.function(4))
    #expect(session.screen.contains("unet+attention+ac "))
  }

  @Test func `images are asked for when they are looked at, each once, and another seed anew`() {
    var session = ReportSession(seeds: 2)
    session.type("jk")
    #expect(session.effects.isEmpty)
    session.press(.function(4))
    #expect(
      session.effects == [
        .loadReport(ReportSession.key(0), seed: 0), .loadReport(ReportSession.key(1), seed: 0),
      ])
    #expect(session.screen.contains("1/5  chian1/img_0.png"))
    session.effects = []
    session.type("n")
    #expect(session.effects == [.loadReport(ReportSession.key(2), seed: 0)])
    session.effects = []
    session.type("d")
    #expect(
      session.effects == [
        .loadReport(ReportSession.key(1), seed: 1), .loadReport(ReportSession.key(2), seed: 1),
      ])
    #expect(session.screen.contains("seed 1"))
  }

  @Test func `more recipes than fit are paged through`() {
    var session = ReportSession()
    session.press(.function(4))
    session.type("]")
    let second = session.screen
    #expect(second.contains("of 8") && !second.contains("recipes 1-"))
    session.type("]]]]")
    let last = session.screen
    session.type("]")
    #expect(session.screen == last)
    session.type("[[[[")
    #expect(session.screen.contains("recipes 1-"))
  }

  @Test func `a picture that is not there says so, and Ctrl-L asks again`() {
    var session = ReportSession()
    session.hasPictures = false
    session.press(.function(4))
    #expect(session.screen.contains("cannot be shown"))
    session.hasPictures = true
    session.press(.control("l"))
    #expect(!session.screen.contains("cannot be shown;"))
    #expect(session.screen.contains("no file"))
  }

  @Test func `a recipe whose runs broke off says why, and a narrow table keeps its name whole`() {
    var session = ReportSession(broken: "the loss is no number")
    session.press(.end)
    #expect(session.screen.contains("broke off: the loss is no number"))
    #expect(session.screen.contains("8 of 9 runs are finished, 1 broke off, 5 test images"))
    #expect(session.screen.contains(" aura-net-random  "))
    #expect(ReportSession(columns: 200, broken: "x").screen.contains("aura-net-random (broke off)"))
  }

  @Test func `a comparison without a finished run has screens that say so`() {
    for tab in [Key.function(2), .function(3), .function(4)] {
      var session = ReportSession(runs: false)
      session.press(tab)
      session.type("jknNv[]+-01dstLo hjkl?")
      session.press(.escape)
      let screen = session.screen
      #expect(screen.contains("0 of 9 runs are finished"))
    }
  }

  @Test(arguments: 0..<12)
  func `no sequence of events traps`(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let depths = ColorDepth.allCases
    var session = ReportSession(
      depth: depths[Int(seed) % depths.count], seeds: 1 + Int(seed % 3), runs: seed % 5 != 4)
    for step in 0..<300 {
      session.hasPictures = random.next() % 5 != 0
      session.send(FuzzTests.event(using: &random, size: session.model.size))
      if step % 40 == 0 {
        session.send(
          .reportLoaded(
            ReportSession.key(0),
            ReportPictures(
              image: ReportSession.pictures(ReportSession.key(0), seed: 0).image,
              truth: Mask(width: 1, height: 1), predictions: [:])))
      }
      if step % 5 == 0 {
        let grid = view(session.model)
        #expect(grid.cells.count == grid.size.columns * grid.size.rows)
      }
    }
  }
}
