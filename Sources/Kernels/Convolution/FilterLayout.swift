/// The two orders of a filter: PyTorch's `[output][input][row][column]`, in files and at every border of
/// the engine, and the kernels' `[row][column][input][output]`, in which the outputs that a vector holds
/// lie together.
public struct FilterLayout: Sendable {
  let outputs: Int
  let inputs: Int
  let taps: Int

  /// Outputs that are moved together, a cache line.
  private static let block = 16

  /// Describes a filter of so many output and input channels and places.
  public init(outputs: Int, inputs: Int, taps: Int) {
    self.outputs = outputs
    self.inputs = inputs
    self.taps = taps
  }

  /// Copies a filter in PyTorch's order into the kernels' memory.
  public func load(_ values: [Float], into buffer: Buffer) {
    buffer.require(outputs * inputs * taps, "a filter")
    precondition(values.count == buffer.count, "\(values.count) values for \(buffer.count)")
    unsafe values.withUnsafeBufferPointer { values in
      guard let source = values.baseAddress else { return }
      forEachRun { here, there, step, count in
        for k in 0..<count { unsafe buffer.base[there + k] = source[here + k * step] }
      }
    }
  }

  /// A copy of a filter in PyTorch's order.
  public func values(of buffer: Buffer) -> [Float] {
    buffer.require(outputs * inputs * taps, "a filter")
    return unsafe [Float](unsafeUninitializedCapacity: buffer.count) { values, count in
      guard let target = values.baseAddress else { return }
      forEachRun { here, there, step, count in
        for k in 0..<count { unsafe target[here + k * step] = buffer.base[there + k] }
      }
      count = buffer.count
    }
  }

  /// Runs of outputs: where one starts in PyTorch's order, in the kernels', and the step in the former.
  @inline(__always)
  private func forEachRun(_ body: (_ here: Int, _ there: Int, _ step: Int, _ count: Int) -> Void) {
    let step = inputs * taps
    for first in Swift.stride(from: 0, to: outputs, by: FilterLayout.block) {
      let count = min(FilterLayout.block, outputs - first)
      for input in 0..<inputs {
        for tap in 0..<taps {
          body(
            first * step + input * taps + tap, (tap * inputs + input) * outputs + first, step, count
          )
        }
      }
    }
  }
}
