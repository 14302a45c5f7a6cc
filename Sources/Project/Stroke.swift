public import Imaging

/// A line of `strokes.jsonl`: an edit of one image's mask, the undoing or redoing of one, or what is drawn on.
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
  /// No stroke: the image that those after it are drawn on. `[Stroke].drawn(on:)` tells the drafts of
  /// different images apart that lay under one name.
  case on(ImageFingerprint)
}
