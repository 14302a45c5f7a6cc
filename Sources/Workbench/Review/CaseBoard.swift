import Imaging
import Project
import Recipes
import Screen

/// The failure cases of the newest network.
struct CaseBoard: Equatable, Sendable {
  /// Whether the cases are there.
  enum Phase: Equatable, Sendable {
    case none, computing, ready
  }

  /// A case as it was sent, and how its masks compare.
  struct Measured: Equatable, Sendable {
    /// What the host sent.
    let sent: ReviewCase
    /// How the two masks compare.
    let counts: Counts
  }

  /// A case in memory.
  typealias Open = PictureShelf<Measured>.Item

  /// Pixels of two masks.
  struct Counts: Equatable, Sendable {
    /// Cell in both.
    var both = 0
    /// Cell in the prediction only.
    var onlyPredicted = 0
    /// Cell in the truth only.
    var onlyTrue = 0
  }

  /// Whether the cases are there.
  var phase = Phase.none
  /// Why there are none, when they were asked for last.
  private(set) var whyNone: String?
  /// Whether newer weights exist than those the cases come from.
  var isStale = false
  /// Not trained on first, and the worst first.
  private(set) var rows: [ReviewRow] = []
  /// The chosen row.
  var selected = 0
  /// The first line of the list on the screen.
  var top = 0
  /// Whether the image in hand was opened from here, so that leaving it leads back.
  var isCorrecting = false
  /// How all panes look at the image.
  var look = Look()
  /// Where a drag that moves the panes was last.
  var panning: Point?
  private var shelf = PictureShelf<Measured>(most: 4)

  /// The chosen row.
  var row: ReviewRow? { rows.indices.contains(selected) ? rows[selected] : nil }

  /// A case in memory.
  subscript(key: ImageKey) -> Open? { shelf[key] }

  /// Whether a case could not be had.
  func isFailed(_ key: ImageKey) -> Bool { shelf.isFailed(key) }

  /// Takes the table in.
  mutating func take(_ found: [ReviewRow]) {
    rows = found.sorted {
      ($0.trainedOn ? 1 : 0, $0.iou, $0.image) < ($1.trainedOn ? 1 : 0, $1.iou, $1.image)
    }
    phase = .ready
    whyNone = nil
    isStale = false
    selected = 0
    top = 0
    shelf.clear()
    look = Look()
  }

  /// Lets a case go whose accepted mask is another now.
  mutating func forget(_ key: ImageKey) { shelf.forget(key) }

  /// Which of some cases to ask for now.
  mutating func request(_ wanted: [ImageKey]) -> [ImageKey] { shelf.request(wanted) }

  /// Takes a case in.
  mutating func insert(_ content: ReviewCase, for key: ImageKey) {
    let (image, truth, found) = (content.image, content.truth, content.prediction)
    guard rows.contains(where: { $0.image == key }), truth.width == image.width,
      truth.height == image.height, found.width == image.width, found.height == image.height
    else { return shelf.fail(key) }
    var counts = Counts()
    for index in truth.pixels.indices {
      let (t, p) = (truth.pixels[index], found.pixels[index])
      counts.both += Int(t & p)
      counts.onlyPredicted += Int(p & ~t & 1)
      counts.onlyTrue += Int(t & ~p & 1)
    }
    shelf.insert(Measured(sent: content, counts: counts), image: image, for: key)
  }

  /// The table (no key) or a case cannot be had.
  mutating func fail(_ key: ImageKey?, _ text: String) {
    guard let key else {
      whyNone = text
      phase = rows.isEmpty ? .none : .ready
      return
    }
    shelf.fail(key)
  }

  /// Stretches all pictures anew.
  mutating func show(with contrast: Contrast) { shelf.show(with: contrast) }
}
