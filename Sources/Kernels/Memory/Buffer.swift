import Foundation

/// A stretch of float32 memory that kernels read and write, aligned to 64 bytes.
///
/// It is a handle: copies of it mean the same memory, which lives as long as any of them. A class
/// behind a handle rather than `Span`, because a kernel's tasks write disjoint parts of one buffer
/// from several threads, and one allocation holds many values. Not `Sendable`: a run's memory stays
/// on its thread and the tasks that this thread waits for.
@safe
public struct Buffer {
  /// How many floats it holds.
  public let count: Int

  let base: UnsafeMutablePointer<Float>
  private let owner: Allocation
}

extension Buffer {
  /// Makes a buffer of zeros.
  public init(count: Int) {
    precondition(count >= 0, "a buffer cannot hold \(count) floats")
    let owner = Allocation(floats: count)
    unsafe self.init(count: count, base: owner.base, owner: owner)
  }

  /// Makes a buffer of these values.
  public init(_ values: [Float]) {
    self.init(count: values.count)
    copy(from: values)
  }

  /// The floats from `offset` on, in the same memory.
  public func slice(at offset: Int, count: Int) -> Buffer {
    precondition(
      offset >= 0 && count >= 0 && offset + count <= self.count,
      "floats \(offset)..<\(offset + count) of a buffer of \(self.count)")
    return unsafe Buffer(count: count, base: base + offset, owner: owner)
  }

  /// The floats from `offset` on to the end.
  public func rest(after offset: Int) -> Buffer { slice(at: offset, count: count - offset) }

  /// Overwrites all of it.
  public func copy(from values: [Float]) {
    precondition(
      values.count == count, "\(values.count) values for a buffer of \(count)")
    unsafe values.withUnsafeBufferPointer { source in
      if let first = source.baseAddress { unsafe base.update(from: first, count: count) }
    }
  }

  /// Overwrites all of it with what another buffer holds.
  public func copy(from other: Buffer) {
    other.require(count, "the other buffer")
    unsafe base.update(from: other.base, count: count)
  }

  /// A copy of what it holds.
  public var values: [Float] {
    unsafe [Float](UnsafeBufferPointer(start: base, count: count))
  }

  /// One float.
  public subscript(index: Int) -> Float {
    get {
      precondition(index >= 0 && index < count, "float \(index) of a buffer of \(count)")
      return unsafe base[index]
    }
    nonmutating set {
      precondition(index >= 0 && index < count, "float \(index) of a buffer of \(count)")
      unsafe base[index] = newValue
    }
  }

  /// Sets all of it to one value.
  public func fill(_ value: Float) {
    unsafe base.update(repeating: value, count: count)
  }

  /// The memory as bytes, four a float: for marks that need no more, such as a pool's choices.
  var bytes: UnsafeMutablePointer<UInt8> {
    unsafe UnsafeMutableRawPointer(base).assumingMemoryBound(to: UInt8.self)
  }

  func require(_ expected: Int, _ what: StaticString) {
    precondition(count == expected, "\(what) holds \(count) floats, its shape needs \(expected)")
  }

  func require(atLeast expected: Int, _ what: StaticString) {
    precondition(count >= expected, "\(what) holds \(count) floats and needs \(expected)")
  }
}

/// Owns the memory behind buffers: zeros, aligned to a cache line, from the system itself where it is
/// large, in huge pages if there are any, of which only those that are used count.
@safe
private final class Allocation {
  let base: UnsafeMutablePointer<Float>
  private let mappedBytes: Int

  /// Bytes from which memory is mapped, and to which it is then aligned: a huge page.
  private static let page = 2 << 20

  init(floats: Int) {
    let bytes = max(64, (floats * 4 + 63) / 64 * 64)
    if bytes >= Allocation.page, let mapped = unsafe Allocation.map(bytes) {
      mappedBytes = bytes
      unsafe base = mapped.bindMemory(to: Float.self, capacity: bytes / 4)
      return
    }
    mappedBytes = 0
    let raw = UnsafeMutableRawPointer.allocate(byteCount: bytes, alignment: 64)
    unsafe raw.initializeMemory(as: UInt8.self, repeating: 0, count: bytes)
    unsafe base = raw.bindMemory(to: Float.self, capacity: bytes / 4)
  }

  deinit {
    if mappedBytes > 0 {
      unsafe munmap(base, mappedBytes)
    } else {
      unsafe UnsafeMutableRawPointer(base).deallocate()
    }
  }

  /// Zeros from the system, or nil where it has none to give; starts at a huge page's border.
  private static func map(_ bytes: Int) -> UnsafeMutableRawPointer? {
    let (readWrite, anonymous) = (PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS)
    guard let whole = unsafe mmap(nil, bytes + page, readWrite, anonymous, -1, 0),
      unsafe whole != MAP_FAILED
    else { return nil }
    let gap = (page - Int(bitPattern: whole) % page) % page
    if gap > 0 { unsafe munmap(whole, gap) }
    let end = unsafe whole + gap + bytes
    let first = (Int(bitPattern: end) + 4095) / 4096 * 4096 - Int(bitPattern: end)
    let rest = page - gap - first
    if rest > 0 { unsafe munmap(end + first, rest) }
    #if os(Linux)
      unsafe madvise(whole + gap, bytes, MADV_HUGEPAGE)
    #endif
    return unsafe whole + gap
  }
}
