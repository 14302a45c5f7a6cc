import Foundation
import Recipes
import Screen
public import Terminal
import Workbench

/// Runs the workbench: events in, effects out, a screen when something changed.
final class EventLoop {
  /// Seconds between two screens, at least: half of the time within which a screen is to follow its event.
  static let frame = 0.008
  /// Seconds to wait for a terminal that has not taken what was sent.
  static let backedUpWait = 0.05
  /// Seconds that keys are worked off before signals and the screen are looked at again.
  static let slice = 0.03
  /// Seconds for what was typed before the program was told to end.
  static let grace = 0.3
  /// Keys at the most that wait here, and characters that are one event; the terminal keeps the others.
  private static let mostWaiting = 1 << 15, longestText = 1024

  private var model: Model
  private let display: any Display
  private let effects: any EffectRunner
  private let mailbox: Mailbox
  private let clock: any Clock
  private let onFrame: (Double) -> Void

  private var dirtySince: Double?
  private var lastDrawn = -Double.infinity
  private var lastTick = -Double.infinity
  /// What was typed and is not yet worked off.
  private var waiting: [Input] = []
  /// What the program was told to end with, and when at the latest.
  private var ending: (code: Int32, by: Double)?
  /// What the program ends with, as soon as it ends.
  private var exitCode: Int32?

  /// Joins a model to its terminal and its world; `onFrame` is called after each screen with the
  /// seconds since the event that asked for it.
  init(
    model: Model, display: any Display, effects: any EffectRunner, mailbox: Mailbox,
    clock: any Clock = SystemClock(), onFrame: @escaping (Double) -> Void = { _ in }
  ) {
    self.model = model
    self.display = display
    self.effects = effects
    self.mailbox = mailbox
    self.clock = clock
    self.onFrame = onFrame
  }

  /// Works until the workbench leaves.
  ///
  /// - Parameter first: what happened before the first screen.
  /// - Returns: what the program ends with: 0, or 128 and the number of the signal that ended it.
  func run(first: [Event] = []) -> Int32 {
    dirtySince = clock.monotonic
    tick()
    for event in first { handle(event) }
    while exitCode == nil {
      drawIfDue()
      let arrivals = display.events(
        timeout: waiting.isEmpty ? patience : 0, readsInput: waiting.count < Self.mostWaiting)
      if !arrivals.isEmpty { dirtySince = dirtySince ?? clock.monotonic }
      tick()
      arrivals.forEach(take)
      workOff()
      for event in mailbox.drain() where exitCode == nil { handle(event) }
      if let ending, waiting.isEmpty || clock.monotonic >= ending.by { end(with: ending.code) }
    }
    // A terminal that takes nothing must not hold up what is to be saved.
    _ = effects.perform(.stopTraining(.now))
    _ = update(&model, .notice("Saving and leaving ..."))
    if !display.isBackedUp { display.show(view(model)) }
    return exitCode ?? 0
  }

  private func take(_ arrival: TerminalEvent) {
    switch arrival {
    case .input(let input): waiting.append(input)
    case .resized(let size): handle(.resized(size))
    case .woken: break
    case .suspensionAsked: suspend()
    case .continued: repaint()
    case .interrupted(let number):
      ending = ending ?? (128 + number, clock.monotonic + Self.grace)
    }
  }

  /// Works off what was typed, for a slice of time.
  private func workOff() {
    let start = clock.monotonic
    var done = 0
    while done < waiting.count, exitCode == nil,
      done == 0 || clock.monotonic < start + Self.slice
    {
      let text = text(from: done)
      handle(.input(text.count > 1 ? .paste(String(text)) : waiting[done]))
      done += max(1, text.count)
    }
    waiting.removeFirst(done)
  }

  /// The characters that wait from a place on and are text as things stand.
  private func text(from place: Int) -> [Character] {
    var text: [Character] = []
    for input in waiting[place...].prefix(Self.longestText) {
      guard case .key(.character(let character)) = input, model.isText(.character(character))
      else { break }
      text.append(character)
    }
    return text
  }

  private func end(with code: Int32) {
    exitCode = code
    handle(.interrupted)
  }

  /// Takes an event and all that follows from it at once.
  private func handle(_ event: Event) {
    var waiting = [event]
    while !waiting.isEmpty {
      for effect in update(&model, waiting.removeFirst()) { perform(effect, &waiting) }
    }
    dirtySince = dirtySince ?? clock.monotonic
  }

  private func perform(_ effect: Effect, _ waiting: inout [Event]) {
    switch effect {
    case .quit: exitCode = exitCode ?? ending?.code ?? 0
    case .redraw: repaint()
    case .suspend: suspend()
    default: waiting += effects.perform(effect)
    }
  }

  private func suspend() {
    guard ending == nil else { return }
    // Who stops here may never go on: what was decided is on disk before.
    _ = effects.perform(.suspend)
    display.suspend()
    repaint()
    handle(.resized(display.size))
  }

  private func repaint() {
    display.redraw()
    dirtySince = dirtySince ?? clock.monotonic
  }

  /// Tells the model the time, about every second and before each event.
  private func tick() {
    guard clock.monotonic - lastTick >= 1 || dirtySince != nil else { return }
    lastTick = clock.monotonic
    handle(.tick(clock.secondsSince1970))
  }

  /// How long to wait: to the next screen when one is due, to the next second when not.
  private var patience: Double {
    guard dirtySince != nil else { return min(1, max(0.001, lastTick + 1 - clock.monotonic)) }
    // A wait is counted in whole milliseconds; none would spin, as would asking a terminal that takes
    // nothing again and again.
    let least = display.isBackedUp ? Self.backedUpWait : 0.001
    return max(least, lastDrawn + Self.frame - clock.monotonic)
  }

  private func drawIfDue() {
    guard let since = dirtySince, clock.monotonic - lastDrawn >= Self.frame, !display.isBackedUp
    else { return }
    lastDrawn = clock.monotonic
    dirtySince = nil
    if display.show(view(model)) { onFrame(clock.monotonic - since) }
  }
}

/// Carries out what the workbench asks of the world.
protocol EffectRunner: AnyObject {
  /// Does it, or starts it; what is known at once is returned, what comes later goes to the mailbox.
  func perform(_ effect: Effect) -> [Event]
}

/// The time, as an argument.
protocol Clock {
  /// Seconds that only grow.
  var monotonic: Double { get }
  /// Seconds since 1970.
  var secondsSince1970: Double { get }
}

/// The machine's clocks.
struct SystemClock: Clock {
  var monotonic: Double { ProcessInfo.processInfo.systemUptime }
  var secondsSince1970: Double { Date().timeIntervalSince1970 }
}

/// What the loop needs of a terminal: the real one, or a scripted one in tests.
protocol Display: AnyObject {
  /// The window as it is now.
  var size: Size { get }

  /// Whether the terminal has not yet taken what was sent, so that drawing can wait.
  var isBackedUp: Bool { get }

  /// Waits for something to happen, at most so many seconds; nothing when the time is up. Keys are left
  /// where they are unless `readsInput`.
  func events(timeout seconds: Double?, readsInput: Bool) -> [TerminalEvent]

  /// Shows a screen, writing only what changed; whether anything did.
  @discardableResult
  func show(_ grid: Grid) -> Bool

  /// Writes everything anew with the next screen.
  func redraw()

  /// Hands the terminal to the shell and returns when it is back.
  func suspend()
}

extension TerminalScreen: Display {}
