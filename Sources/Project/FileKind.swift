internal import CFiles
import Foundation

/// What a path leads to, links followed.
enum FileKind: Int32 {
  case file = 1
  case folder = 2
  case other = 3

  /// Nil where nothing is, or nothing that this user may see.
  init?(_ url: URL) { self.init(rawValue: cfiles_kind(url.path)) }
}
