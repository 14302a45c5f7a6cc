public import Imaging

/// The strokes of an image that were drawn on it as it is now, apart from those on another that lay there
/// before: these are kept and never replayed on it.
public struct Draft: Equatable, Sendable {
  /// What is drawn on.
  public let ground: ImageFingerprint
  /// What was drawn on it, oldest first.
  public let strokes: [Stroke]
  /// Whether what was drawn on newest is something else.
  public let isChanged: Bool
  /// What else was drawn on, newest; nil where there is nothing.
  public let former: ImageFingerprint?
  /// What was drawn on that, oldest first.
  let setAside: [Stroke]

  /// Divides the strokes of an image.
  ///
  /// - Parameters:
  ///   - strokes: all lines of the image, oldest first.
  ///   - image: what was read of it now.
  ///   - source: where it is read from, for other channels of it.
  ///   - seen: what it was when it was read before; tells where the strokes themselves do not.
  public init(
    of strokes: [Stroke], on image: Image, from source: ImageSource,
    seen: ImageFingerprint? = nil
  ) {
    let now = ImageFingerprint(of: image)
    let known = strokes.grounds.isEmpty ? [seen].compactMap(\.self) : strokes.grounds
    ground = known.first { source.has($0, besides: now) } ?? now
    isChanged = known.first.map { [ground] in $0 != ground } ?? false
    former = known.first { [ground] in $0 != ground }
    self.strokes = strokes.drawn(on: ground, otherwise: seen)
    setAside = former.map { strokes.drawn(on: $0, otherwise: seen) } ?? []
  }

  /// How many edits stand of what is set aside.
  public var setAsideCount: Int {
    // Whatever the size of what they were made on.
    var (done, undone) = (0, 0)
    for stroke in setAside {
      switch stroke {
      case .edit, .adopt, .relabel, .editMask, .adoptMask: (done, undone) = (done + 1, 0)
      case .undo: if done > 0 { (done, undone) = (done - 1, undone + 1) }
      case .redo: if undone > 0 { (done, undone) = (done + 1, undone - 1) }
      case .on: break
      }
    }
    return done
  }

  /// The cells that were drawn on what was there before, where that had the size of what is there now,
  /// something of it stands, and nothing is drawn on what is there now.
  public var formerCells: LabelImage? {
    guard strokes.isEmpty, let former, former.fits(ground.width, ground.height) else { return nil }
    let history = DraftHistory(width: former.width, height: former.height, strokes: setAside)
    return history.canUndo ? LabelImage(history.labels) : nil
  }

  /// Lines that say what is drawn on now, where those of the image say something else or, with some of an
  /// image before, nothing.
  public func lines(after strokes: [Stroke]) -> [Stroke] {
    let newest = strokes.grounds.first
    guard newest != ground else { return [] }
    // What was drawn before any word on it would belong to the first that is named.
    let first = newest == nil && !strokes.isEmpty ? former : nil
    return (first.map { [.on($0)] } ?? []) + [.on(ground)]
  }
}

extension [Stroke] {
  /// What they say that they were drawn on, the newest first, each once.
  var grounds: [ImageFingerprint] {
    var found: [ImageFingerprint] = []
    for case .on(let ground) in reversed() where !found.contains(ground) { found.append(ground) }
    return found
  }

  /// Those that were drawn on an image.
  ///
  /// What stands before the first word on that was drawn on what it names; where no word is said, on
  /// `seen`, and where that is not known either, on whatever is there.
  func drawn(on image: ImageFingerprint, otherwise seen: ImageFingerprint? = nil) -> [Stroke] {
    var ground = lazy.compactMap(\.ground).first ?? seen ?? image
    return filter { stroke in
      ground = stroke.ground ?? ground
      return stroke.ground == nil && ground == image
    }
  }
}

extension Stroke {
  fileprivate var ground: ImageFingerprint? { if case .on(let image) = self { image } else { nil } }
}
