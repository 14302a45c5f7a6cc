import Glibc
import Screen
import Testing

@testable import Terminal

struct TerminalKindTests {
  private func kind(
    _ environment: [String: String], requested: ColorDepth? = nil, colors: Int = 256,
    tmux: String? = nil
  ) throws -> TerminalKind {
    try TerminalKind(
      requested: requested, environment: environment, colorsOfType: { _ in colors },
      tmuxFeatures: { tmux })
  }

  private let xterm = ["TERM": "xterm-256color", "COLORTERM": "truecolor"]

  @Test func `the choice goes from --color over NO_COLOR and COLORTERM to the type`() throws {
    var environment = xterm
    #expect(try kind(environment).depth == .direct)
    environment["NO_COLOR"] = "1"
    #expect(try kind(environment).depth == .none)
    #expect(try kind(environment, requested: .palette256).depth == .palette256)
    environment["NO_COLOR"] = ""
    #expect(try kind(environment).depth == .direct)
    environment["COLORTERM"] = nil
    #expect(try kind(environment).depth == .palette256)
    #expect(try kind(environment, colors: 8).depth == .ansi16)
    #expect(try kind(environment, colors: 0).depth == .none)
  }

  @Test func `inside tmux only tmux knows`() throws {
    var environment = ["TERM": "tmux-256color", "COLORTERM": "truecolor", "TMUX": "/tmp/x,1,0"]
    #expect(try kind(environment, tmux: "256,RGB,title").depth == .direct)
    #expect(try kind(environment, tmux: "256,title").depth == .palette256)
    #expect(try kind(environment, tmux: nil).depth == .palette256)
    environment["TMUX"] = nil
    #expect(try kind(environment).depth == .palette256, "through ssh COLORTERM proves nothing")
  }

  @Test func `carried descriptions stand in where the system's are missing or say less`() throws {
    #expect(try kind(xterm).carried == .direct)
    #expect(try kind(xterm, requested: .palette256).carried == nil)
    #expect(try kind(["TERM": "xterm"], colors: 8).carried == .indexed)
    #expect(try kind(["TERM": "xterm"], colors: 8).depth == .palette256)
    let kitty = ["TERM": "xterm-kitty", "COLORTERM": "truecolor"]
    #expect(try kind(kitty, colors: -1).carried == .direct)
    #expect(try kind(["TERM": "foot"], colors: -1).depth == .palette256)
    #expect(try kind(["TERM": "xterm-direct"], colors: 1 << 24).carried == nil)
    #expect(try kind(["TERM": "linux"], colors: 8).carried == nil)
    #expect(try kind(["TERM": "linux"], colors: 8).hasOnlyEight)
  }

  @Test func `a terminal that cannot show a screen is refused in one line`() {
    let cases: [([String: String], Int, TerminalError)] = [
      ([:], 256, .dumb), (["TERM": "dumb"], 0, .dumb),
      (["TERM": "hardcopy"], -2, .tooSimple("hardcopy")),
      (["TERM": "nonsense"], -1, .unknownType("nonsense")),
    ]
    for (environment, colors, error) in cases {
      #expect(throws: error) { try kind(environment, colors: colors) }
      #expect(!error.description.contains("\n"))
    }
  }

  @Test func `without a terminal the screen is refused, and nothing else happens`() throws {
    // The test's own output is a pipe or file in `.ci/run`; at a person's terminal it is not.
    guard isatty(0) == 0 || isatty(1) == 0 else { return }
    #expect(throws: TerminalError.notATerminal) { try TerminalScreen(environment: xterm) }
  }
}
