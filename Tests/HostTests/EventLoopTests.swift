import Glibc
import Imaging
import Project
import Recipes
import Screen
import Terminal
import Testing
import Workbench

@testable import Host

struct EventLoopTests {
  /// A model of three images in a window of 80x24.
  private var model: Model {
    Model(
      projectName: "test",
      entries: ["a.png", "b.png", "c.png"].map { ProjectEntry(key: ImageKey($0), state: .new) },
      theme: .dark, colorDepth: .direct, size: Size(columns: 80, rows: 24))
  }

  private func loop(
    _ display: ScriptedDisplay, _ effects: RecordingEffects, _ mailbox: Mailbox = Mailbox {}
  ) -> EventLoop {
    EventLoop(
      model: model, display: display, effects: effects, mailbox: mailbox, clock: display.clock)
  }

  @Test func `q in the queue leaves with 0`() {
    let display = ScriptedDisplay([[.input(.key(.character("q")))]])
    #expect(loop(display, RecordingEffects()).run() == 0)
    #expect(display.isUsedUp)
  }

  @Test func `what interrupts the program is its exit code`() {
    for number in [SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGUSR1, SIGXCPU] {
      let display = ScriptedDisplay([[.interrupted(number)]])
      #expect(loop(display, RecordingEffects()).run() == 128 + number)
    }
  }

  @Test func `the first image is asked for before any key`() {
    let display = ScriptedDisplay([[.input(.key(.character("q")))]])
    let effects = RecordingEffects()
    _ = loop(display, effects).run()
    #expect(effects.performed.first == .load(ImageKey("a.png")))
  }

  @Test func `what an effect answers at once is seen before the next key`() {
    let effects = RecordingEffects()
    effects.answers = [.notice("heard")]
    let display = ScriptedDisplay([[], [.input(.key(.character("q")))]])
    _ = loop(display, effects).run()
    #expect(display.texts.contains { $0.contains("heard") })
  }

  @Test func `a burst of keys is one screen, and all of them are taken`() {
    let burst = (0..<50).map { _ in TerminalEvent.input(.key(.down(shift: false))) }
    let display = ScriptedDisplay([[], burst, [], [.input(.key(.character("q")))]])
    _ = loop(display, RecordingEffects()).run()
    // The first one, the burst's, and the one that says that the program leaves.
    #expect(display.texts.count == 3)
  }

  @Test func `characters that wait for a text are one event, however many they are`() {
    let text = String(repeating: "abc.", count: 5_000)
    let display = ScriptedDisplay(
      [
        ("/" + text).map { .input(.key(.character($0))) }
      ] + Array(repeating: [], count: 40) + [[.interrupted(SIGTERM)]])
    display.clock.secondsPerLook = 0.001
    _ = loop(display, RecordingEffects()).run()
    #expect(display.clock.looks < 2_000)
    #expect(display.texts.contains { $0.contains("/abc.abc.") })
  }

  @Test func `keys of a text that mean something else are taken one by one, in their order`() {
    let typed: [Key] = [.character("/"), .character("b"), .backspace, .character("c"), .enter]
    let display = ScriptedDisplay([
      typed.map { .input(.key($0)) }, [], [.input(.key(.character("q")))],
      [.input(.key(.character("q")))],
    ])
    #expect(loop(display, RecordingEffects()).run() == 0)
    #expect(display.texts.contains { $0.contains("/c  1 found") })
  }

  @Test func `a signal is obeyed within a second whatever lies in front of it`() {
    let keys = [TerminalEvent](repeating: .input(.key(.down(shift: false))), count: 20_000)
    let display = ScriptedDisplay([keys, [.interrupted(SIGTERM)]], stepSeconds: 0)
    display.clock.secondsPerLook = 0.001
    let start = display.clock.monotonic
    #expect(loop(display, RecordingEffects()).run() == 143)
    #expect(display.clock.monotonic - start < 1)
  }

  @Test func `what was typed before a signal counts`() {
    let display = ScriptedDisplay([
      [], [.interrupted(SIGTERM)] + "/b".map { .input(.key(.character($0))) },
    ])
    #expect(loop(display, RecordingEffects()).run() == 143)
    #expect(display.texts.last?.contains("/b_  1 found") == true)
  }

