import Project

/// Which labelled images are trained on and which are only validated on.
struct HeldOut: Equatable, Sendable {
  /// With fewer labels than this there is nothing to validate on.
  static let fewestLabels = 5

  /// The images to train on, sorted.
  let training: [ImageKey]
  /// The images to validate on, sorted; none with few labels.
  let validation: [ImageKey]

  /// Follows a given split, or draws the given share of the images by the seed: at least one.
  init(_ keys: [ImageKey], share: Double, seed: UInt64, given: Split? = nil) {
    let sorted = keys.sorted()
    var split = Split()
    if let given {
      split = given
    } else if Self.count(labels: keys.count, share: share) > 0 {
      split = Split(drawing: .validation, share: share, of: sorted, seed: seed)
    }
    training = sorted.filter { split.parts[$0] != .validation }
    validation = split.images(.validation, of: sorted)
  }

  /// How many images a share is: none with few labels, else at least one.
  static func count(labels: Int, share: Double) -> Int {
    guard share > 0, labels >= fewestLabels else { return 0 }
    return min(max(Int((Double(labels) * share).rounded()), 1), labels - 1)
  }
}
