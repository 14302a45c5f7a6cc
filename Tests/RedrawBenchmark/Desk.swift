import Foundation
import Imaging
import Project
import Recipes
import Screen
import Synchronization
import Terminal
import Workbench

/// A workbench with a large image and a small one, driven as the event loop drives it.
struct Desk {
  static let key = ImageKey("large.png")
  static let other = ImageKey("small.png")

  let subject: Subject
  let depth: ColorDepth
  let terminal: PseudoTerminal
  let screen: TerminalScreen
  private var model: Model
  private let world: World
  private var now = 1_000.0
  private var rows: [Row] = []
  private var phases = Phases()
  /// How the names of the actions begin that are measured.
  private let only: String
  /// The sides of the large image.
  private let side: Int
  /// What a network proposes next.
  private let proposed: ColouredCells?
  /// Whether the last event asked for a stroke to be written.
  private(set) var hasRecorded = false

  init(
    _ subject: Subject, _ depth: ColorDepth, _ options: Options, _ terminal: PseudoTerminal
  ) throws {
    self.subject = subject
    self.depth = depth
    self.terminal = terminal
    only = options.only
    side = subject.side(options)
    screen = try TerminalScreen(
      depth: depth, environment: ["TERM": "xterm-256color", "COLORTERM": "truecolor"],
      redirectsOutput: false)
    model = Model(
      projectName: "benchmark",
      entries: Self.keys(subject).map { ProjectEntry(key: $0, state: .proposed) },
      theme: .dark, colorDepth: depth, size: screen.size)
    world = try World(subject, options, waker: screen.waker)
    proposed =
      subject == .cells
      ? ColouredCells(TiledLabels(World.cells(side: side))) : nil
    measure("open, all of it", "whole", 1) { desk, _ in
      desk.send(.tick(desk.now))
      desk.settle()
      desk.draw()
    }
    if subject != .crowded { type("\r") }
  }

  private static func keys(_ subject: Subject) -> [ImageKey] {
    let others = subject == .crowded ? 19_998 : 0
    return [key, other] + (0..<others).map { ImageKey("plates/well-\($0).png") }
  }

  /// All scenarios, one after the other.
  mutating func run(rounds: Int) -> [Row] {
    guard subject != .crowded else {
      filter(rounds)
      world.close()
      return rows
    }
    scenario("whole", rounds)
    // To one dot a pixel, around the pen.
    type("1")
    scenario("1:1", rounds)
    type("0")
    if let proposed { cells(proposed, side: side, rounds) }
    measure("next image", "whole", rounds) { desk, round in
      desk.type(round % 2 == 0 ? "n" : "N")
    }
    measure("accept", "whole", rounds) { desk, _ in
      desk.type("a")
    } before: { desk, round in
      // Each is of a mask that was drawn on since.
      desk.stroke(round)
    } after: { desk, _ in
      desk.comeBack()
    }
    world.close()
    return rows
  }

  /// The first character finds nearly all, and the last key takes a character back.
  private mutating func filter(_ rounds: Int) {
    let keys = ["e", "l", "\u{7F}"]
    for (name, round) in [("filter: first", 0), ("filter: next", 1), ("filter: back", 2)] {
      measure(name, "queue", rounds) { desk, _ in
        desk.type(keys[round])
      } before: { desk, _ in
        for key in ["/"] + keys.prefix(round) { desk.type(key) }
      } after: { desk, _ in
        desk.type("\u{1B}")
      }
    }
    measure("next image", "queue", rounds) { desk, _ in desk.type("n") }
  }

  private mutating func scenario(_ view: String, _ rounds: Int) {
    let arrows = ["\u{1B}[C", "\u{1B}[B", "\u{1B}[D", "\u{1B}[A"]
    measure("pen move", view, rounds) { desk, round in
      desk.type(arrows[round % 4])
    }
    measure("stroke: press", view, rounds) { desk, round in
      desk.mouse(.press, round)
    } after: { desk, round in
      desk.mouse(.drag, round)
      desk.mouse(.release, round)
    }
    measure("stroke: drag", view, rounds) { desk, round in
      desk.mouse(.drag, round)
    } before: { desk, round in
      desk.mouse(.press, round)
    } after: { desk, round in
      desk.mouse(.release, round)
    }
    measure("stroke: release", view, rounds) { desk, round in
      desk.mouse(.release, round)
    } before: { desk, round in
      desk.mouse(.press, round)
      desk.mouse(.drag, round)
    }
    measure("undo", view, rounds) { desk, _ in desk.type("u") }
    measure("redo", view, rounds) { desk, _ in desk.type("\u{12}") }
    // A fill of all that is background, taken back.
    measure("fill", view, rounds / 4) { desk, _ in
      desk.type("\r")
    } before: { desk, _ in
      desk.type("f")
    } after: { desk, _ in
      desk.type("u")
      desk.type("b")
    }
    // Everything drawn is taken back: the next stroke begins with what was proposed.
    if subject == .blank || subject == .cells {
      measure("first stroke", view, rounds / 4) { desk, round in
        desk.mouse(.release, round)
      } before: { desk, round in
        desk.takeAllBack()
        desk.mouse(.press, round)
        desk.mouse(.drag, round)
      }
    }
    measure("contrast", view, rounds) { desk, round in
      desk.type(round % 8 < 4 ? "<" : ">")
    } after: { desk, _ in
      desk.settle()
      desk.draw()
    }
    measure("contrast, settled", view, rounds / 4) { desk, round in
      desk.type(round % 8 < 4 ? "<" : ">")
      desk.settle()
      desk.draw()
    }
    measure("zoom", view, rounds) { desk, round in desk.type(round % 2 == 0 ? "+" : "-") }
    if view != "whole" {
      measure("pan", view, rounds) { desk, round in
        desk.pan(round, .drag)
      } before: { desk, round in
        desk.pan(round, .press)
      } after: { desk, round in
        desk.pan(round, .release)
      }
    }
  }

