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
    let piece = memory.slice(at: at, count: ScratchCursor.line(count))
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
    16 + line(a) + line(b) + line(c) + line(d) + line(e) + line(f)
  }

  /// A size rounded up to cache lines.
  static func line(_ count: Int) -> Int { (count + 15) / 16 * 16 }
}
