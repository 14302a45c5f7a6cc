import Project
public import Recipes

/// Which labelled images are trained on and which are only validated on.
struct HeldOut: Equatable, Sendable {
  /// The images to train on, sorted.
  let training: [ImageKey]
  /// The images to validate on, sorted; none with few labels.
  let validation: [ImageKey]

  /// Follows a given split, or draws the given share of the images by the seed: at least one.
  ///
  /// Where the weights to start from were trained before, `past` says on what: an image that they know
  /// is never validated on, and one that was validated on stays so. What is missing is drawn from the
  /// images that are new; where there are none, nothing is held out.
  init(
    _ keys: [ImageKey], share: Double, seed: UInt64, given: Split? = nil, past: Split? = nil
  ) {
    let sorted = keys.sorted()
    var split = Split()
    if let given {
      split = given
    } else {
      let count = Self.count(labels: keys.count, share: share)
      let kept = (past?.images(.validation, of: sorted) ?? []).prefix(
        count > 0 ? keys.count - 1 : 0)
      for key in kept { split.parts[key] = .validation }
      let fresh = sorted.filter { past?.parts[$0] == nil }
      let open = min(max(count - kept.count, 0), fresh.count)
      let shuffled = Split(drawing: .validation, count: open, of: fresh, seed: seed)
      split.parts.merge(shuffled.parts) { $1 }
    }
    training = sorted.filter { split.parts[$0] != .validation }
    validation = split.images(.validation, of: sorted)
  }

  /// How many images a share is: none with few labels, else at least one.
  static func count(labels: Int, share: Double) -> Int {
    guard share > 0, labels >= Recipe.fewestToValidate else { return 0 }
    return min(max(Int((Double(labels) * share).rounded()), 1), labels - 1)
  }
}

extension Recipe {
  /// With fewer labels than this nothing is held out to validate on.
  public static let fewestToValidate = 5
}
