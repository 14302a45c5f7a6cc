import Project
import Recipes
import Screen

extension Model {
  /// Carries out a command of the queue.
  mutating func performInQueue(_ command: Command) -> [Effect] {
    let page = max(1, Layout(self).list.size.rows - 1)
    switch command {
    case .selectPrevious: moveSelection(by: -1)
    case .selectNext: moveSelection(by: 1)
    case .selectPageUp: moveSelection(by: -page)
    case .selectPageDown: moveSelection(by: page)
    case .selectFirst: moveSelection(by: -queue.order.count)
    case .selectLast: moveSelection(by: queue.order.count)
    case .open:
      guard let key = queue.selection else { return [] }
      open(key)
      tab = .annotate
      cases.isCorrecting = false
    case .accept: return queue.selection.map { accept($0) } ?? []
    case .reject: return queue.selection.map { reject($0) } ?? []
    case .sort:
      let all = QueueBoard.Sort.allCases
      let next = (all.firstIndex(of: queue.sort) ?? 0) + 1
      queue.sort = all[next % all.count]
      queue.startsOver = true
      arrangeQueue()
    case .filter: queue.isTyping = true
    case .cancel: if !queue.filter.isEmpty { setFilter("") }
    default: break
    }
    return []
  }

  /// Keys while the filter is typed.
  mutating func takeInFilter(_ key: Key) -> [Effect] {
    switch key {
    case .character(let character): setFilter(queue.filter + String(character))
    case .backspace: setFilter(String(queue.filter.dropLast()))
    case .enter, .tab: queue.isTyping = false
    case .escape:
      queue.isTyping = false
      setFilter("")
    case .up: moveSelection(by: -1)
    case .down: moveSelection(by: 1)
    case .control("z"): return [.suspend]
    case .control("l"): return [.redraw]
    default: break
    }
    return []
  }

  /// Lists only what matches.
  mutating func setFilter(_ text: String) {
    queue.filter = text
    arrangeQueue()
    let row = queueRow(of: queue.selection)
    if row == nil { queue.selection = queue.order.first.map { entries[$0].key } }
  }

  /// Sorts the list anew; the chosen image stays chosen and, where it can, on its row of the screen.
  mutating func arrangeQueue() {
    let before = queueRow(of: queue.selection)
    queue.arrange(entries)
    if let before, let after = queueRow(of: queue.selection) { queue.top += after - before }
  }

  /// Keeps the chosen row on the screen.
  mutating func scrollQueue() {
    queue.scroll(
      to: queueRow(of: imageInHand ?? queue.selection), rows: max(1, Layout(self).list.size.rows))
  }

  /// Chooses an image, listed or not.
  mutating func select(_ key: ImageKey) {
    if queueRow(of: key) != nil { queue.selection = key }
  }

  /// Chooses an image so many rows further.
  mutating func moveSelection(by rows: Int) {
    guard !queue.order.isEmpty else { return }
    let row = min(max(0, (queueRow(of: queue.selection) ?? 0) + rows), queue.order.count - 1)
    queue.selection = entries[queue.order[row]].key
  }

  /// The row of an image in the list.
  func queueRow(of key: ImageKey?) -> Int? {
    guard let key, let place = place(of: key) else { return nil }
    return queue.order.firstIndex(of: place)
  }

  /// The image so many rows further in the list.
  func neighbor(of key: ImageKey, by rows: Int) -> ImageKey? {
    let row = (queueRow(of: key) ?? -1) + rows
    guard queue.order.indices.contains(row) else { return nil }
    return entries[queue.order[row]].key
  }

  /// The image to decide about after another: the next of the list, from its end back to its start;
  /// after new proposals or another order the first.
  func nextUndecided(after key: ImageKey) -> ImageKey? {
    let row = queue.startsOver ? 0 : (queueRow(of: key) ?? -1) + 1
    let count = queue.order.count
    for step in 0..<count {
      let entry = entries[queue.order[(row + step) % count]]
      if entry.key != key, !entry.state.isDecided { return entry.key }
    }
    return nil
  }
}
