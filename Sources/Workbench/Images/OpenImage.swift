public import Basics
public import Imaging
public import Project
import Screen

/// An image in memory with its masks and its draft, with nothing left to do that would hold a key up:
/// stretched, its masks in tiles, its strokes replayed.
public struct OpenImage: ShowsImage {
  /// The image and its picture.
  var shown: ShownImage
  /// The size of its pixels in micrometres, where its file says it.
  let pixelSize: ImageContents.PixelSize?
  /// The accepted cells, if there are any of the image's size.
  private(set) var acceptedCells: ColouredCells?
  /// The network's proposal, if there is one of the image's size.
  private(set) var proposedCells: ColouredCells?
  /// How unsure the network is of each cell that it proposes, 0...1, where that is known.
  private(set) var doubts: [LabelImage.Label: Double]
  /// The draft with all that can be undone.
  private(set) var history: DraftHistory
  /// Where the image stands, as in the model's entries once it is there.
  private(set) var state = ReviewState.new
  /// Pixels that are cell in `working` and in the proposal; each edit counts those that it touches.
  private var agreeing = 0
  /// The colours of the draft's cells.
  private var draftColours: CellColours
  /// Those of drafts of so many edits, before and after edits that change much: an undo gives them back.
  private var formerColours: [Int: CellColours] = [:]

  /// Prepares an image; cells of another size than the image are left out.
  ///
  /// - Parameters:
  ///   - image: the pixels.
  ///   - accepted: the accepted cells, if there are any.
  ///   - proposal: the network's proposal, if there is one.
  ///   - doubts: how unsure the network is of each cell of it, where that is known.
  ///   - strokes: the image's lines of `strokes.jsonl`, oldest first.
  ///   - pixelSize: the size of its pixels, where that is known.
  ///   - percentiles: what is black and white on the screen at first.
  public init(
    image: Image, accepted: LabelImage?, proposal: LabelImage?,
    doubts: [LabelImage.Label: Double] = [:], strokes: [Stroke],
    pixelSize: ImageContents.PixelSize? = nil,
    percentiles: Percentiles = .usual
  ) {
    func fitting(_ cells: LabelImage?) -> ColouredCells? {
      cells.map { TiledLabels($0) }.flatMap { $0.fits(image) ? ColouredCells($0) : nil }
    }
    shown = ShownImage(image, percentiles: percentiles)
    self.pixelSize = pixelSize
    acceptedCells = fitting(accepted)
    proposedCells = fitting(proposal)
    self.doubts = doubts
    history = DraftHistory(width: image.width, height: image.height, strokes: strokes)
    for cells in [proposedCells, acceptedCells] {
      if let cells { history.share(tilesOf: cells.labels) }
    }
    history.labels.prepareBlocks()
    draftColours = CellColours(of: history.labels, count: Role.series.count)
    if !history.canUndo, history.canRedo {
      var next = history
      next.apply(.redo)
      formerColours[1] = CellColours(of: next.labels, count: Role.series.count)
    }
    for draft in history.drafts(nearest: 4) {
      draft.labels.prepareBlocks()
      guard formerColours[draft.undoCount] == nil else { continue }
      formerColours[draft.undoCount] = CellColours(of: draft.labels, count: Role.series.count)
    }
    compare()
  }

  /// The pixels.
  var image: Image { shown.image }

  /// `1280x960 8 bit`.
  var facts: String { "\(image.width)x\(image.height) \(image.bitDepth) bit" }

  /// `0.650 um/px`, where it is known.
  var pixelSizeText: String? {
    pixelSize.map { size in
      let (x, y) = (NumberText.compact(size.x), NumberText.compact(size.y))
      return (x == y ? x : "\(x) x \(y)") + " um/px"
    }
  }

  /// The accepted cells, if there are any of the image's size.
  var accepted: TiledLabels? { acceptedCells?.labels }

  /// The network's proposal, if there is one of the image's size.
  var proposal: TiledLabels? { proposedCells?.labels }

  /// The cells that are looked at and drawn on: the draft while an edit of it stands, else the
  /// accepted ones or the proposal.
  var working: TiledLabels { workingCells.labels }

  /// The colours of the cells that are looked at.
  var colours: CellColours { workingCells.colours }

  /// The cells that are looked at, with their colours.
  var workingCells: ColouredCells {
    let decided = state.hasMask ? acceptedCells : state == .proposed ? proposedCells : nil
    guard !isTouched, let decided else { return ColouredCells(history.labels, draftColours) }
    return decided
  }

  /// The proposal, where nothing is decided about it.
  var offered: TiledLabels? { state == .proposed ? proposal : nil }

  /// Share of the image that is cell, 0...1.
  var coverage: Double { Double(working.mask.area) / Double(max(1, working.pixelCount)) }

  /// Square micrometres of some pixels, where the size of a pixel is known.
  func squareMicrometres(of pixels: Int) -> Double? {
    pixelSize.map { $0.x * $0.y * Double(pixels) }
  }

