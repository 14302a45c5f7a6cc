/// Hands out pieces of scratch memory one after another, each on a cache line of its own.
struct ScratchCursor {
  private var at: Int
  private let memory: Buffer

  /// Starts at the first cache line of `memory`.
  init(_ memory: Buffer) {
    self.memory = memory
    let address = unsafe Int(bitPattern: memory.base)
    at = (-address & 63) / MemoryLayout<Float>.size
  }

  /// The next `count` floats.
  mutating func floats(_ count: Int) -> UnsafeMutablePointer<Float> {
    let piece = memory.slice(at: at, count: padded(count))
    at += piece.count
    return unsafe piece.base
  }

  /// The next `count` whole numbers.
  mutating func integers(_ count: Int) -> UnsafeMutablePointer<Int> {
    unsafe UnsafeMutableRawPointer(floats(2 * count)).assumingMemoryBound(to: Int.self)
  }

  /// The next `count` doubles.
  mutating func doubles(_ count: Int) -> UnsafeMutablePointer<Double> {
    unsafe UnsafeMutableRawPointer(floats(2 * count)).assumingMemoryBound(to: Double.self)
  }

  /// Floats that a cursor needs for pieces of these sizes.
  static func count(
    _ a: Int, _ b: Int, _ c: Int = 0, _ d: Int = 0, _ e: Int = 0, _ f: Int = 0
  ) -> Int {
    16 + padded(a) + padded(b) + padded(c) + padded(d) + padded(e) + padded(f)
  }
}

/// Floats rounded up to a cache line: what starts behind so many shares no line with what lies before it.
public func padded(_ count: Int) -> Int { (count + 15) / 16 * 16 }
