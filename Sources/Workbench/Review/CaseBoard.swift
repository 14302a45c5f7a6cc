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
  private var shelf = ImageShelf<ReviewCase>(mostImages: 4)

  /// The chosen row.
  var row: ReviewRow? { rows.indices.contains(selected) ? rows[selected] : nil }

  /// A case in memory.
  subscript(key: ImageKey) -> ReviewCase? { shelf[key] }

  /// Whether a case could not be had.
  func isFailed(_ key: ImageKey) -> Bool { shelf.failures[key] != nil }

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
    let image = content.shown.image
    guard rows.contains(where: { $0.image == key }), content.truth.fits(image),
      content.prediction.fits(image)
    else { return shelf.fail(key, "image and masks do not fit") }
    shelf.insert(content, for: key)
  }

  /// The table (no key) or a case cannot be had.
  mutating func fail(_ key: ImageKey?, _ text: String) {
    guard let key else {
      whyNone = text
      phase = rows.isEmpty ? .none : .ready
      return
    }
    shelf.fail(key, text)
  }

  /// What has to be stretched so that the chosen case is shown at a contrast.
  mutating func stretch(to contrast: Contrast) -> [Effect] {
    shelf.stretch(row?.image, to: contrast)
  }

  /// Takes in an image that was stretched anew.
  mutating func take(_ shown: ShownImage, for key: ImageKey) { shelf.take(shown, for: key) }
}
