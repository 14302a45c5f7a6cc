public import Comparison
public import Imaging
public import Project
public import Recipes
public import Screen

/// An image of the project as it is known when the workbench opens.
public struct ImageEntry: Equatable, Sendable {
  /// The image.
  public var key: ImageKey
  /// Its newest state.
  public var state: ReviewState
  /// Mean binary entropy of the newest proposal, 0...1, if there is one.
  public var uncertainty: Double?
  /// What proposed it: a run, or `simulated` or a file from before the first.
  public var proposedBy: String?
  /// Whether something was drawn that is not accepted.
  public var isChanged: Bool

  /// Makes an entry.
  public init(
    key: ImageKey, state: ReviewState, uncertainty: Double? = nil, proposedBy: String? = nil,
    isChanged: Bool = false
  ) {
    self.key = key
    self.state = state
    self.uncertainty = uncertainty
    self.proposedBy = proposedBy
    self.isChanged = isChanged
  }
}

/// The whole state of the workbench.
public struct Model: Equatable, Sendable {
  /// The project's name, for the title line.
  public var projectName: String
  /// The images, in the order of their keys.
  public internal(set) var entries: [ImageEntry]
  /// Colours and their roles.
  public var theme: Theme
  /// What the terminal can show.
  public var colorDepth: ColorDepth
  /// The window.
  public internal(set) var size: Size
  /// The screen that is shown.
  public internal(set) var tab = Tab.queue

  /// Seconds since 1970, as of the last tick.
  var now = 0.0
  /// The list of images.
  var queue = QueueBoard()
  /// The image in hand.
  var desk = Desk()
  /// The run in the background.
  var run = RunBoard()
  /// The failure cases.
  var cases = CaseBoard()
  /// The report of a comparison, where that is what is open.
  var report: ReportBoard?
  /// Images in memory.
  var images = ImageCache()
  /// The box over the screen.
  var dialog: Dialog?
  /// The help over the screen.
  var help: HelpBox?
  /// Lines for the user.
  var notices = Notices()
  /// Strokes that the disk refused so far.
  var unsavedStrokes = 0
  /// Decisions on their way to disk with what the image was before, oldest first.
  var pending: [ImageKey: [Before]] = [:]
  /// Images decided since the workbench opened.
  var decidedNow = 0

  /// Whether there is only a run to look at, and no project.
  let isWatching: Bool

  private let places: [ImageKey: Int]

  /// An image as it was before a decision that is not on disk yet.
  struct Before: Equatable, Sendable {
    var state: ReviewState
    var accepted: TiledMask?
  }

  /// Opens a project.
  public init(
    projectName: String, entries: [ImageEntry], theme: Theme, colorDepth: ColorDepth, size: Size
  ) {
    self.projectName = projectName
    self.entries = entries
    self.theme = theme
    self.colorDepth = colorDepth
    self.size = size
    var places: [ImageKey: Int] = [:]
    for (place, entry) in entries.enumerated() { places[entry.key] = place }
    self.places = places
    isWatching = false
    queue.arrange(entries)
    queue.selection = queue.order.first.map { entries[$0].key }
  }

  /// Watches a run that has no project: the train screen alone.
  public init(watching name: String, theme: Theme, colorDepth: ColorDepth, size: Size) {
    projectName = name
    entries = []
    self.theme = theme
    self.colorDepth = colorDepth
    self.size = size
    places = [:]
    isWatching = true
    tab = .train
    run.phase = .starting
  }

  /// Opens the report of a comparison, and no project.
  public init(
    report results: ComparisonResults, name: String, theme: Theme, colorDepth: ColorDepth,
    size: Size
  ) {
    projectName = name
    entries = []
    self.theme = theme
    self.colorDepth = colorDepth
    self.size = size
    places = [:]
    isWatching = false
    report = ReportBoard(results)
    tab = .scores
  }

  /// The screens that there are.
  var tabs: [Tab] { isWatching ? [] : report == nil ? Tab.ofProject : Tab.ofReport }

  /// Where an image stands in `entries`.
  func place(of key: ImageKey) -> Int? { places[key] }

  /// What is known of an image.
  func entry(_ key: ImageKey) -> ImageEntry? { place(of: key).map { entries[$0] } }

  /// Images that have an accepted mask.
  var labelCount: Int { entries.reduce(0) { $0 + ($1.state.hasMask ? 1 : 0) } }

  /// Images that nothing was decided about yet.
  var undecidedCount: Int { entries.reduce(0) { $0 + ($1.state.isDecided ? 0 : 1) } }

  /// The image that the screen is about.
  var imageInHand: ImageKey? {
    switch tab {
    case .queue: queue.selection
    case .annotate: desk.key
    case .train, .review: desk.key ?? queue.selection
    case .scores, .curves, .panes: nil
    }
  }

  /// Answers a key with a line.
  mutating func say(_ text: String) { notices.add(text, .answer, at: now) }

  /// Puts up a line about something that happened.
  mutating func tell(_ text: String) { notices.add(text, .news, at: now) }

  /// Puts up a failure, which stays until a key.
  mutating func fail(_ text: String) { notices.add(text, .failure, at: now) }
}

extension ReviewState {
  /// Whether the user has had a say.
  var isDecided: Bool { hasMask || self == .rejected }
}

extension Model {
  /// The mask of an image in memory as it is looked at; a stroke in hand is not part of it.
  public func draft(of key: ImageKey) -> Mask? { (images[key]?.working).map { Mask($0) } }

  /// The image on the annotate screen.
  public var imageOnDesk: ImageKey? { desk.key }
}
