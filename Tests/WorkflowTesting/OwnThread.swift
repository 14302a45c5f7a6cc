import Foundation

/// A thread besides those that tasks share.
public enum OwnThread {
  /// Runs what waits for tasks: on one of their few threads it could wait for ever.
  public static func run<Result: Sendable>(
    _ body: @escaping @Sendable () throws -> Result
  ) async throws -> Result {
    try await withCheckedThrowingContinuation { continuation in
      let thread = Thread { continuation.resume(with: Swift.Result(catching: body)) }
      thread.stackSize = 8 << 20
      thread.start()
    }
  }
}