  mutating func measure(
    _ action: String, _ view: String, _ rounds: Int, _ body: (inout Desk, Int) -> Void,
    before: (inout Desk, Int) -> Void = { _, _ in }, after: (inout Desk, Int) -> Void = { _, _ in }
  ) {
    guard action.hasPrefix(only) || rows.isEmpty else { return }
    var samples: [Sample] = []
    for round in 0..<rounds {
      before(&self, round)
      phases = Phases()
      let (wall, processor, bytes) = (Self.wall, Self.processor, terminal.bytes)
      body(&self, round)
      samples.append(
        Sample(
          wall: Self.wall - wall, processor: Self.processor - processor,
          bytes: terminal.bytes - bytes, phases: phases))
      after(&self, round)
    }
    rows.append(Row(subject, depth, action, view, samples))
  }

  /// Takes everything back that was drawn.
  mutating func takeAllBack() {
    repeat { type("u") } while hasRecorded
  }

  /// Goes back to the large image after a decision about it, once all answers are there.
  mutating func comeBack() {
    settle()
    draw()
    for key in ["n", "N"] where model.openImage != Self.key { type(key) }
  }

  /// Types, and works until the screen has answered.
  mutating func type(_ text: String) {
    terminal.type(text)
    var isTaken = false
    while !isTaken {
      for event in screen.events(timeout: 1) {
        guard case .input(let input) = event else { continue }
        isTaken = true
        now += 0.01
        send(.tick(now))
        send(.input(input))
      }
    }
    draw()
  }

  /// A mouse report at a place that depends on the round, a few cells further with each action.
  mutating func mouse(_ action: Mouse.Action, _ round: Int) {
    let step = action == .press ? 0 : 6
    let column = 60 + (round * 13) % 90 + step
    let row = 8 + (round * 7) % 40 + step / 3
    let code = action == .drag ? 32 : 0
    type("\u{1B}[<\(code);\(column);\(row)\(action == .release ? "m" : "M")")
  }

  /// A whole stroke.
  mutating func stroke(_ round: Int) {
    for action in [Mouse.Action.press, .drag, .release] { mouse(action, round) }
  }

  /// A step of the picture being dragged, 9 columns to and fro.
  private mutating func pan(_ round: Int, _ action: Mouse.Action) {
    let column = 100 + (action == .press ? 0 : round % 2 == 0 ? 9 : -9)
    let code = 2 + (action == .drag ? 32 : 0)
    type("\u{1B}[<\(code);\(column);30\(action == .release ? "m" : "M")")
  }

  mutating func send(_ event: Event) {
    let start = Self.processor
    let effects = update(&model, event)
    let updated = Self.processor
    hasRecorded = effects.contains { if case .record = $0 { true } else { false } }
    for effect in effects { world.perform(effect) }
    phases.update += updated - start
    phases.effects += Self.processor - updated
  }

  /// Takes every answer that is on its way.
  mutating func settle() {
    while world.isBusy {
      _ = screen.events(timeout: 1)
      for event in world.drain() { send(event) }
    }
  }

  mutating func draw() {
    let start = Self.processor
    let grid = view(model)
    let viewed = Self.processor
    screen.show(grid)
    phases.view += viewed - start
    phases.show += Self.processor - viewed
  }

  private static var wall: Double { seconds(CLOCK_MONOTONIC) }
  private static var processor: Double { seconds(CLOCK_THREAD_CPUTIME_ID) }

  private static func seconds(_ clock: Int32) -> Double {
    var time = timespec()
    unsafe clock_gettime(clock, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
  }
}
