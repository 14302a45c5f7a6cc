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

  /// Makes a buffer of zeros.
  public init(count: Int) {
    precondition(count >= 0, "a buffer cannot hold \(count) floats")
    owner = Allocation(floats: count)
    unsafe base = owner.base
    self.count = count
  }

  /// Makes a buffer of these values.
  public init(_ values: [Float]) {
    self.init(count: values.count)
    copy(from: values)
  }

  private init(_ other: Buffer, at offset: Int, count: Int) {
    owner = other.owner
    unsafe base = other.base + offset
    self.count = count
  }

  /// The floats from `offset` on, in the same memory.
  public func slice(at offset: Int, count: Int) -> Buffer {
    precondition(
      offset >= 0 && count >= 0 && offset + count <= self.count,
      "floats \(offset)..<\(offset + count) of a buffer of \(self.count)")
    return Buffer(self, at: offset, count: count)
  }

  /// Overwrites all of it.
  public func copy(from values: [Float]) {
    precondition(
      values.count == count, "\(values.count) values for a buffer of \(count)")
    unsafe values.withUnsafeBufferPointer { source in
      if let first = source.baseAddress { unsafe base.update(from: first, count: count) }
    }
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

/// Owns the memory behind buffers.
@safe
private final class Allocation {
  let base: UnsafeMutablePointer<Float>

  init(floats: Int) {
    let bytes = max(64, (floats * 4 + 63) / 64 * 64)
    let raw = UnsafeMutableRawPointer.allocate(byteCount: bytes, alignment: 64)
    unsafe raw.initializeMemory(as: UInt8.self, repeating: 0, count: bytes)
    unsafe base = raw.bindMemory(to: Float.self, capacity: bytes / 4)
  }

  deinit { unsafe UnsafeMutableRawPointer(base).deallocate() }
}
