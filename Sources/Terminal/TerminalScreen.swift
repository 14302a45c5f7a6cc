import CTerminal
public import Foundation
public import Screen

/// The terminal as a full screen: shows grids, reports events, and gives the terminal back however
/// the program ends.
///
/// Belongs to the thread that made it. Other threads use its `waker`.
public final class TerminalScreen {
  /// The window.
  public private(set) var size: Size

  private let kind: TerminalKind
  private let descriptor: Int32
  private let events: EventSource
  private var log: OutputLog?
  private var painter: CellPainter
  private var shown: Grid?
  private var pairs: [Int32] = []
  private var waiting: [EventSource.Found] = []
  private var isOpen = true

  /// Takes the terminal of standard input and output.
  ///
  /// - Parameters:
  ///   - depth: what `--color` asks for, if anything.
  ///   - environment: the process' variables; see `TerminalKind`.
  ///   - redirectsOutput: whether standard output and error go to `log` while the screen is up.
  ///   - log: the path of that file, appended to; nil drops it.
  /// - Throws: one line for the user, with the terminal untouched.
  public init(
    depth: ColorDepth? = nil,
    environment: [String: String] = ProcessInfo.processInfo.environment,
    redirectsOutput: Bool = true, log: String? = nil
  ) throws(TerminalError) {
    guard isatty(STDIN_FILENO) == 1, isatty(STDOUT_FILENO) == 1 else { throw .notATerminal }
    cterm_locale()
    kind = try TerminalKind.find(depth: depth, environment: environment)
    descriptor = fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 3)
    guard descriptor >= 0 else { throw .system("dup", code: errno) }
    events = try EventSource(input: STDIN_FILENO)
    self.log = redirectsOutput ? try OutputLog(path: log) : nil
    let words = log.map { "aura crashed; its last words are in \($0)\r\n" } ?? ""
    unsafe cterm_crash_guard(descriptor, self.log?.savedError ?? -1, Modes.restore, words)
    guard Self.open(kind, descriptor: descriptor, environment: environment) else {
      cterm_crash_guard_end()
      Foundation.close(descriptor)
      throw .unknownType(kind.type)
    }
    painter = CellPainter(kind: kind, pairs: Int(cterm_pairs()))
    size = Self.windowSize(of: descriptor) ?? Size(columns: 80, rows: 24)
    write(Modes.enter)
  }

  deinit { close() }

  /// What other threads call to end a wait.
  public var waker: Waker { events.waker }

  /// What the terminal can show.
  public var depth: ColorDepth { kind.depth }

  /// Whether the terminal has not yet taken what was sent: drawing can wait.
  public var isBackedUp: Bool {
    var state = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
    return unsafe poll(&state, 1, 0) == 0
  }

  /// Waits for events, at most `seconds` (nil is for ever); gives all that are there, signals first, and
  /// leaves keys where they are unless `readsInput`.
  public func events(timeout seconds: Double? = nil, readsInput: Bool = true) -> [TerminalEvent] {
    let milliseconds = seconds.map { Int(max(0, min($0, 1e6)) * 1000) }
    let found =
      waiting.isEmpty ? events.wait(timeout: milliseconds, readsInput: readsInput) : waiting
    waiting = []
    return found.compactMap { one in
      switch one {
      case .event(let event):
        if event == .continued { takeBack() }
        return event
      case .sizeChanged:
        guard let new = Self.windowSize(of: descriptor), new != size else { return nil }
        size = new
        cterm_resize(Int32(new.rows), Int32(new.columns))
        shown = nil
        return .resized(new)
      }
    }
  }

  /// Shows a screen; only what differs from the last one is sent.
  ///
  /// What lies outside of the window is cut.
  ///
  /// - Returns: whether anything differed.
  @discardableResult
  public func show(_ grid: Grid) -> Bool {
    guard isOpen else { return false }
    painter.beginFrame()
    let columns = min(grid.size.columns, size.columns)
    let old = shown?.size == grid.size ? shown : nil
    if old == nil { pairs = Array(repeating: 0, count: grid.cells.count) }
    // All that stays is known before anything is painted: its pairs must not be given away.
    let changed = (0..<min(grid.size.rows, size.rows)).flatMap { row in
      changedCells(grid.cells, old?.cells, from: row * grid.size.columns, count: columns)
    }
    for index in changed {
      let (row, column) = index.quotientAndRemainder(dividingBy: grid.size.columns)
      let isWide =
        column + 1 < columns && grid.cells[index + 1].character == Cell.continuation
      pairs[index] = painter.paint(
        grid.cells[index], row: row, column: column, width: isWide ? 2 : 1)
    }
    shown = grid
    guard old == nil || !changed.isEmpty else { return false }
    cterm_show()
    return true
  }

  /// The cells of a row to paint, wide characters by their first half; marks the pairs of those that
  /// stay.
  ///
  /// A changed row with wide characters is painted as a whole: ncurses blanks the other half of one.
  private func changedCells(
    _ cells: [Cell], _ old: [Cell]?, from start: Int, count: Int
  ) -> [Int] {
    let row = start..<start + count
    func isFirstHalf(_ index: Int) -> Bool { cells[index].character != Cell.continuation }
    guard let old else { return row.filter(isFirstHalf) }
    var changed: [Int] = []
    for index in row {
      if cells[index] == old[index] { painter.keep(pairs[index]) } else { changed.append(index) }
    }
    guard !changed.isEmpty else { return [] }
    let hasWide = row.contains { !isFirstHalf($0) || old[$0].character == Cell.continuation }
    return hasWide ? row.filter(isFirstHalf) : changed
  }

  /// Paints everything anew at the next `show`: another program has written over the screen.
  public func redraw() {
    shown = nil
    cterm_repaint()
  }

  /// Gives the terminal to the shell and stops the process, as Ctrl-Z does.
  ///
  /// Returns after `fg` with the screen taken back and empty: show it again then.
  public func suspend() {
    guard isOpen else { return }
    write(Modes.leave)
    cterm_leave()
    cterm_stop()
    waiting += events.dropContinuations()
    takeBack()
    if let new = Self.windowSize(of: descriptor), new != size { waiting.append(.sizeChanged) }
  }

  private func takeBack() {
    guard isOpen else { return }
    cterm_enter()
    write(Modes.enter)
    shown = nil
  }

  /// Gives the terminal back.
  public func close() {
    guard isOpen else { return }
    isOpen = false
    write(Modes.leave)
    cterm_leave()
    cterm_close()
    cterm_crash_guard_end()
    Foundation.close(descriptor)
    log = nil
  }

  private func write(_ text: String) {
    var bytes = Array(text.utf8)[...]
    while !bytes.isEmpty {
      let count = unsafe bytes.withUnsafeBytes { buffer in
        unsafe Foundation.write(descriptor, buffer.baseAddress, buffer.count)
      }
      guard count > 0 || errno == EINTR else { return }
      bytes = bytes.dropFirst(max(0, count))
    }
  }

  private static func open(
    _ kind: TerminalKind, descriptor: Int32, environment: [String: String]
  ) -> Bool {
    guard let carried = kind.carried else {
      return unsafe cterm_open(kind.type, descriptor) == 0
    }
    let former = environment["TERMINFO"]
    unsafe setenv("TERMINFO", carried.variable, 1)
    defer {
      if let former { unsafe setenv("TERMINFO", former, 1) } else { unsafe unsetenv("TERMINFO") }
    }
    return unsafe cterm_open(carried.rawValue, descriptor) == 0
  }

  private static func windowSize(of descriptor: Int32) -> Size? {
    var window = winsize()
    guard unsafe ioctl(descriptor, UInt(TIOCGWINSZ), &window) == 0, window.ws_col > 0,
      window.ws_row > 0
    else { return nil }
    return Size(columns: Int(window.ws_col), rows: Int(window.ws_row))
  }
}
