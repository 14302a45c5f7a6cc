import Project
import Recipes

extension Model {
  /// Takes in which images the host found changed; those in memory are known better.
  mutating func takeDrafts(_ keys: [ImageKey]) {
    for key in keys where images[key] == nil {
      if let place = place(of: key) { entries[place].isChanged = true }
    }
    arrangeQueue()
  }

  /// Keeps the list's word about drafts true after an event and what it asks of the world.
  mutating func noteDrafts(_ event: Event, _ effects: [Effect]) {
    switch event {
    case .loaded(let key, _), .saveFailed(let key, _), .proposed(let key, _, _, _): noteDraft(key)
    default: break
    }
    for effect in effects {
      switch effect {
      case .record(_, let key): noteDraft(key)
      case .decide(let decision, _): noteDraft(decision.image)
      default: break
      }
    }
  }

  private mutating func noteDraft(_ key: ImageKey) {
    guard let image = images[key], let place = place(of: key) else { return }
    entries[place].isChanged = image.isUnsaved
  }

  /// Accepted masks that were drawn on since.
  var changedCount: Int { entries.count { $0.state.hasMask && $0.isChanged } }
}

extension ImageEntry {
  /// What the list calls its state: in few letters, or in full.
  func stateText(isLong: Bool) -> String {
    guard isChanged, state != .rejected else { return state.rawValue }
    guard state.hasMask else { return "draft" }
    return isLong ? "\(state.rawValue), changed" : "changed"
  }
}
