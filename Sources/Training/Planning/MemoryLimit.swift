import Basics
import Foundation

/// How much memory this process may take: the machine's, or less where it is held shorter.
struct MemoryLimit: Equatable, Sendable {
  /// What is to be held.
  struct Need {
    /// Bytes in all, those of the program and what it holds already among them.
    var total: Double
    /// Bytes of these that are to be taken yet.
    var fresh: Double
  }

  /// Bytes in all.
  var total: Double
  /// Who says so, before the figure.
  var source: String
  /// Bytes of addresses that are not taken yet.
  var addresses = Double.infinity

  /// Whether there is as much.
  func holds(_ need: Need) -> Bool { need.total <= total && need.fresh <= addresses }

  /// What there is, for people, where a need is not held.
  func text(against need: Need) -> String {
    need.total > total
      ? "\(source) \(NumberText.bytes(total))"
      : "the limit of its addresses (ulimit -v) leaves \(NumberText.bytes(max(0, addresses)))"
  }

  /// What holds now, by the files of the system below `root`: the machine's memory, the limits of the
  /// control groups that the process is in, of either version, and of its address space.
  static func now(
    machine: UInt64 = ProcessInfo.processInfo.physicalMemory, root: String = ""
  ) -> MemoryLimit {
    var limit = MemoryLimit(total: Double(machine), source: "this machine has")
    func text(_ path: String) -> String? {
      try? String(contentsOfFile: root + path, encoding: .utf8)
    }
    for line in (text("/proc/self/cgroup") ?? "").split(separator: "\n") {
      let parts = line.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
      guard parts.count == 3 else { continue }
      let isSecond = parts[1].isEmpty
      guard isSecond || parts[1].split(separator: ",").contains("memory") else { continue }
      var group = parts[2].split(separator: "/")
      while true {
        let folder =
          (isSecond ? ["sys", "fs", "cgroup"] : ["sys", "fs", "cgroup", "memory"]) + group
        let file = isSecond ? "memory.max" : "memory.limit_in_bytes"
        let found = text("/" + folder.joined(separator: "/") + "/" + file)
        if let bytes = found.flatMap(Self.number), bytes < limit.total {
          limit = MemoryLimit(total: bytes, source: "its control group allows")
        }
        if group.popLast() == nil { break }
      }
    }
    if let addresses = text("/proc/self/limits").flatMap({ value(of: "Max address space", in: $0) })
    {
      let held = text("/proc/self/status").flatMap { value(of: "VmSize:", in: $0) } ?? 0
      limit.addresses = addresses - 1024 * held
    }
    return limit
  }

  /// The number behind a name in a table; nil for words.
  private static func value(of name: String, in table: String) -> Double? {
    table.split(separator: "\n").first { $0.hasPrefix(name) }
      .flatMap { $0.dropFirst(name.count).split(whereSeparator: \.isWhitespace).first }
      .flatMap { number(String($0)) }
  }

  private static func number(_ text: String) -> Double? {
    UInt64(text.trimmingCharacters(in: .whitespacesAndNewlines)).map { Double($0) }
  }
}
