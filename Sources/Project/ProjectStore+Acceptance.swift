import Files
import Imaging
public import Recipes

/// Proposals that are accepted unseen because of how good they are estimated to be.
extension ProjectStore {
  /// What accepting all proposals above a figure would accept.
  public func acceptance(above figure: Double) -> BulkAcceptance {
    BulkAcceptance(of: entries, above: figure) { !strokes(of: $0).isEmpty }
  }

  /// Accepts all proposals above a figure; ``takeBackAcceptance(time:)`` undoes it.
  ///
  /// Each is accepted by itself, all with the same `time`, in seconds since 1970: a kill on the way leaves nothing half
  /// done. An image that was replaced, or cannot be read, is left. `progress` is told how many of how many are done.
  ///
  /// - Returns: what is accepted now, and what is left, and why.
  public func acceptProposals(
    above figure: Double, time: Double, progress: (_ done: Int, _ total: Int) -> Void = { _, _ in }
  ) throws(ProjectError) -> BulkAcceptance {
    var result = acceptance(above: figure)
    let wanted = result.taken
    result.taken = []
    for (index, each) in wanted.enumerated() {
      progress(index, wanted.count)
      if let why = try accept(each.image, above: figure, time: time) {
        result.leave(each.image, each.quality, why)
      } else {
        result.taken.append(each)
      }
    }
    return result
  }

  /// Accepts the proposal for an image, if it is above a figure still; else says why not.
  private func accept(
    _ key: ImageKey, above figure: Double, time: Double
  ) throws(ProjectError) -> String? {
    guard let proposal = proposal(of: key) else { return "its proposed cells cannot be read" }
    let now = BulkAcceptance(of: [entry(of: key)], above: figure) { !strokes(of: $0).isEmpty }
    guard !now.taken.isEmpty else { return "decided about, or proposed anew, meanwhile" }
    let decision = Decision(
      image: key, state: .accepted, time: time, score: proposal.line.uncertainty, above: figure)
    do throws(ProjectError) {
      try decide(decision, cells: proposal.cells)
    } catch {
      guard error.isOfLostImage else { throw error }
      return "\(error)"
    }
    return nil
  }

  /// Takes back the newest acceptance of all proposals above a figure, as far as nothing was done with the images since:
  /// they are proposals again, and their masks go to `withdrawn/`.
  ///
  /// - Returns: the images.
  public func takeBackAcceptance(time: Double) throws(ProjectError) -> [ImageKey] {
    let unseen = keys.compactMap { key in
      decision(on: key).flatMap { $0.above != nil && $0.state.hasMask ? $0 : nil }
    }
    let newest = unseen.map(\.time).max()
    var takenBack: [ImageKey] = []
    for decision in unseen where decision.time == newest && strokes(of: decision.image).isEmpty {
      if try setAsideMask(of: decision.image, time: time) { takenBack.append(decision.image) }
    }
    return takenBack
  }
}
