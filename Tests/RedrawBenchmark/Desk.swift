import Foundation
import Imaging
import Project
import Recipes
import Screen
import Synchronization
import Terminal
import Workbench

/// A workbench with one image on the annotate screen, driven as the event loop drives it.
struct Desk {
  static let key = ImageKey("large.tif")

  let subject: Subject
  let terminal: PseudoTerminal
  let screen: TerminalScreen
  private var model: Model
  private let world: World
  private var now = 1_000.0
  private var rows: [Row] = []

  init(_ subject: Subject, _ options: Options, _ terminal: PseudoTerminal) throws {
    self.subject = subject
    self.terminal = terminal
    screen = try TerminalScreen(
      depth: .direct, environment: ["TERM": "xterm-256color", "COLORTERM": "truecolor"],
      redirectsOutput: false)
    model = Model(
      projectName: "benchmark", entries: [ImageEntry(key: Self.key, state: .proposed)],
      theme: .dark, colorDepth: .direct, size: screen.size)
    world = World(subject, options, waker: screen.waker)
    measure("open, all of it", "whole", 1) { desk, _ in
      desk.send(.tick(desk.now))
      desk.settle()
      desk.draw()
    }
    type("\r")
  }

  /// All scenarios, one after the other.
  mutating func run(rounds: Int) -> [Row] {
    scenario("whole", rounds)
    // To one dot a pixel, around the pen.
    type("1")
    scenario("1:1", rounds)
    return rows
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
  }

  private mutating func measure(
    _ action: String, _ view: String, _ rounds: Int, _ body: (inout Desk, Int) -> Void,
    before: (inout Desk, Int) -> Void = { _, _ in }, after: (inout Desk, Int) -> Void = { _, _ in }
  ) {
    var samples: [Sample] = []
    for round in 0..<rounds {
      before(&self, round)
      let (wall, processor, bytes) = (Self.wall, Self.processor, terminal.bytes)
      body(&self, round)
      samples.append(
        Sample(
          wall: Self.wall - wall, processor: Self.processor - processor,
          bytes: terminal.bytes - bytes))
      after(&self, round)
    }
    rows.append(Row(subject, action, view, samples))
  }

  /// Types, and works until the screen has answered.
  private mutating func type(_ text: String) {
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
  private mutating func mouse(_ action: Mouse.Action, _ round: Int) {
    let step = action == .press ? 0 : 6
    let column = 60 + (round * 13) % 90 + step
    let row = 8 + (round * 7) % 40 + step / 3
    let code = action == .drag ? 32 : 0
    type("\u{1B}[<\(code);\(column);\(row)\(action == .release ? "m" : "M")")
  }

  private mutating func send(_ event: Event) {
    for effect in update(&model, event) { world.perform(effect) }
  }

  /// Takes every answer that is on its way.
  private mutating func settle() {
    while world.isBusy {
      _ = screen.events(timeout: 1)
      for event in world.drain() { send(event) }
    }
  }

  private mutating func draw() {
    screen.show(view(model))
  }

  private static var wall: Double { seconds(CLOCK_MONOTONIC) }
  private static var processor: Double { seconds(CLOCK_THREAD_CPUTIME_ID) }

  private static func seconds(_ clock: Int32) -> Double {
    var time = timespec()
    unsafe clock_gettime(clock, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
  }
}
