import Screen
import Testing
import Workbench

/// The keys over each screen.
@Suite struct HelpTests {
  @Test(arguments: [2, 3, 4, 5])
  func `every screen lists its keys and letters narrow them`(screen: Int) {
    var session = Session()
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
