import Imaging
import Project
import Recipes
import Screen

/// What the screens of a project share: its images, which of them is worked on, and the run.
struct ProjectContext: RunContext {
  var window: Window
  var tab = Tab.queue
  var appears = false
  /// The project's name.
  let name: String
  /// The images with their states.
  var list: ImageList
  /// The list of images on the screen.
  var listView = ImageListView()
  /// Images in memory; `change` keeps the list's word about a draft true.
  var cache = ImageShelf<OpenImage>(mostImages: 8, mostPixels: 48_000_000)
  /// Proposals that came while their image was on its way.
  private var arrived: [ImageKey: (cells: ColouredCells, doubts: [LabelImage.Label: Double])] = [:]
  /// The image on the annotate screen.
  private(set) var opened: ImageKey?
  var run = RunState()
  var runs = RunsOnDisk()
  /// Runs that ended, of which each leaves newer weights.
  var finishedRuns = 0
  /// The review's case that was opened to be corrected, so that leaving it leads back.
  private(set) var correcting: ImageKey?
  /// A case whose correction is accepted, until the review goes on after it.
  var corrected: ImageKey?
  /// Strokes that the disk refused so far.
  var unsavedStrokes = 0
  /// Decisions on their way to disk with what the image was before, oldest first.
  var pending: [ImageKey: [(state: ReviewState, accepted: ColouredCells?)]] = [:]
  /// Images decided since the workbench opened, as far as that is on disk.
  var decidedNow = 0
  /// Whether the last decision was refused.
  var isRefused = false
  /// What is odd about the images and their folder.
  private(set) var findings: [FolderFinding] = []
  /// What the host told, the newest last.
  private(set) var notices: [String] = []
  /// How many masks of the folder are taken over, while that goes on.
  private(set) var takingMasks: (done: Int, total: Int)?
  /// Whether all labels are being written elsewhere.
  var isCopying = false
  /// What was ordered to be exported last.
  var exportOrder: ExportOrder?
  /// How far an export is, while one goes on.
  var exporting: (done: Int, total: Int)?
  /// Images that were not any more what is shown of them when they were decided about.
  private var lost: Set<ImageKey> = []
  /// Those of them that are to be read again and not yet asked for.
  private var rereads: Set<ImageKey> = []
  /// Whether the project can be read and not written.
  private(set) var isReadOnly: Bool
  /// Where a copy of the labels goes unless told otherwise.
  let copyFolder: String

  init(
    name: String, entries: [ProjectEntry], isReadOnly: Bool = false, copyFolder: String = "",
    window: Window
  ) {
    self.name = name
    self.isReadOnly = isReadOnly
    self.copyFolder = copyFolder
    self.window = window
    list = ImageList(entries)
  }

  /// Shows a screen; the annotate screen with the chosen image where none is open.
  mutating func show(_ tab: Tab) {
    switch tab {
    case .annotate where opened == nil:
      if let key = list.selection { open(key) }
    case .queue:
      correcting = nil
      if let opened, self.tab == .annotate { list.select(opened) }
    case .review: correcting = nil
    default: break
    }
    self.tab = tab
    appears = true
  }

  /// Puts an image on the annotate screen.
  mutating func open(_ key: ImageKey) {
    list.select(key)
    opened = key
  }

  /// Shows an image on the annotate screen, to be gone back from to the review if it is a case of it.
  mutating func annotate(_ key: ImageKey, isCase: Bool = false) {
    open(key)
    show(.annotate)
    correcting = isCase ? key : nil
  }

  /// The image that the shown screen is about.
  var current: ImageKey? {
    switch tab {
    case .queue: list.selection
    case .annotate: opened
    default: opened ?? list.selection
    }
  }

  /// Asks for the images that are looked at and the next ones, and for pictures at the contrast.
  mutating func requestImages() -> [Effect] {
    var wanted: [ImageKey] = []
    if let current {
      wanted.append(current)
      if let next = list.neighbor(of: current, by: 1) { wanted.append(next) }
      if tab == .annotate, let next = list.nextUndecided(after: current) { wanted.append(next) }
    }
    wanted += rereads.sorted()
    let asked = cache.request(wanted)
    rereads.subtract(asked)
    let stretched = tab == .queue || tab == .annotate ? current : nil
    return asked.map { .load($0) } + cache.stretch(stretched, to: window.display.contrast)
  }

  /// Takes in an image that was asked for.
  mutating func take(_ image: OpenImage, for key: ImageKey) {
    lost.remove(key)
    rereads.remove(key)
    guard let entry = list[key], cache[key] == nil else { return }
    cache.insert(image, for: key, holding: Set([opened, list.selection].compactMap { $0 }))
    guard cache[key] != nil else { return }
    let proposal = arrived.removeValue(forKey: key)
    change(key) {
      $0.move(to: entry.state)
      if let proposal { $0.propose(proposal.cells, doubts: proposal.doubts) }
    }
    learnCount(of: key)
  }

  /// Notes how many cells are accepted or proposed, where that was not counted when they were written.
  private mutating func learnCount(of key: ImageKey) {
    guard let image = cache[key], let entry = list[key], entry.cells == nil,
      let cells = entry.state.hasMask ? image.accepted : image.offered
    else { return }
    list.modify(key) { $0.cells = cells.cells.count }
  }

