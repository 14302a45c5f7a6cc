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
  /// Images in memory.
  var cache = ImageCache()
  /// The image on the annotate screen.
  private(set) var opened: ImageKey?
  var run = RunState()
  /// Runs that ended, of which each leaves newer weights.
  var finishedRuns = 0
  /// The review's case that was opened to be corrected, so that leaving it leads back.
  private(set) var correcting: ImageKey?
  /// A case whose correction is accepted, until the review goes on after it.
  var corrected: ImageKey?
  /// Strokes that the disk refused so far.
  var unsavedStrokes = 0
  /// Decisions on their way to disk with what the image was before, oldest first.
  var pending: [ImageKey: [Before]] = [:]
  /// Images decided since the workbench opened.
  var decidedNow = 0

  /// An image as it was before a decision that is not on disk yet.
  struct Before: Equatable, Sendable {
    var state: ReviewState
    var accepted: TiledMask?
  }

  init(name: String, entries: [ImageEntry], window: Window) {
    self.name = name
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
    let stretched = tab == .queue || tab == .annotate ? current : nil
    return cache.request(wanted).map { .load($0) }
      + cache.stretch(stretched, to: window.display.contrast)
  }

  /// Takes in an image that was asked for.
  mutating func take(_ prepared: PreparedImage, for key: ImageKey) {
    guard let entry = list[key], cache[key] == nil else { return }
    cache.insert(
      OpenImage(prepared, state: entry.state), for: key,
      holding: Set([opened, list.selection].compactMap { $0 }))
  }

  /// What the mouse does to the list of images: a click chooses, a second opens.
  mutating func takeInList(_ mouse: Mouse, _ layout: ListLayout, opensAtOnce: Bool = false) {
    guard
      let (key, opens) = listView.take(
        mouse, in: list, layout, isDoubleClick: window.isDoubleClick)
    else { return }
    if opens || opensAtOnce { annotate(key) } else { list.select(key) }
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
