public import Imaging

/// A line of `strokes.jsonl`: an edit of one image's mask, or the undoing or redoing of one.
///
/// The draft mask of an image is what replaying its lines over an empty mask gives; a proposal or an
/// imported mask that is taken over is a line as well. So undo has no limit and survives a restart.
public enum Stroke: Equatable, Sendable {
  /// A new edit; drops what could be redone.
  case edit(MaskEdit)
  /// An edit that makes an empty draft the mask that was looked at, for the sake of the edit after it:
  /// with that it is one step.
  case adopt(MaskEdit)
  /// Takes the newest edit back.
  case undo
  /// Does the newest undone edit again.
  case redo

  /// How many edits stand at most, whatever the size of the image that they were made on.
  static func standing(in strokes: [Stroke]) -> Int {
    var (done, undone) = (0, 0)
    for stroke in strokes {
      switch stroke {
      case .edit, .adopt: (done, undone) = (done + 1, 0)
      case .undo: if done > 0 { (done, undone) = (done - 1, undone + 1) }
      case .redo: if undone > 0 { (done, undone) = (done + 1, undone - 1) }
      }
    }
    return done
  }
}
