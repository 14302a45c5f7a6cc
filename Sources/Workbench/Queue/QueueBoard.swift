import Project
import Recipes

/// The list of images as the queue shows it.
struct QueueBoard: Equatable, Sendable {
  /// What comes first.
  enum Sort: CaseIterable, Sendable {
    /// Undecided images, the least certain first.
    case uncertainty
    /// By key.
    case name
    /// By state, new first.
    case state

    /// What the title calls it.
    var title: String {
      switch self {
      case .uncertainty: "uncertainty"
      case .name: "name"
      case .state: "state"
      }
    }
  }

  /// What comes first.
  var sort = Sort.uncertainty
  /// Only images with this in their name or state are listed.
  var filter = ""
  /// Whether the filter is being typed.
  var isTyping = false
  /// Places in the model's entries, in the order of the list.
  var order: [Int] = []
  /// The chosen image.
  var selection: ImageKey?
  /// The first row of the list on the screen.
  var top = 0
  /// Whether the order changed so that the next image is the first undecided of the list.
  var startsOver = false

  /// Works the order out anew.
  mutating func arrange(_ entries: [ImageEntry]) {
    let wanted = filter.lowercased()
    let listed = entries.indices.filter { index in
      wanted.isEmpty || entries[index].key.text.lowercased().contains(wanted)
        || entries[index].state.rawValue.contains(wanted)
        || entries[index].stateText(isLong: true).contains(wanted)
    }
    switch sort {
    case .name: order = listed
    case .state:
      order = listed.sorted {
        (Self.rank(entries[$0].state), $0) < (Self.rank(entries[$1].state), $1)
      }
    case .uncertainty:
      func key(_ index: Int) -> (Int, Double, Int) {
        let entry = entries[index]
        let group = entry.state == .proposed ? 0 : entry.state == .new ? 1 : 2
        return (group, group == 0 ? -(entry.uncertainty ?? 0) : 0, index)
      }
      let keyed = listed.map(key)
      order = keyed.sorted { $0 < $1 }.map(\.2)
    }
  }

  /// Moves the list so that the row of the selection is on a screen of `rows` rows.
  mutating func scroll(to row: Int?, rows: Int) {
    if let row {
      if row < top { top = row }
      if row >= top + rows { top = row - rows + 1 }
    }
    top = max(0, min(top, order.count - rows))
  }

  private static func rank(_ state: ReviewState) -> Int {
    switch state {
    case .new: 0
    case .proposed: 1
    case .accepted: 2
    case .corrected: 3
    case .rejected: 4
    }
  }
}
