import Imaging
import Project

/// An image in memory with its masks and its draft.
struct OpenImage: ShowsImage {
  /// The image and its picture.
  var shown: ShownImage
  /// The accepted mask.
  private(set) var accepted: TiledMask?
  /// The network's proposal, of the image's size.
  private(set) var proposal: TiledMask?
  /// The draft with all that can be undone.
  private(set) var history: DraftHistory
  /// Where the image stands, as in the model's entries.
  private(set) var state: ReviewState
  /// Pixels that are cell in `working` and in the proposal; each edit counts those that it touches.
  private var agreeing = 0

  /// Puts a prepared image where it stands.
  init(_ prepared: PreparedImage, state: ReviewState) {
    shown = prepared.shown
    accepted = prepared.accepted
    proposal = prepared.proposal
    history = prepared.history
    self.state = state
    compare()
  }

  /// The pixels.
  var image: Image { shown.image }

  /// The mask that is looked at and drawn on: the draft while an edit of it stands, else the
  /// accepted mask or the proposal.
  var working: TiledMask { isTouched ? history.mask : base ?? history.mask }

  /// Share of the image that is cell, 0...1.
  var coverage: Double { Double(working.area) / Double(max(1, working.pixelCount)) }

  /// IoU of what is looked at with the proposal, if there is one; 1 when both are empty.
  var agreement: Double? {
    guard let proposal else { return nil }
    let either = working.area + proposal.area - agreeing
    return either == 0 ? 1 : Double(agreeing) / Double(either)
  }

  /// Whether something that was drawn stands.
  ///
  /// With everything taken back the accepted mask or the proposal is looked at again, so neither is
  /// ever out of reach behind an empty draft.
  var isTouched: Bool { history.canUndo }

  /// Whether what is looked at is not what was decided.
  var isUnsaved: Bool { history.isUnsaved(in: state, accepted: accepted) }

  /// Whether nothing but an adoption stands: a step on the way between two, not one of its own.
  var restsOnAdoption: Bool { history.beginsWithAdoption && history.undoCount == 1 }

  /// Steps that can be taken back, an adoption and the edit after it being one.
  var undoSteps: Int {
    history.undoCount - (history.beginsWithAdoption && history.undoCount > 1 ? 1 : 0)
  }

  /// Steps that can be done again.
  var redoSteps: Int {
    history.redoCount
      - (history.beginsWithAdoption && history.undoCount == 0 && history.redoCount > 1 ? 1 : 0)
  }

  /// What has to be recorded first so that the draft is what is looked at, if it is not yet.
  var adoption: MaskEdit? {
    guard !isTouched, working != history.mask else { return nil }
    return MaskEdit(from: history.mask, to: working)
  }

  /// Whether the draft came out of the proposal by drawing on it.
  var stemsFromProposal: Bool {
    guard let proposal, proposal.area > 0 else { return false }
    return isTouched ? history.passed(through: proposal) : state == .proposed
  }

  /// Whether there is something for an undo or a redo.
  func can(_ stroke: Stroke) -> Bool { stroke == .undo ? history.canUndo : history.canRedo }

  /// Carries out a stroke on the draft.
  mutating func apply(_ stroke: Stroke) {
    let wasTouched = isTouched
    guard let change = history.apply(stroke) else { return }
    // At the first edit and after the last undo another mask is looked at.
    guard wasTouched, isTouched else { return compare() }
    guard let proposal else { return }
    agreeing += proposal.area(in: change.added) - proposal.area(in: change.removed)
  }

  /// Takes in a new proposal, if it is of the image's size.
  mutating func propose(_ mask: TiledMask) {
    proposal = mask.fits(image) ? mask : nil
    compare()
  }

  /// Takes in where the image stands now, with its accepted mask.
  mutating func decide(_ state: ReviewState, accepted: TiledMask?) {
    self.state = state
    self.accepted = accepted
    compare()
  }

  /// Takes in a new state, the accepted mask left as it is.
  mutating func move(to state: ReviewState) { decide(state, accepted: accepted) }

  /// What is looked at while no edit stands.
  private var base: TiledMask? { state.hasMask ? accepted : state == .proposed ? proposal : nil }

  private mutating func compare() {
    agreeing = proposal.map { working.common(with: $0) } ?? 0
  }
}
