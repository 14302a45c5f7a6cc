import Imaging
import Project

/// An image in memory with its masks and its draft.
struct OpenImage: Equatable, Sendable {
  /// The pixels.
  let image: Image
  /// What the screen shows of them.
  private(set) var picture: DisplayPicture
  /// The accepted mask.
  private(set) var accepted: Mask?
  /// The network's proposal, of the image's size.
  private(set) var proposal: Mask?
  /// The draft with all that can be undone.
  private(set) var history: DraftHistory
  /// Where the image stands, as in the model's entries.
  private(set) var state: ReviewState
  /// The mask that is looked at and drawn on: the draft while an edit of it stands, else the
  /// accepted mask or the proposal.
  private(set) var working: Mask
  /// Figures about `working`.
  private(set) var figures = Figures()

  private let stretched: ClosedRange<Float>
  private let full: ClosedRange<Float>
  private var contrast: Contrast

  /// What the panel says about a mask.
  struct Figures: Equatable, Sendable {
    /// Share of the image that is cell, 0...1.
    var coverage = 0.0
    /// IoU with the proposal, if there is one.
    var agreement: Double?
  }

  /// Prepares an image for the screen; masks of another size than the image's are left out.
  init(_ loaded: LoadedImage, state: ReviewState, contrast: Contrast) {
    image = loaded.image
    stretched = image.stretchedRange
    full = image.fullRange
    self.contrast = contrast
    picture = DisplayPicture(image, range: contrast.range(stretched: stretched, full: full))
    accepted = Self.fitting(loaded.accepted, image)
    proposal = Self.fitting(loaded.proposal, image)
    history = DraftHistory(width: image.width, height: image.height, strokes: loaded.strokes)
    self.state = state
    working = history.mask
    refresh()
  }

  /// Whether something that was drawn stands.
  ///
  /// With everything taken back the accepted mask or the proposal is looked at again, so neither is
  /// ever out of reach behind an empty draft.
  var isTouched: Bool { history.canUndo }

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
    guard let proposal, proposal.pixels.contains(1) else { return false }
    return isTouched ? history.passed(through: proposal) : state == .proposed
  }

  /// Whether there is something for an undo or a redo.
  func can(_ stroke: Stroke) -> Bool { stroke == .undo ? history.canUndo : history.canRedo }

  /// Carries out a stroke on the draft.
  mutating func apply(_ stroke: Stroke) {
    history.apply(stroke)
    refresh()
  }

  /// Takes in a new proposal.
  mutating func propose(_ mask: Mask) {
    proposal = Self.fitting(mask, image)
    refresh()
  }

  /// Takes in where the image stands now, with its accepted mask.
  mutating func decide(_ state: ReviewState, accepted: Mask?) {
    self.state = state
    self.accepted = accepted
    refresh()
  }

  /// Takes in a new state, the accepted mask left as it is.
  mutating func move(to state: ReviewState) { decide(state, accepted: accepted) }

  /// Stretches the picture anew.
  mutating func show(with contrast: Contrast) {
    guard contrast != self.contrast else { return }
    self.contrast = contrast
    picture = DisplayPicture(image, range: contrast.range(stretched: stretched, full: full))
  }

  /// What is looked at while no edit stands.
  private var base: Mask? { state.hasMask ? accepted : state == .proposed ? proposal : nil }

  private mutating func refresh() {
    working = isTouched ? history.mask : base ?? history.mask
    figures.coverage = Double(working.cells) / Double(max(1, working.pixels.count))
    figures.agreement = proposal.map { working.overlap(with: $0) }
  }

  private static func fitting(_ mask: Mask?, _ image: Image) -> Mask? {
    guard let mask, mask.width == image.width, mask.height == image.height else { return nil }
    return mask
  }
}

extension Mask {
  /// Pixels that are cell.
  fileprivate var cells: Int {
    var cells = 0
    for pixel in pixels { cells += Int(pixel) }
    return cells
  }

  /// Intersection over union with a mask of the same size; 1 when both are empty.
  func overlap(with other: Mask) -> Double {
    var both = 0
    var either = 0
    for index in 0..<min(pixels.count, other.pixels.count) {
      both += Int(pixels[index] & other.pixels[index])
      either += Int(pixels[index] | other.pixels[index])
    }
    return either == 0 ? 1 : Double(both) / Double(either)
  }
}
