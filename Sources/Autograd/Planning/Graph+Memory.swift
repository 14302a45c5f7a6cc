extension Graph {
  /// Bytes that an executor of this graph would run in, the parameters not counted.
  ///
  /// Plans as the executor does and takes no memory.
  ///
  /// - Parameters:
  ///   - threads: Threads of its pool.
  ///   - loss: What it would find gradients of; nil for forward passes only.
  ///   - freezesParameters: Whether parameters would stay as they are.
  /// - Returns: As many as `Executor.memoryBytes`.
  public func executionBytes(
    threads: Int, loss: Value? = nil, freezesParameters: Bool = false
  ) -> Int {
    MemoryPlan(self, loss: loss, threads: threads, freezes: freezesParameters).floats * 4
  }

  /// Numbers in all parameters and statistics together.
  public var parameterCount: Int { declarations.reduce(0) { $0 + $1.shape.count } }
}
