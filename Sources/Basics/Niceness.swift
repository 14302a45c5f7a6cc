import Foundation

/// How far a thread stands back behind others that want the processor.
public enum Niceness {
  /// Lets the calling thread, and every thread that it makes, stand back further: 19 is entirely.
  ///
  /// Linux counts niceness by thread; where that fails the work is just as right.
  public static func add(_ steps: Int32) {
    let process = __priority_which_t(PRIO_PROCESS.rawValue)
    _ = setpriority(process, 0, min(19, getpriority(process, 0) + steps))
  }
}
