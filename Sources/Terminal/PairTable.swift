/// Numbers for pairs of colours, of which ncurses has only so many: the longest unused are given
/// up, but never one that is on the screen, as ncurses would repaint all of its cells.
struct PairTable {
  private struct Colors: Hashable {
    let foreground: Int32
    let background: Int32
  }

  private let capacity: Int
  private var numbers: [Colors: Int32] = [:]
  /// What each number stands for, and the frame that used it last.
  private var slots: [(colors: Colors?, lastUsed: Int)] = [(nil, 0)]
  private var frame = 1
  private var next = 1

  /// - Parameter capacity: pairs that ncurses has, of which number 0 is never given.
  init(capacity: Int) {
    self.capacity = max(1, capacity)
  }

  /// Whether less than half of the numbers are free: time to be sparing with colours.
  var isCrowded: Bool { numbers.count > capacity / 2 }

  /// Begins a frame; what is on the screen has to be marked again.
  mutating func beginFrame() { frame += 1 }

  /// Says that a pair is on the screen in this frame.
  mutating func mark(_ number: Int32) { slots[Int(number)].lastUsed = frame }

  /// The number of a pair that has one.
  mutating func existing(_ foreground: Int, _ background: Int) -> Int32? {
    let key = Colors(foreground: Int32(foreground), background: Int32(background))
    guard let number = numbers[key] else { return nil }
    mark(number)
    return number
  }

  /// A new number for a pair, to be defined; nil where all are on the screen.
  mutating func add(_ foreground: Int, _ background: Int) -> Int32? {
    guard let number = freeNumber() else { return nil }
    if let old = slots[number].colors { numbers[old] = nil }
    let key = Colors(foreground: Int32(foreground), background: Int32(background))
    slots[number] = (key, frame)
    numbers[key] = Int32(number)
    return Int32(number)
  }

  private mutating func freeNumber() -> Int? {
    if slots.count < capacity {
      slots.append((nil, 0))
      return slots.count - 1
    }
    for _ in 1..<max(2, capacity) {
      next = next + 1 < capacity ? next + 1 : 1
      // Of the frame before, cells may still be on the screen.
      if next < capacity, slots[next].lastUsed < frame - 1 { return next }
    }
    return nil
  }
}
