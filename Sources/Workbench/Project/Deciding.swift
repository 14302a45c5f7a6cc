import Imaging
import Project
import Recipes

extension ProjectContext {
  /// Accepts the mask of an image as it is looked at, after asking where no pixel is cell.
  mutating func accept(_ key: ImageKey) -> [Effect] {
    if refusesChanges() { return [] }
    guard let image = cache[key], let entry = list[key] else {
      say(cache.failures[key] ?? "\(key) is still being read; try again in a moment.")
      return []
    }
    if !image.isTouched, image.proposal == nil, !entry.state.hasMask, tab == .queue {
      say("\(key) has no mask yet: Enter opens it to draw one.")
      return []
    }
    if image.working.mask.area > 0 { return decide(key, accepting: image.workingCells) }
    ask("Nothing is marked in \(key). Accept it as an image without a cell?", .acceptEmpty(key))
    return []
  }

  /// Turns an image's proposal down, after asking where that drops an accepted mask.
  mutating func reject(_ key: ImageKey) -> [Effect] {
    guard let entry = list[key], !refusesChanges() else { return [] }
    guard entry.state.hasMask else { return decideRejected(key) }
    ask("\(key) has an accepted mask. Reject it all the same?", .dropAccepted(key))
    return []
  }

  /// Carries out an acceptance and goes to the next image.
  mutating func decide(_ key: ImageKey, accepting cells: ColouredCells) -> [Effect] {
    guard let image = cache[key], let entry = list[key] else { return [] }
    if entry.state.hasMask, image.accepted == cells.labels {
      say("\(key) is accepted as it is.")
      // The mask stays as it is on disk; whether its image is the same still is looked at there.
      return decide(key, entry.state, cells, isKept: pending[key] == nil)
    }
    let isProposal = image.proposal == cells.labels
    let wasChanged = image.stemsFromProposal || entry.state == .corrected
    let state: ReviewState = isProposal || !wasChanged ? .accepted : .corrected
    return decide(key, state, cells)
  }

  /// Carries out a rejection and goes to the next image.
  mutating func decideRejected(_ key: ImageKey) -> [Effect] {
    guard list[key]?.state == .rejected else { return decide(key, .rejected, nil) }
    advance(from: key)
    return []
  }

  private mutating func decide(
    _ key: ImageKey, _ state: ReviewState, _ cells: ColouredCells?, isKept: Bool = false
  ) -> [Effect] {
    guard let entry = list[key] else { return [] }
    let decision = Decision(image: key, state: state, time: window.now, score: entry.uncertainty)
    pending[key, default: []].append((entry.state, cache[key]?.acceptedCells))
    advance(from: key)
    stand(key, state, accepted: cells)
    var effects: [Effect] = [.decide(decision, isKept ? nil : cells?.labels)]
    if let cells, cells.prepared == nil, cells.labels.pixelCount > Self.mostPrepared {
      effects.append(.prepare(key, cells.labels))
    }
    return effects
  }

  /// What draws the cells of an image of as many pixels is worked out well within a frame.
  private static let mostPrepared = 1 << 20

  /// A decision is on disk.
  mutating func confirm(_ key: ImageKey) {
    if pending[key]?.first?.state.isDecided == false { decidedNow += 1 }
    isRefused = false
    settle(key)
  }

  private mutating func settle(_ key: ImageKey) {
    pending[key]?.removeFirst()
    if pending[key]?.isEmpty == true { pending[key] = nil }
  }

  /// A decision is not on disk: the image is again what it was.
  mutating func takeBack(_ key: ImageKey) {
    guard let before = pending[key]?.first else { return }
    isRefused = true
    settle(key)
    if pending[key] == nil {
      stand(key, before.state, accepted: before.accepted)
    } else {
      // What the decision after it would be taken back to was never written.
      pending[key]?[0] = before
    }
  }

  /// Notes where an image stands now.
  private mutating func stand(_ key: ImageKey, _ state: ReviewState, accepted: ColouredCells?) {
    change(key) { $0.decide(state, accepted: accepted) }
    let shown = state.hasMask ? accepted?.labels : cache[key]?.offered
    list.modify(key) {
      $0.state = state
      $0.cells = shown?.cells.count
    }
    list.arrange()
  }

  /// Goes to the next image that wants a decision.
  private mutating func advance(from key: ImageKey) {
    let next = list.nextUndecided(after: key)
    list.startsOver = false
    switch tab {
    case .annotate where correcting == key:
      corrected = key
      show(.review)
    case .annotate:
      if let next { open(next) } else { sayNoneLeft(after: key) }
    case .queue:
      if next == nil { sayNoneLeft(after: key) }
      if let next = next ?? list.neighbor(of: key, by: 1) { list.select(next) }
    default: break
    }
  }

  /// Says that nothing of the list is left to decide about.
  private mutating func sayNoneLeft(after key: ImageKey) {
    let left = list.undecidedCount - (list[key]?.state.isDecided == false ? 1 : 0)
    say(
      left == 0
        ? "Every image is decided."
        : "That was the last in this filter; \(left) left. Esc in the queue shows them.")
  }

  /// A network proposes cells.
  mutating func propose(
    _ cells: ColouredCells, for key: ImageKey, uncertainty: Double, quality: Double?,
    by source: String?, doubts: [LabelImage.Label: Double]
  ) {
    guard list[key] != nil else { return }
    list.modify(key) {
      $0.uncertainty = uncertainty
      $0.quality = quality
      if !$0.state.hasMask { $0.cells = cells.labels.cells.count }
      $0.proposedBy = source
      if !$0.state.hasMask { $0.state = .proposed }
    }
    list.startsOver = true
    list.arrange()
    take(cells, doubts: doubts, for: key)
  }
}
