public import Foundation

/// A folder that is removed when it is let go.
public final class TestFolder: Sendable {
  /// The folder.
  public let url: URL

  /// Makes an empty folder.
  public init() throws {
    url = FileManager.default.temporaryDirectory.resolvingSymlinksInPath()
      .appending(path: "aura-tests-\(UUID().uuidString)", directoryHint: .isDirectory)
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: url) }

  /// The path of something in the folder.
  public func path(_ name: String) -> String { url.appending(path: name).path }

  /// Writes a file, with the folders that lead to it.
  public func write(_ data: Data, to name: String) throws {
    let file = url.appending(path: name)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try data.write(to: file)
  }

  /// Reads a file.
  public func data(_ name: String) throws -> Data {
    try Data(contentsOf: url.appending(path: name))
  }

  /// What is in the files that lie in it, by their names.
  public func texts() throws -> [String: String] {
    var texts: [String: String] = [:]
    for name in try FileManager.default.contentsOfDirectory(atPath: url.path) {
      texts[name] = try String(contentsOf: url.appending(path: name), encoding: .utf8)
    }
    return texts
  }

  /// The paths of all that is in the folder, sorted.
  public var listing: [String] {
    let names = FileManager.default.enumerator(atPath: url.path)?.compactMap { $0 as? String } ?? []
    return names.filter { !$0.hasSuffix("/") }.sorted()
  }
}

/// Keeps this process from writing files longer than so many bytes; the signal for it is ignored, as
/// the program does.
public func limitFileSize(to bytes: Int) {
  signal(SIGXFSZ, SIG_IGN)
  var limit = rlimit(rlim_cur: rlim_t(bytes), rlim_max: .max)
  unsafe setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit)
}

/// Does something as a user who owns a folder with the folders in it and may only read `others`; to be
/// called in a process of its own.
public func asNobody(
  owning own: URL, reading others: [URL], _ body: () throws -> Void
) throws {
  let files = FileManager.default
  func allow(_ permissions: Int, _ url: URL) throws {
    try files.setAttributes([.posixPermissions: permissions], ofItemAtPath: url.path)
  }
  for other in others { try allow(0o555, other) }
  defer { for other in others { try? allow(0o755, other) } }
  guard geteuid() == 0 else { return try body() }
  let nobody: uid_t = 65_534
  let names = files.enumerator(atPath: own.path)?.compactMap { $0 as? String } ?? []
  var isFolder: ObjCBool = false
  for path in [own.path] + names.map({ own.appending(path: $0).path }) {
    guard unsafe files.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue else {
      continue
    }
    precondition(unsafe chown(path, nobody, nobody) == 0)
  }
  precondition(seteuid(nobody) == 0)
  defer { precondition(seteuid(0) == 0) }
  try body()
}
