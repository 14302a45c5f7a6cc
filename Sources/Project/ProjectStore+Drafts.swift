import Imaging
public import Recipes

extension ProjectStore {
  /// Images whose draft is not what was decided, as the desk tells it: drawn on and never accepted, or
  /// since.
  ///
  /// Replays the strokes of every image that has any, for which it reads the image's size and, where
  /// there is one, the accepted mask. What cannot be read has no draft that could be opened.
  public var changedKeys: [ImageKey] {
    entries.filter { entry in
      let strokes = strokes(of: entry.key)
      guard !strokes.isEmpty, let source = try? source(of: entry.key),
        let image = try? ImageFile.header(source.file, page: source.page)
      else { return false }
      let draft = DraftHistory(width: image.width, height: image.height, strokes: strokes)
      guard entry.state.hasMask else { return draft.isUnsaved(in: entry.state, accepted: nil) }
      guard let mask = try? acceptedMask(of: entry.key) else { return false }
      return draft.isUnsaved(in: entry.state, accepted: TiledMask(mask))
    }.map(\.key)
  }
}
