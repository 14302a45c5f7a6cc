import CTerminal
import Glibc
import Screen

/// Waits for the terminal, signals and other threads at once.
final class EventSource {
  private let input: Int32
  private let signals: Waker
  let waker: Waker
  private var parser = InputParser()
  private var isInputOpen = true

  /// How long a lone Esc waits for the rest of a sequence, in milliseconds: long enough for a
  /// sequence cut in two on its way through SSH.
  private static let escapeDelay = 40

  init(input: Int32) throws(TerminalError) {
    self.input = input
    signals = try Waker()
    waker = try Waker()
    cterm_signals(signals.writeEnd)
  }

  deinit { cterm_signals_end() }

  /// A signal or an event.
  enum Found {
    case event(TerminalEvent)
    case sizeChanged
  }

  /// Waits at most `timeout` milliseconds (nil is for ever); gives all that is there, signals first, and
  /// leaves keys where they are unless `readsInput`.
  func wait(timeout: Int?, readsInput: Bool) -> [Found] {
    guard readsInput else { return poll(timeout: timeout, readsInput: false) }
    var left = timeout
    while true {
      let step = parser.isWaiting ? min(left ?? .max, Self.escapeDelay) : left
      let found = poll(timeout: step, readsInput: true)
      if !found.isEmpty { return found }
      let keys = parser.flush().map { Found.event(Self.event(of: $0)) }
      if !keys.isEmpty { return keys }
      guard let before = left else { continue }
      left = before - (step ?? 0)
      if before <= (step ?? 0) { return [] }
    }
  }

  /// Forgets continuations: the caller has taken the screen back itself.
  func dropContinuations() -> [Found] {
    Self.meaning(of: signals.drain().filter { $0 != UInt8(SIGCONT) && $0 != UInt8(SIGTSTP) })
  }

  private func poll(timeout: Int?, readsInput: Bool) -> [Found] {
    // A negative descriptor is passed over.
    let keys = readsInput && isInputOpen ? input : -1
    var descriptors = [signals.readEnd, waker.readEnd, keys].map {
      pollfd(fd: $0, events: Int16(POLLIN), revents: 0)
    }
    let milliseconds = timeout.map { Int32(clamping: max(0, $0)) } ?? -1
    let ready = unsafe Glibc.poll(&descriptors, nfds_t(descriptors.count), milliseconds)
    guard ready > 0 else { return [] }
    var found = Self.meaning(of: signals.drain())
    if !waker.drain().isEmpty { found.append(.event(.woken)) }
    if descriptors[2].revents != 0 { found += readInput() }
    return found
  }

  private func readInput() -> [Found] {
    guard let bytes = Waker.read(input, atMost: 16384) else { return [] }
    guard !bytes.isEmpty else {
      isInputOpen = false
      return [.event(.interrupted(SIGHUP))]
    }
    let events = parser.feed(bytes).map(Self.event)
    // What is typed behind Ctrl-C is for the shell.
    let end = events.firstIndex(of: .interrupted(SIGINT)).map { $0 + 1 } ?? events.count
    return events.prefix(end).map { .event($0) }
  }

  private static func event(of input: Input) -> TerminalEvent {
    input == .key(.control("c")) ? .interrupted(SIGINT) : .input(input)
  }

  private static func meaning(of signals: [UInt8]) -> [Found] {
    signals.map { number in
      switch Int32(number) {
      case SIGTSTP: .event(.suspensionAsked)
      case SIGWINCH: .sizeChanged
      case SIGCONT: .event(.continued)
      case let number: .event(.interrupted(number))
      }
    }
  }
}
