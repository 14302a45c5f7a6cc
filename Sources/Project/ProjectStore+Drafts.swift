import Files
import Foundation
import Imaging
public import Recipes
import Synchronization

extension ProjectStore {
  /// Images whose draft is not what was decided, as the desk tells it: drawn on and never accepted, or
  /// since.
  ///
  /// Replays the strokes of every image that has any, for which it reads the image's size and, where
  /// there are any, the accepted cells. What cannot be read has no draft that could be opened.
  public var changedKeys: [ImageKey] {
    entries.filter { entry in
      let strokes = strokes(of: entry.key)
      guard !strokes.isEmpty, let source = try? source(of: entry.key),
        let image = try? ImageFile.header(source.file, page: source.page)
      else { return false }
      let ground = strokes.grounds.first
      guard ground?.fits(image.width, image.height) != false else { return false }
      let draft = DraftHistory(
        width: image.width, height: image.height,
        strokes: ground.map { strokes.drawn(on: $0) } ?? strokes)
      guard entry.state.hasMask else { return draft.isUnsaved(in: entry.state, accepted: nil) }
      guard let cells = try? acceptedCells(of: entry.key) else { return false }
      return draft.isUnsaved(in: entry.state, accepted: TiledLabels(cells))
    }.map(\.key)
  }

  /// Whether an image was drawn on and has other pixels than those now; `seen` is what it is.
  public func wasDrawnOnAnother(_ source: ImageSource, than seen: ImageFingerprint) -> Bool {
    strokes(of: source.key).grounds.first.map { !source.has($0, besides: seen) } ?? false
  }

  /// Takes an image that was replaced by one of another size back to what it was before it had a mask,
  /// which goes to `withdrawn/`; its draft is told apart by what it was drawn on (``Draft``).
  ///
  /// `time` is in seconds since 1970.
  ///
  /// - Returns: whether it had a mask.
  public func setAsideMask(of key: ImageKey, time: Double) throws(ProjectError) -> Bool {
    guard entry(of: key).state.hasMask else { return false }
    let decision = Decision(image: key, state: .new, time: time)
    try write { writer throws(ProjectError) in
      try writer.decisions.append(decision)
    } then: {
      settle(decision, mask: nil)
    }
    return true
  }

  /// Refuses cells of a size, or without one those that are accepted, where their image is gone or of another.
  func check(_ size: (Int, Int)?, of source: ImageSource) throws(ProjectError) {
    let key = source.key
    let image: ImageFile.Header
    do {
      image = try ImageFile.header(source.file, page: source.page)
    } catch {
      throw .unread(key, error)
    }
    var size = size
    if size == nil { size = try acceptedSize(of: key) }
    guard let size, size != (image.width, image.height) else { return }
    throw .replaced(
      key.text, mask: "\(size.0)x\(size.1)", image: "\(image.width)x\(image.height)")
  }

  private func acceptedSize(of key: ImageKey) throws(ProjectError) -> (Int, Int)? {
    guard entry(of: key).state.hasMask else { return nil }
    let file = try files.mask(of: key)
    do {
      let mask = try ImageFile.header(file)
      return (mask.width, mask.height)
    } catch {
      throw .file(.unreadable(file.path, "\(error)"))
    }
  }
}
