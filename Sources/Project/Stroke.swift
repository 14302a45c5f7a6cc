public import Imaging

/// A line of `strokes.jsonl`: an edit of one image's cells, the undoing or redoing of one, or what is drawn on.
///
/// The draft of an image is what replaying its lines over no cells gives; a proposal or an imported mask that is
/// taken over is a line as well. So undo has no limit and survives a restart.
public enum Stroke: Equatable, Sendable {
  /// A new edit; drops what could be redone.
  case edit(LabelStroke)
  /// An edit that makes an empty draft the cells that were looked at, for the sake of the edit after it: with
  /// that it is one step.
  case adopt(LabelStroke)
  /// An edit of cells as wholes; what it gives two cells one number by changes nothing.
  case relabel(Relabelling)
  /// An edit of a mask, whose cells were its pieces: what was drawn before cells were told apart.
  ///
  /// On top of edits of cells it makes each piece that it adds a cell of its own.
  case editMask(MaskEdit)
  /// The same as ``adopt(_:)``.
  case adoptMask(MaskEdit)
  /// Takes the newest edit back.
  case undo
  /// Does the newest undone edit again.
  case redo
  /// No stroke: the image that those after it are drawn on. `[Stroke].drawn(on:)` tells the drafts of
  /// different images apart that lay under one name.
  case on(ImageFingerprint)
}

extension Stroke {
  /// Whether an Aura that knows no cells would read its line wrongly.
  var tellsCells: Bool {
    switch self {
    case .edit, .adopt, .relabel: true
    case .editMask, .adoptMask, .undo, .redo, .on: false
    }
  }

  /// Whether it is an edit that rests on the draft being adopted.
  var isAdoption: Bool {
    switch self {
    case .adopt, .adoptMask: true
    case .edit, .editMask, .relabel, .undo, .redo, .on: false
    }
  }
}
