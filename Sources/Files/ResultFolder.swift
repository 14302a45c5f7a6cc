public import Foundation

/// A folder for results that goes again where nothing came to lie in it.
public struct ResultFolder: Equatable, Sendable {
  /// The folder.
  public let url: URL
  /// What was made for it, the innermost first.
  private let made: [URL]

  /// Takes a folder that was made for results, and was not there before.
  public init(made url: URL) {
    self.url = url
    made = [url]
  }

  /// Makes a folder and those that lead to it, where they are not there; all of them or none.
  public init(making url: URL) throws(FileError) {
    self.url = url
    var missing: [URL] = []
    var folder = url
    while FileKind(folder) == nil, missing.last?.path != folder.path {
      missing.append(folder)
      folder = folder.deletingLastPathComponent()
    }
    made = missing
    do {
      try AtomicWrite.makeFolder(url)
    } catch {
      removeIfEmpty()
      throw error
    }
  }

  /// Removes what was made, as far as nothing lies in it.
  public func removeIfEmpty() {
    for folder in made { _ = POSIX.removeFolder(folder.path) }
  }
}