  /// Takes in how many cells images have, where nothing was decided or proposed since that says it.
  mutating func take(_ counts: [ImageKey: Int]) {
    for (key, count) in counts {
      guard let entry = list[key], entry.cells == nil,
        entry.state.hasMask || entry.state == .proposed
      else { continue }
      list.modify(key) { $0.cells = count }
    }
  }

  /// Takes in a proposal, for an image in memory or on its way.
  mutating func take(
    _ proposal: ColouredCells, doubts: [LabelImage.Label: Double], for key: ImageKey
  ) {
    if cache.loading.contains(key) { arrived[key] = (proposal, doubts) }
    change(key) {
      $0.propose(proposal, doubts: doubts)
      if !$0.state.hasMask { $0.move(to: .proposed) }
    }
  }

  /// Notes that an image cannot be shown; of one that was to be read again it is said.
  mutating func failImage(_ key: ImageKey, _ text: String) {
    arrived[key] = nil
    cache.fail(key, text)
    if lost.contains(key) { fail(text) }
  }

  /// Notes that an image is not any more what is shown of it: nothing more can be done with it until it is
  /// read again.
  mutating func lose(_ key: ImageKey, _ text: String) {
    cache.lose(key, text)
    lost.insert(key)
  }

  /// Changes an image in memory, and with it the list's word about its draft.
  mutating func change(_ key: ImageKey, _ change: (inout OpenImage) -> Void) {
    cache.modify(key, change)
    guard let image = cache[key] else { return }
    if image.isUnsaved { list.changed.insert(key) } else { list.changed.remove(key) }
  }

  /// Takes in which images the host found changed; those in memory are known better.
  mutating func takeDrafts(_ keys: [ImageKey]) {
    list.changed.formUnion(keys.filter { cache[$0] == nil })
    list.arrange()
  }

  /// What the mouse does to the list of images: a click chooses, a second opens.
  mutating func takeInList(_ mouse: Mouse, _ layout: ListLayout, opensAtOnce: Bool = false) {
    let click = listView.take(mouse, in: list, layout, isDoubleClick: window.isDoubleClick)
    guard let click, let key = list.entry(inRow: click.row)?.key else { return }
    if click.opens || opensAtOnce { annotate(key) } else { list.select(key) }
  }

  /// Takes in what is odd, for the list; that there is something is said once.
  mutating func take(_ findings: [FolderFinding]) {
    if self.findings.isEmpty, let first = findings.first {
      tell(
        findings.count == 1
          ? "Odd here: \(first.line) (! lists all that is)"
          : "\(findings.count) things are odd about these images: ! lists them.")
    }
    self.findings += findings
    if var box = window.box as? FindingsBox {
      box.findings = self.findings
      window.box = box
    }
  }

  /// Takes in a line from the host, which the list keeps.
  mutating func take(notice text: String) {
    tell(text)
    notices = (notices.filter { $0 != text } + [text]).suffix(Self.mostNotices)
  }

  /// So many lines are kept.
  private static let mostNotices = 100

  /// Whether nothing can be changed, which is said.
  mutating func refusesChanges() -> Bool {
    if isReadOnly {
      say("This project is open to look at; W copies its labels to where you may write.")
    }
    return isReadOnly
  }

  /// Forgets what could not be shown, and what is shown of the image in hand, to read both again, and
  /// those that were lost, wherever one is by now.
  mutating func readAgain() {
    if let current { cache.forget(current) }
    cache.retry()
    rereads = lost
  }

  /// Takes in which images are accepted by masks that lie with them, but for what is done with them here.
  ///
  /// As long as nothing was opened, an image that nothing is decided about stays chosen.
  mutating func takeMasks(_ entries: [ProjectEntry], done: Int, of total: Int) {
    takingMasks = done < total ? (done, total) : nil
    for entry in entries {
      guard let known = list[entry.key], !known.state.isDecided, pending[entry.key] == nil else {
        continue
      }
      list.modify(entry.key) { $0 = entry }
      cache.forget(entry.key)
    }
    list.arrange()
    if opened == nil, list.selection.flatMap({ list[$0] })?.state.isDecided == true {
      list.select(row: 0)
    }
  }

  /// Takes in that another channel of the images is looked at: all are to be read again.
  mutating func takeChannel(_ entries: [ProjectEntry]) {
    for entry in entries {
      list.modify(entry.key) { $0.axes = entry.axes }
      cache.forget(entry.key)
    }
  }

  /// Takes in that all that was done with an image is set aside.
  mutating func setAside(_ entry: ProjectEntry) {
    list.modify(entry.key) { $0 = entry }
    list.changed.remove(entry.key)
    list.arrange()
  }

  /// Takes in that the labels are in a folder of their own now, where all is written; what was said of
  /// the folder before is made good.
  mutating func takeElsewhere(_ entries: [ProjectEntry]) {
    window.notices = Notices()
    (isReadOnly, isRefused, isCopying, unsavedStrokes) = (false, false, false, 0)
    for entry in entries where list[entry.key] != entry && pending[entry.key] == nil {
      list.modify(entry.key) { $0 = entry }
      cache.forget(entry.key)
    }
    list.arrange()
    cache.retry()
  }

  /// How many strokes wait for the disk, if any do.
  var unsavedText: String? {
    switch unsavedStrokes {
    case 0: nil
    case 1: "1 stroke is not on disk"
    default: "\(unsavedStrokes) strokes are not on disk"
    }
  }
}
