import Project
import Recipes

/// The images of a project with their states, in the order in which they are worked through.
struct ImageList: Equatable, Sendable {
  /// What comes first, by what the title calls it.
  enum Sort: String, CaseIterable, Sendable {
    /// Undecided images, the least certain first.
    case uncertainty
    /// By key.
    case name
    /// By state, new first.
    case state
  }

  /// All images, in the order of their keys.
  private(set) var entries: [ProjectEntry]
  /// Images on which something was drawn that is not accepted.
  var changed: Set<ImageKey> = []
  /// What comes first.
  private(set) var sort = Sort.uncertainty
  /// Only images with this in their name or state are listed.
  private(set) var filter = ""
  /// The chosen image.
  private(set) var selection: ImageKey?
  /// Whether the order changed so that the next image is the first undecided of the list.
  var startsOver = false
  /// Places in `entries`, in the order of the list.
  private var order: [Int] = []
  private let places: [ImageKey: Int]

  init(_ entries: [ProjectEntry]) {
    self.entries = entries
    places = Dictionary(
      entries.enumerated().map { ($1.key, $0) }, uniquingKeysWith: { _, last in last })
    arrange()
    selection = order.first.map { entries[$0].key }
  }

  /// What is known of an image.
  subscript(key: ImageKey) -> ProjectEntry? { places[key].map { entries[$0] } }

  /// Changes what is known of an image, if it is one of the project's; the order stays as it is.
  mutating func modify(_ key: ImageKey, _ change: (inout ProjectEntry) -> Void) {
    if let place = places[key] { change(&entries[place]) }
  }

  /// How many images are listed.
  var count: Int { order.count }

  /// The image in a row of the list.
  func entry(inRow row: Int) -> ProjectEntry? {
    order.indices.contains(row) ? entries[order[row]] : nil
  }

  /// The row of an image in the list.
  func row(of key: ImageKey?) -> Int? {
    guard let key, let place = places[key] else { return nil }
    return order.firstIndex(of: place)
  }

  /// Images that have an accepted mask.
  var labelCount: Int { entries.count { $0.state.hasMask } }

  /// Images that nothing was decided about yet.
  var undecidedCount: Int { entries.count { !$0.state.isDecided } }

  /// Accepted masks that were drawn on since.
  var changedCount: Int { entries.count { $0.state.hasMask && changed.contains($0.key) } }

  /// Chooses an image, if it is listed.
  mutating func select(_ key: ImageKey) {
    if row(of: key) != nil { selection = key }
  }

  /// Chooses the image in a row.
  mutating func select(row: Int?) {
    if let row, let entry = entry(inRow: row) { selection = entry.key }
  }

  /// Orders the list another way.
  mutating func sortDifferently() {
    sort = sort.next
    startsOver = true
    arrange()
  }

  /// Lists only what matches.
  mutating func setFilter(_ text: String) {
    filter = text
    arrange()
    if row(of: selection) == nil { selection = order.first.map { entries[$0].key } }
  }

  /// The image so many rows further in the list.
  func neighbor(of key: ImageKey, by rows: Int) -> ImageKey? {
    entry(inRow: (row(of: key) ?? -1) + rows)?.key
  }

  /// The image to decide about after another: the next of the list, from its end back to its start;
  /// after new proposals or another order the first.
  func nextUndecided(after key: ImageKey) -> ImageKey? {
    let row = startsOver ? 0 : (row(of: key) ?? -1) + 1
    for step in 0..<order.count {
      let entry = entries[order[(row + step) % order.count]]
      if entry.key != key, !entry.state.isDecided { return entry.key }
    }
    return nil
  }

  /// Whether the list shows an image as a draft: something was drawn that is not accepted.
  func isDraft(_ entry: ProjectEntry) -> Bool {
    changed.contains(entry.key) && entry.state != .rejected
  }

  /// What the list calls an image's state: in few letters, or in full.
  func stateText(of entry: ProjectEntry, isLong: Bool) -> String {
    guard isDraft(entry) else { return entry.state.rawValue }
    guard entry.state.hasMask else { return "draft" }
    return isLong ? "\(entry.state.rawValue), changed" : "changed"
  }

  /// Works the order out anew.
  mutating func arrange() {
    let wanted = filter.lowercased()
    let listed = entries.indices.filter { index in
      wanted.isEmpty || entries[index].key.text.lowercased().contains(wanted)
        || entries[index].state.rawValue.contains(wanted)
        || stateText(of: entries[index], isLong: true).contains(wanted)
    }
    func among(_ states: ReviewState...) -> [Int] {
      listed.filter { states.contains(entries[$0].state) }
    }
    switch sort {
    case .name: order = listed
    case .state: order = ReviewState.allCases.flatMap { among($0) }
    case .uncertainty:
      let proposed = among(.proposed).sorted {
        (-(entries[$0].uncertainty ?? 0), $0) < (-(entries[$1].uncertainty ?? 0), $1)
      }
      order = proposed + among(.new) + among(.accepted, .corrected, .rejected)
    }
  }
}

extension ReviewState {
  /// Whether the user has had a say.
  var isDecided: Bool { hasMask || self == .rejected }
}
