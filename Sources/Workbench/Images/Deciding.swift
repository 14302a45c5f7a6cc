import Imaging
import Project
import Recipes

extension Model {
  /// Accepts the mask of an image as it is looked at, after asking where no pixel is cell.
  mutating func accept(_ key: ImageKey) -> [Effect] {
    guard let image = images[key], let entry = entry(key) else {
      say(images.failures[key] ?? "\(key) is still being read; try again in a moment.")
      return []
    }
    if !image.isTouched, image.proposal == nil, !entry.state.hasMask, tab == .queue {
      say("\(key) has no mask yet: Enter opens it to draw one.")
      return []
    }
    if image.working.area > 0 { return decide(key, accepting: image.working) }
    dialog = .confirm(
      Confirmation(
        question: "Nothing is marked in \(key). Accept it as an image without a cell?",
        action: .acceptEmpty(key)))
    return []
  }

  /// Turns an image's proposal down, after asking where that drops an accepted mask.
  mutating func reject(_ key: ImageKey) -> [Effect] {
    guard let entry = entry(key) else { return [] }
    guard entry.state.hasMask else { return decideRejected(key) }
    dialog = .confirm(
      Confirmation(
        question: "\(key) has an accepted mask. Reject it all the same?",
        action: .dropAccepted(key)))
    return []
  }

  /// Carries out an acceptance and goes to the next image.
  mutating func decide(_ key: ImageKey, accepting mask: TiledMask) -> [Effect] {
    guard let image = images[key], let entry = entry(key) else { return [] }
    if entry.state.hasMask, image.accepted == mask {
      say("\(key) is accepted as it is.")
      return advance(from: key)
    }
    let isProposal = image.proposal == mask
    let wasChanged = image.stemsFromProposal || entry.state == .corrected
    let state: ReviewState = isProposal || !wasChanged ? .accepted : .corrected
    return decide(key, state, mask)
  }

  /// Carries out a rejection and goes to the next image.
  mutating func decideRejected(_ key: ImageKey) -> [Effect] {
    guard entry(key)?.state != .rejected else { return advance(from: key) }
    return decide(key, .rejected, nil)
  }

  private mutating func decide(
    _ key: ImageKey, _ state: ReviewState, _ mask: TiledMask?
  ) -> [Effect] {
    guard let place = place(of: key) else { return [] }
    let entry = entries[place]
    let decision = Decision(image: key, state: state, time: now, score: entry.uncertainty)
    pending[key, default: []].append(
      Before(state: entry.state, accepted: images[key]?.accepted))
    if !entry.state.isDecided { decidedNow += 1 }
    let moved = advance(from: key)
    entries[place].state = state
    images.modify(key) { $0.decide(state, accepted: mask) }
    arrangeQueue()
    return [.decide(decision, mask)] + moved
  }

  /// A decision is on disk.
  mutating func settle(_ key: ImageKey) {
    guard var waiting = pending[key] else { return }
    waiting.removeFirst()
    pending[key] = waiting.isEmpty ? nil : waiting
  }

  /// A decision is not on disk: the image is again what it was.
  mutating func takeBack(_ key: ImageKey, _ text: String) {
    fail(text)
    guard var waiting = pending[key], let place = place(of: key) else { return }
    let before = waiting.removeFirst()
    pending[key] = waiting.isEmpty ? nil : waiting
    guard waiting.isEmpty else { return }
    entries[place].state = before.state
    images.modify(key) { $0.decide(before.state, accepted: before.accepted) }
    arrangeQueue()
  }

  /// Goes to the next image that wants a decision.
  private mutating func advance(from key: ImageKey) -> [Effect] {
    let next = nextUndecided(after: key)
    queue.startsOver = false
    switch tab {
    case .annotate where cases.isCorrecting && cases.row?.image == key: return reviewNext()
    case .annotate:
      guard let next else {
        sayNoneLeft(after: key)
        return []
      }
      open(next)
    case .queue:
      if next == nil { sayNoneLeft(after: key) }
      if let next = next ?? neighbor(of: key, by: 1) { queue.selection = next }
    case .train, .review, .scores, .curves, .panes: break
    }
    return []
  }

  /// Says that nothing of the list is left to decide about.
  private mutating func sayNoneLeft(after key: ImageKey) {
    let left = undecidedCount - (entry(key)?.state.isDecided == false ? 1 : 0)
    say(
      left == 0
        ? "Every image is decided."
        : "That was the last in this filter; \(left) left. Esc in the queue shows them.")
  }

  /// A network proposes a mask.
  mutating func propose(
    _ mask: TiledMask, for key: ImageKey, uncertainty: Double, by source: String?
  ) {
    guard let place = place(of: key) else { return }
    entries[place].uncertainty = uncertainty
    entries[place].proposedBy = source
    images.propose(mask, for: key)
    if !entries[place].state.hasMask {
      entries[place].state = .proposed
      images.modify(key) { $0.move(to: .proposed) }
    }
    queue.startsOver = true
    arrangeQueue()
  }
}
