import Recipes
import Screen
import Testing
import Workbench

/// The keys over each screen.
@Suite struct HelpTests {
  @Test(arguments: [2, 3, 4, 5])
  func `every screen lists its keys and letters narrow them`(screen: Int) {
    var session = Session()
    session.send(.resized(Size(columns: 80, rows: 40)))
    session.press(.function(screen))
    session.type("?")
    #expect(session.screen.contains("type to filter"))
    #expect(session.screen.contains("save and leave"))
    session.type("until fg")
    #expect(session.screen.contains("to the shell"))
    #expect(!session.screen.contains("save and leave at once"))
    session.press(.escape)
    #expect(!session.screen.contains("type to filter"))
    #expect(session.takeEffects().allSatisfy { $0 != .quit })
  }

  @Test func `the help of a small window wraps its texts and says that there is more`() {
    var session = Session()
    session.type("?")
    #expect(session.screen.contains("sort by suggestion,"))
    #expect(session.screen.contains("quality, name"))
    session.press(.escape)
    session.press(.enter)
    session.send(.resized(Size(columns: 80, rows: 40)))
    session.type("?")
    #expect(!session.screen.contains("…"))
    #expect(session.screen.contains("draw again, read again"))
    session.send(.resized(Size(columns: 70, rows: 18)))
    #expect(session.screen.contains("more lines"))
    for _ in 0..<80 { session.press(.down(shift: false)) }
    #expect(session.screen.contains("Ctrl-L"))
    #expect(session.screen.contains("Up: back"))
    let end = session.screen
    session.press(.down(shift: false))
    #expect(session.screen == end)
    session.type("eraser")
    #expect(!session.screen.contains("Up: back"))
  }

  @Test func `the annotate screen names the key of the help in every window`() {
    for columns in [60, 80, 100] {
      var session = Session(columns: columns)
      session.press(.enter)
      #expect(session.screen.contains("? keys"), "\(columns)")
    }
  }

  @Test func `why there is no review stands on its screen and goes from the line below`() {
    var session = Session()
    session.press(.function(5))
    session.send(.failed(.proposals, "first trouble"))
    session.send(.failed(.review, "no network is trained yet"))
    let text = { (session: Session) in session.screen.ranges(of: "no network is trained yet").count
    }
    #expect(text(session) == 2)
    session.press(.function(2))
    #expect(text(session) == 0)
    #expect(session.screen.contains("first trouble"))
  }

  @Test func `a command found in the palette is carried out`() {
    var session = Session()
    session.press(.enter)
    session.press(.control("p"))
    session.type("eraser")
    session.press(.up(shift: false))
    #expect(session.screen.contains("Commands: Annotate with eraser"))
    session.press(.enter)
    #expect(session.screen.contains(">e eraser"))
    session.type(":")
    session.type("queue of")
    session.press(.enter)
    #expect(session.model.tab == .queue)
  }

  @Test func `news wait behind each other and go by themselves`() {
    var session = Session()
    session.send(.notice("two files cannot be read"))
    session.send(.notice("masks were taken over"))
    #expect(session.screen.contains("two files cannot be read (any key: 1 more)"))
    session.time += 7
    session.send(.tick(session.time))
    #expect(session.screen.contains("masks were taken over"))
    session.time += 7
    session.send(.tick(session.time))
    #expect(!session.screen.contains("masks were taken over"))
  }
}
