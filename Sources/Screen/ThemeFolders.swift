import Foundation

/// Where themes are looked for, besides the built-in ones.
public struct ThemeFolders: Equatable, Sendable {
  /// The folders, the first match wins.
  private let folders: [URL]

  /// Looks in `aura/themes` of the XDG configuration and data folders.
  ///
  /// - Parameter environment: the process' variables; `XDG_CONFIG_HOME`, `XDG_DATA_HOME`,
  ///   `XDG_DATA_DIRS` and `HOME` count.
  public init(environment: [String: String]) {
    func folder(_ variable: String, orInHome path: String) -> [String] {
      if let value = environment[variable], value.hasPrefix("/") { return [value] }
      return environment["HOME"].map { ["\($0)/\(path)"] } ?? []
    }
    let shared = environment["XDG_DATA_DIRS"] ?? "/usr/local/share:/usr/share"
    let roots =
      folder("XDG_CONFIG_HOME", orInHome: ".config")
      + folder("XDG_DATA_HOME", orInHome: ".local/share")
      + shared.split(separator: ":").map(String.init)
    folders = roots.map {
      URL(fileURLWithPath: $0, isDirectory: true).appendingPathComponent("aura/themes")
    }
  }

  /// Names of all themes that `theme(named:)` finds, the built-in ones first.
  public var available: [String] {
    let builtIn = Theme.builtIn.map(\.name)
    let files = folders.flatMap { folder in
      (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    }
    let names = files.filter { $0.hasSuffix(".yaml") }.map { String($0.dropLast(5)) }
    return builtIn + Set(names).subtracting(builtIn).sorted()
  }

  /// The theme of a name or of a `.yaml` file; a user's file wins over a built-in one.
  public func theme(named name: String) throws(ThemeError) -> Theme {
    if name.contains("/") || name.hasSuffix(".yaml") {
      return try Self.read(URL(fileURLWithPath: name))
    }
    for folder in folders {
      let file = folder.appendingPathComponent(name + ".yaml")
      if FileManager.default.fileExists(atPath: file.path) { return try Self.read(file) }
    }
    if let theme = Theme.builtIn.first(where: { $0.name == name }) { return theme }
    throw .unknownTheme(name, available: available)
  }

  private static func read(_ file: URL) throws(ThemeError) -> Theme {
    let text: String
    do {
      text = try String(contentsOf: file, encoding: .utf8)
    } catch {
      let exists = FileManager.default.fileExists(atPath: file.path)
      throw .unreadable(
        path: file.path,
        reason: exists ? "it is not a text file that this user may read" : "no such file")
    }
    do {
      return try Theme(yaml: text, name: file.deletingPathExtension().lastPathComponent)
    } catch {
      throw .inFile(path: file.path, error)
    }
  }
}
