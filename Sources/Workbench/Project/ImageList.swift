import Project
import Recipes

/// The images of a project with their states, in the order in which they are worked through.
struct ImageList: Equatable, Sendable {
  /// What comes first, by what the title calls it.
  enum Sort: String, CaseIterable, Sendable {
    /// Undecided images: those that are disputed, then those most worth a label first.
    case suggestion
    /// Undecided images: those that are disputed, then those whose masks are estimated to be the worst.
    case quality
    /// By key.
    case name
    /// By state, new first.
    case state
  }

  /// All images, in the order of their keys.
  private(set) var entries: [ProjectEntry] { didSet { isOutdated = true } }
  /// Images on which something was drawn that is not accepted.
  var changed: Set<ImageKey> = [] { didSet { isOutdated = true } }
  /// Images in which the newest run finds something else altogether than what it began with.
  var disputed: Set<ImageKey> = [] { didSet { isOutdated = true } }
  /// The places that images have in the order in which to label them.
  private var suggested: [ImageKey: Int] = [:] { didSet { isOutdated = true } }
  /// What comes first, where it is known.
  private var wantedSort = Sort.suggestion
  /// Only images with this in their name or state are listed.
  private(set) var filter = ""
  /// The chosen image.
  private(set) var selection: ImageKey?
  /// Whether the order changed so that the next image is the first undecided of the list.
  var startsOver = false
  /// Places in `entries`, in the order of the list without a filter.
  private var sorted: [Int] = []
  /// Places in `entries`, in the order of the list.
  private var order: [Int] = [] {
    didSet {
      rows = Array(repeating: nil, count: entries.count)
      for (row, place) in order.enumerated() { rows[place] = row }
    }
  }
  /// The row of each of `entries`, where it is listed.
  private var rows: [Int?] = []
  /// Whether something was learnt of an image since the order was worked out.
  private var isOutdated = false
  private let places: [ImageKey: Int]
  /// The names of `entries` as the filter reads them: small letters, in UTF-8.
  private let names: [[UInt8]]

  init(_ entries: [ProjectEntry]) {
    self.entries = entries
    places = Dictionary(
      entries.enumerated().map { ($1.key, $0) }, uniquingKeysWith: { _, last in last })
    names = entries.map { Array($0.key.text.lowercased().utf8) }
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
    key.flatMap { places[$0] }.flatMap { rows[$0] }
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

  /// What comes first; what is suggested only once something is.
  var sort: Sort {
    wantedSort == .suggestion && suggested.isEmpty ? .quality : wantedSort
  }

  /// Whether images come first for being most worth a label.
  var isSuggesting: Bool { sort == .suggestion }

  /// Takes in which images to label first, in their order.
  mutating func suggest(_ images: [ImageKey]) {
    suggested = Dictionary(
      images.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    guard isSuggesting else { return }
    startsOver = true
    arrange()
  }

  /// Orders the list another way.
  mutating func sortDifferently() {
    wantedSort = sort.next
    startsOver = true
    arrange()
  }

  /// Lists only what matches; where the text only grew, that is among what was found.
  mutating func setFilter(_ text: String) {
    let before = text.hasPrefix(filter) ? order : sorted
    filter = text
    if isOutdated { arrange() } else { order = matches(before) }
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
    Self.text(of: entry.state, isDraft: isDraft(entry), isLong: isLong)
  }

  private static func text(of state: ReviewState, isDraft: Bool, isLong: Bool) -> String {
    guard isDraft else { return state.rawValue }
    guard state.hasMask else { return "draft" }
    return isLong ? "\(state.rawValue), changed" : "changed"
  }

  /// Works the order out anew.
  mutating func arrange() {
    isOutdated = false
    func among(_ states: ReviewState...) -> [Int] {
      entries.indices.filter { states.contains(entries[$0].state) }
    }
    switch sort {
    case .name: sorted = Array(entries.indices)
    case .state: sorted = ReviewState.allCases.flatMap { among($0) }
    case .suggestion:
      sorted =
        ranked(among(.proposed, .new)) { suggested[$0.key] ?? suggested.count }
        + among(.accepted, .corrected, .rejected)
    case .quality:
      sorted =
        ranked(among(.proposed)) { _ in 0 } + among(.new)
        + among(.accepted, .corrected, .rejected)
    }
    order = matches(sorted)
  }

  /// Some places: those of disputed images, then by a rank, then those whose masks are estimated to be the worst.
  private func ranked(_ places: [Int], by rank: (ProjectEntry) -> Int) -> [Int] {
    let ranked = places.map { place in
      let entry = entries[place]
      return (
        disputed.contains(entry.key) ? 0 : 1, rank(entry),
        // One that was proposed without an estimate may be as bad as any; none is proposed for the last.
        entry.quality ?? (entry.uncertainty == nil ? 2 : 0),
        -(entry.uncertainty ?? 0), place
      )
    }
    return ranked.sorted { $0 < $1 }.map(\.4)
  }

  /// Those of some places whose image has the filter's text in its name, or in what its state is called.
  private func matches(_ places: [Int]) -> [Int] {
    let wanted = filter.lowercased()
    guard !wanted.isEmpty else { return places }
    func states(isDraft: Bool) -> Set<ReviewState> {
      Set(
        ReviewState.allCases.filter { state in
          let text = Self.text(of: state, isDraft: isDraft, isLong: true)
          return state.rawValue.contains(wanted) || text.contains(wanted)
        })
    }
    let (plain, drafts) = (states(isDraft: false), states(isDraft: true))
    let bytes = Array(wanted.utf8)
    // Accents can be written in several ways, so names are compared letter by letter where there are any.
    let isPlain = bytes.allSatisfy { $0 < 0x80 }
    return places.filter { place in
      if isPlain ? names[place].holds(bytes) : text(of: place).contains(wanted) { return true }
      guard !plain.isEmpty || !drafts.isEmpty else { return false }
      return (isDraft(entries[place]) ? drafts : plain).contains(entries[place].state)
    }
  }

  private func text(of place: Int) -> String { entries[place].key.text.lowercased() }
}

extension [UInt8] {
  /// Whether bytes stand in it, side by side.
  fileprivate func holds(_ bytes: [UInt8]) -> Bool {
    var start = 0
    while start + bytes.count <= count {
      var equal = 0
      while equal < bytes.count, self[start + equal] == bytes[equal] { equal += 1 }
      if equal == bytes.count { return true }
      start += 1
    }
    return false
  }
}

extension ReviewState {
  /// Whether the user has had a say.
  var isDecided: Bool { hasMask || self == .rejected }
}