  @Test func `who was told to leave does not stop first`() {
    let display = ScriptedDisplay([[.interrupted(SIGTERM), .input(.key(.control("z")))]])
    #expect(loop(display, RecordingEffects()).run() == 143)
    #expect(display.suspensions == 0)
  }

  @Test func `screens are at least a frame apart`() {
    let keys = (0..<40).map { index -> [TerminalEvent] in
      [.input(.key(index.isMultiple(of: 2) ? .down(shift: false) : .up(shift: false)))]
    }
    let display = ScriptedDisplay(keys + [[.input(.key(.character("q")))]], stepSeconds: 0.003)
    _ = loop(display, RecordingEffects()).run()
    let gaps = zip(display.times, display.times.dropFirst().dropLast()).map { $1 - $0 }
    #expect(gaps.allSatisfy { $0 >= EventLoop.frame - 1e-9 })
    #expect(gaps.count >= 3)
  }

  @Test func `coming back from the shell paints everything anew`() {
    let display = ScriptedDisplay([
      [.input(.key(.control("z")))], [], [.input(.key(.character("q")))],
    ])
    let effects = RecordingEffects()
    _ = loop(display, effects).run()
    #expect(display.suspensions == 1)
    #expect(display.repaints == 1)
    // The world is told first, so that what was decided is on disk.
    #expect(effects.performed.contains(.suspend))
  }

  @Test
  func `a terminal that takes nothing is neither waited for in leaving nor asked all the time`() {
    let display = ScriptedDisplay([[], [], [], [.input(.key(.character("q")))]])
    display.isBackedUp = true
    let effects = RecordingEffects()
    #expect(loop(display, effects).run() == 0)
    #expect(display.texts.isEmpty)
    #expect(display.patience.allSatisfy { $0 >= EventLoop.backedUpWait })
    #expect(effects.performed.last == .stopTraining(.now))
  }

  @Test func `what another thread leaves is taken in`() {
    let mailbox = Mailbox {}
    mailbox.post(.notice("from a thread"))
    let display = ScriptedDisplay([[.woken], [], [.input(.key(.character("q")))]])
    _ = loop(display, RecordingEffects(), mailbox).run()
    #expect(display.texts.contains { $0.contains("from a thread") })
  }
}

/// A terminal that reports what it is told to, and keeps what it is shown.
private final class ScriptedDisplay: Display {
  let clock = ScriptedClock()
  let size = Size(columns: 80, rows: 24)
  var isBackedUp = false
  private(set) var patience: [Double] = []
  private(set) var texts: [String] = []
  private(set) var times: [Double] = []
  private(set) var repaints = 0
  private(set) var suspensions = 0
  private var script: ArraySlice<[TerminalEvent]>
  private var shown: Grid?
  private let stepSeconds: Double?

  /// Reports a part of the script at each wait, which takes `stepSeconds`, or the whole patience.
  init(_ script: [[TerminalEvent]], stepSeconds: Double? = nil) {
    self.script = script[...]
    self.stepSeconds = stepSeconds
  }

  var isUsedUp: Bool { script.isEmpty }

  func events(timeout seconds: Double?, readsInput: Bool) -> [TerminalEvent] {
    patience.append(seconds ?? .infinity)
    clock.monotonic += stepSeconds ?? seconds ?? 0
    // A test that never leaves is ended as if its terminal were gone.
    return script.popFirst() ?? [.interrupted(SIGHUP)]
  }

  func show(_ grid: Grid) -> Bool {
    guard grid != shown else { return false }
    shown = grid
    times.append(clock.monotonic)
    texts.append(String(grid.cells.map(\.character)))
    return true
  }

  func redraw() { repaints += 1 }

  func suspend() { suspensions += 1 }
}

private final class ScriptedClock: Host.Clock {
  /// How much time passes whenever somebody looks.
  var secondsPerLook = 0.0
  private(set) var looks = 0
  private var now = 100.0
  var monotonic: Double {
    get {
      looks += 1
      now += secondsPerLook
      return now
    }
    set { now = newValue }
  }
  var secondsSince1970: Double { 1_000_000 + now }
}

/// Carries nothing out, and keeps what was asked.
private final class RecordingEffects: EffectRunner {
  private(set) var performed: [Effect] = []
  /// What the first effect answers.
  var answers: [Event] = []

  func perform(_ effect: Effect) -> [Event] {
    performed.append(effect)
    defer { answers = [] }
    return answers
  }
}
