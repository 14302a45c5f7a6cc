import Project
import Recipes

extension ProjectContext {
  /// Takes in which images the host found changed; those in memory are known better.
  mutating func takeDrafts(_ keys: [ImageKey]) {
    for key in keys where cache[key] == nil { list.modify(key) { $0.isChanged = true } }
    list.arrange()
  }

  /// Keeps the list's word about drafts true after an event and what it asks of the world.
  mutating func noteDrafts(_ event: Event, _ effects: [Effect]) {
    switch event {
    case .loaded(let key, _), .proposed(let key, _, _, _): noteDraft(key)
    case .failed(let trouble):
      if case .decision(let key) = trouble.source { noteDraft(key) }
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
    guard let image = cache[key] else { return }
    list.modify(key) { $0.isChanged = image.isUnsaved }
  }
}
