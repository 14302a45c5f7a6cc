import Files
import Imaging
import Project
import Recipes

/// Labels that cannot be used: a deleted image, a damaged mask, a mask of another size.
public struct LabelTroubles: Sendable {
  private var keys: [ImageKey] = []
  private var reason = ""

  /// None yet.
  init() {}

  /// Notes what is wrong with one label.
  ///
  /// - Throws: the error itself where it is not the label's.
  mutating func add(_ error: any Error, at key: ImageKey) throws {
    switch error {
    case is ImagingError, ProjectError.maskSize, ProjectError.file(.unreadable): break
    default: throw error
    }
    if keys.isEmpty { reason = "\(error)" }
    keys.append(key)
  }

  /// A line that names them, if there are any.
  var notice: String? { keys.isEmpty ? nil : text }

  /// A line that names them.
  var text: String {
    let shown = keys.prefix(4).enumerated().map { $0 == 0 ? "\($1) (\(reason))" : "\($1)" }
    let more = keys.count > 4 ? " and \(keys.count - 4) more" : ""
    return "left out: \(shown.joined(separator: ", "))\(more)"
  }
}
