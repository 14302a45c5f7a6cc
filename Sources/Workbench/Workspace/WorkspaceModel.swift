import Screen

/// A workspace: its screens, what they share, and what is the same in all workspaces: the box over the
/// screen first, then the screen, then the keys that mean the same everywhere.
struct WorkspaceModel<Screens: ScreenSet>: Sendable {
  var shared: Screens.Shared
  var screens: Screens
  /// Whether a button went down on the screen, so that the drag is the screen's wherever it goes.
  private var isDragging = false

  init(_ screens: Screens, _ shared: Screens.Shared) {
    self.screens = screens
    self.shared = shared
  }

  /// Takes an event in and says what the world has to do about it.
  mutating func take(_ event: Event) -> [Effect] {
    var effects: [Effect] = []
    switch event {
    case .input(let input): effects = take(input)
    case .interrupted: effects = leave()
    case .resized(let size): shared.window.size = size
    case .tick(let now):
      shared.window.now = max(shared.window.now, now)
      shared.window.notices.tick(shared.window.now)
      effects = screens.take(event, &shared)
    default: effects = screens.take(event, &shared)
    }
    effects += carryOutAnswer()
    if shared.appears {
      shared.appears = false
      effects += screens.hand(.appear, &shared) ?? []
    }
    effects += screens.settle(&shared)
    return effects + (screens.hand(.follow, &shared) ?? [])
  }

  private mutating func take(_ input: Input) -> [Effect] {
    switch input {
    case .key(let key): return take(key)
    case .mouse(let mouse): return take(mouse)
    case .paste(let text):
      shared.window.notices.key(at: shared.window.now)
      guard shared.window.box == nil else {
        shared.window.takeInBox(input)
        return []
      }
      return screens.hand(.text(text), &shared) ?? []
    case .focus: return []
    }
  }

  func isText(_ key: Key) -> Bool {
    guard !shared.window.isTooSmall else { return false }
    guard let box = shared.window.box else { return screens.screen(shared.tab).isText(key, shared) }
    return box.isText(key, shared.window)
  }

  private mutating func take(_ key: Key) -> [Effect] {
    shared.window.notices.key(at: shared.window.now)
    if shared.window.isTooSmall {
      if key == .character("q"), screens.status(shared).unsaved == nil { return leave() }
      return screens.press(key, &shared, onlyAlways: true) ?? []
    }
    if shared.window.box != nil {
      if let effects = screens.press(key, &shared, onlyAlways: true) { return effects }
      shared.window.takeInBox(.key(key))
      return []
    }
    if let effects = screens.hand(.key(key), &shared) { return effects }
    let isTyping = screens.screen(shared.tab).isTyping
    return screens.press(key, &shared, onlyAlways: isTyping) ?? []
  }

  /// The one way of the mouse: what it points at decides; a drag stays where it began.
  private mutating func take(_ mouse: Mouse) -> [Effect] {
    shared.window.notePress(mouse)
    if shared.window.isTooSmall {
      isDragging = false
      return mouse.action == .release ? screens.endStroke(&shared) : []
    }
    let isClick = mouse.action == .press && mouse.button == .left
    if mouse.action == .press {
      isDragging = false
      shared.window.notices.key(at: shared.window.now)
    }
    if isDragging {
      isDragging = mouse.action != .release
      return screens.hand(.mouse(mouse), &shared) ?? []
    }
    if shared.window.box != nil {
      shared.window.takeInBox(.mouse(mouse))
      return []
    }
    if shared.window.titleLine.contains(mouse.point) {
      let place = titlePlaces.first { $0.columns.contains(mouse.point.column) }
      guard isClick, let place else { return [] }
      let ended = screens.endStroke(&shared)
      shared.show(place.tab)
      return ended
    }
    if shared.window.hintLine.contains(mouse.point) {
      let line = HintLine(screens.keyLines(shared))
      guard isClick, let choice = line.choice(at: mouse.point, in: shared.window.hintLine) else {
        return []
      }
      return choose(choice)
    }
    guard shared.window.body.contains(mouse.point) else { return [] }
    isDragging = mouse.action == .press
    return screens.hand(.mouse(mouse), &shared) ?? []
  }

  /// Carries out what the box over the screen was answered.
  private mutating func carryOutAnswer() -> [Effect] {
    guard let answer = shared.window.answer else { return [] }
    shared.window.answer = nil
    if case .choose(let choice) = answer { return choose(choice) }
    return screens.carryOut(answer, &shared)
  }

  private mutating func choose(_ choice: KeyLine.Choice) -> [Effect] {
    switch choice.owner {
    case .screen: return screens.hand(.choice(choice), &shared) ?? []
    case .everywhere: return screens.perform(choice, &shared)
    case .box: return []
    }
  }

  /// Ends what is in hand and leaves.
  private mutating func leave() -> [Effect] { screens.endStroke(&shared) + [.quit] }

  func draw() -> Grid {
    let window = shared.window
    var grid = Grid(size: window.size, style: window.theme.style(.text))
    guard !window.isTooSmall else {
      drawTooSmall(into: &grid)
      return grid
    }
    screens.screen(shared.tab).draw(shared, into: &grid)
    drawTitle(into: &grid)
    screens.status(shared).draw(window, into: &grid)
    grid.draw(
      KeyHints(HintLine(screens.keyLines(shared)).hints), in: window.hintLine, theme: window.theme)
    window.box?.draw(window, into: &grid)
    return grid
  }

  private func drawTooSmall(into grid: inout Grid) {
    let columns = shared.window.size.columns
    let leaving =
      screens.status(shared).unsaved.map { "\($0); Ctrl-C leaves all the same" }
      ?? "q saves and leaves"
    let lines = ["window too small", "60x16 is the least", leaving]
    let wrapped = lines.flatMap { TextBlock.wrap($0, columns: max(1, columns)) }
    for (row, line) in wrapped.enumerated() {
      grid.write(
        line.fitted(to: columns), column: 0, row: row,
        style: shared.window.theme.style(.warning, bold: true))
    }
  }

  /// The tabs of the title line, each with its text and columns.
  private var titlePlaces: [(tab: Tab, text: String, columns: Range<Int>)] {
    var column = 0
    return Screens.tabs.enumerated().map { place, tab in
      let text = " F\(place + 2) \(tab.rawValue) "
      defer { column += text.columns }
      return (tab, text, column..<(column + text.columns))
    }
  }

  private func drawTitle(into grid: inout Grid) {
    let (window, theme) = (shared.window, shared.window.theme)
    grid.clear(window.titleLine, style: theme.style(.text, on: .panel))
    let places = titlePlaces
    for (tab, text, columns) in places {
      let style = tab == shared.tab ? theme.selected(bold: true) : theme.style(.dim, on: .panel)
      grid.write(text, column: columns.lowerBound, row: 0, style: style)
    }
    let left = (places.last?.columns.upperBound ?? 0) + 1
    let room = max(0, window.size.columns - left)
    grid.write(
      screens.title(shared).fittedToEnd(of: room).padded(to: room, alignedRight: true),
      column: left, row: 0, style: theme.style(.title, on: .panel))
  }
}