  /// IoU of what is looked at with the proposal, if there is one; 1 when both are empty.
  var agreement: Double? {
    guard let proposal else { return nil }
    let either = working.mask.area + proposal.mask.area - agreeing
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

  /// Steps that can be taken back and done again, an adoption and the edit after it being one.
  var steps: (undo: Int, redo: Int) {
    let (undo, redo, adopts) = (history.undoCount, history.redoCount, history.beginsWithAdoption)
    return (adopts && undo > 1 ? undo - 1 : undo, adopts && undo == 0 && redo > 1 ? redo - 1 : redo)
  }

  /// What has to be recorded first so that the draft is what is looked at, if it is not yet.
  var adoption: ColouredCells? {
    guard !isTouched, working != history.labels else { return nil }
    return workingCells
  }

  /// Whether the draft came out of the proposal by drawing on it.
  var stemsFromProposal: Bool {
    guard let proposal, proposal.mask.area > 0 else { return false }
    return isTouched ? history.passed(through: proposal) : state == .proposed
  }

  /// Whether there is something for an undo or a redo.
  func can(_ stroke: Stroke) -> Bool { stroke == .undo ? history.canUndo : history.canRedo }

  /// Carries out a stroke on the draft.
  mutating func apply(_ stroke: Stroke) {
    let (wasTouched, count) = (isTouched, history.undoCount)
    guard let change = history.change(by: stroke) else { return }
    recolour(for: change, after: count, isNew: stroke != .undo && stroke != .redo)
    // At the first edit and after the last undo another mask is looked at.
    guard wasTouched, isTouched, case .pixels(let edit) = change else { return compare() }
    guard let proposal else { return }
    let mask = edit.mask
    agreeing += proposal.mask.area(in: mask.added) - proposal.mask.area(in: mask.removed)
  }

  /// Makes the draft cells that are known already, which a stroke draws.
  mutating func become(_ cells: ColouredCells, by stroke: LabelStroke, isAdoption: Bool) {
    guard cells.labels.fits(image), !isTouched || !isAdoption else {
      return apply(isAdoption ? .adopt(stroke) : .edit(stroke))
    }
    let count = history.undoCount
    history.become(cells.labels, isAdoption: isAdoption)
    guard history.undoCount > count else { return }
    formerColours = formerColours.filter { $0.key < count }
    formerColours[count] = draftColours
    draftColours = cells.colours
    formerColours[count + 1] = draftColours
    compare()
  }

  /// Brings the draft's colours up to date with a change; a draft that was there before has those it had.
  private mutating func recolour(for change: DraftChange, after count: Int, isNew: Bool) {
    if isNew { formerColours = formerColours.filter { $0.key <= count } }
    let isLarge = change.isLarge || !isTouched
    if isLarge { formerColours[count] = draftColours }
    if !isNew, let former = formerColours[history.undoCount] {
      draftColours = former
      return
    }
    switch change {
    case .pixels(let edit): draftColours.update(for: edit, on: history.labels)
    case .cells(let relabelling): draftColours.update(for: relabelling)
    case .whole: draftColours = CellColours(of: history.labels, count: Role.series.count)
    }
    if isLarge { formerColours[history.undoCount] = draftColours }
  }

  /// How unsure the network is of a cell, where it stands as it was proposed and that is known.
  func doubt(of label: LabelImage.Label) -> Double? {
    guard let doubt = doubts[label], let cell = working.cells[label],
      let proposed = proposal?.cells[label], cell.area == proposed.area,
      cell.centroid == proposed.centroid
    else { return nil }
    return doubt
  }

  /// The cells that were proposed, those of which the network is least sure first.
  var doubtfulCells: [LabelImage.Label] {
    doubts.sorted { (-$0.value, $0.key) < (-$1.value, $1.key) }.map(\.key)
  }

  /// Takes in a new proposal, if it is of the image's size, with how unsure the network is of each cell.
  mutating func propose(_ cells: ColouredCells, doubts: [LabelImage.Label: Double]) {
    proposedCells = cells.labels.fits(image) ? cells : nil
    self.doubts = doubts
    compare()
  }

  /// Takes in what draws the accepted cells, worked out meanwhile.
  mutating func take(_ drawing: CellDrawing) {
    guard let cells = acceptedCells, cells.prepared == nil, cells.labels == drawing.labels else {
      return
    }
    acceptedCells = ColouredCells(cells.labels, cells.colours, drawing)
  }

  /// Takes in where the image stands now, with its accepted cells.
  mutating func decide(_ state: ReviewState, accepted: ColouredCells?) {
    self.state = state
    acceptedCells = accepted
    compare()
  }

  /// Takes in a new state, the accepted mask left as it is.
  mutating func move(to state: ReviewState) { decide(state, accepted: acceptedCells) }

  private mutating func compare() {
    agreeing = proposal.map { working.mask.common(with: $0.mask) } ?? 0
  }
}

extension TiledLabels {
  /// Whether they have an image's size.
  func fits(_ image: Image) -> Bool { width == image.width && height == image.height }
}

extension TiledMask {
  /// Whether it has an image's size.
  func fits(_ image: Image) -> Bool { width == image.width && height == image.height }
}
