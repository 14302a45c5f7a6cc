import Recipes
import Weights

/// How far the weights that a run ends with go from those that it began with to those that it has learnt.
///
/// A few labels of one look can undo what was known of all others. The mean of both weights undoes less (WiSE-FT,
/// Wortsman et al. 2022), and how much of it helps the folder itself says, without a label: where the masks before and
/// after the run have little in common, the run has lost its way.
enum StartAverage: Equatable, Sendable {
  /// All the way, as without any mean.
  case none
  /// A share of it.
  case fixed(Double)
  /// A share that follows from how well the masks before and after the run agree.
  case byAgreement
  /// All the way, and how well they agree is measured all the same, to tell images that are disputed.
  case measured

  /// Whether images without labels are looked at.
  var looksAtImages: Bool { self == .byAgreement || self == .measured }

  /// More labels leave less to forget, and batch norm is trained on them, whose statistics make a mean of two networks
  /// neither of them.
  static let mostLabels = Recipe.veryFewLabels

  /// Images that are looked at, at most, with both weights: 32 passes forward, as many as two or three steps of four
  /// images take if one backward counts for two.
  static let mostImages = 16

  /// Squares of an image that are looked at, at most, where steps see patches.
  static let mostPatches = 4

  /// Up to the lower agreement the lower share, from the higher one on all; measured on five runs of five labels: with
  /// 0.49 to 0.55 a quarter gave 0.05 to 0.12 more IoU than all, with 0.78 and 0.81 all gave the most.
  static let (lower, higher) = (
    (agreement: 0.55, share: 0.25), (agreement: 0.75, share: 1.0)
  )

  /// An image whose masks agree less than this is disputed; one of them is wrong nearly everywhere.
  static let leastAgreement = 0.3

  /// Follows the setting of a run on some labels; weights of the lowest validation loss were held to labels and stay as
  /// they are.
  ///
  /// Where the weights at the start are asked for a second opinion, nothing need be given up for what they know.
  init(
    _ setting: LearntShare, labels: Int, keeps choice: KeepRule.Choice,
    hasSecondOpinion: Bool = false
  ) {
    switch setting {
    case _ where choice != .last: self = .none
    case .auto where labels > Self.mostLabels: self = .none
    case .auto: self = hasSecondOpinion ? .measured : .byAgreement
    case .fixed(let share): self = share < 1 ? .fixed(share) : .none
    }
  }

  /// How much to keep where the masks agree so well.
  static func share(at agreement: Double) -> Double {
    let way = (agreement - lower.agreement) / (higher.agreement - lower.agreement)
    return lower.share + min(max(way, 0), 1) * (higher.share - lower.share)
  }

  /// What follows from how well the masks of some images agree.
  func kept(_ overlaps: [(key: ImageKey, iou: Double)]) -> KeptShare {
    let hasSecondOpinion = self == .measured ? true : nil
    guard !overlaps.isEmpty else {
      return KeptShare(share: 1, hasSecondOpinion: hasSecondOpinion)
    }
    let agreement = overlaps.reduce(0) { $0 + $1.iou } / Double(overlaps.count)
    return KeptShare(
      share: self == .measured ? 1 : Self.share(at: agreement), agreement: agreement,
      images: overlaps.count,
      disputed: overlaps.filter { $0.iou < Self.leastAgreement }.map(\.key),
      hasSecondOpinion: hasSecondOpinion)
  }
}

extension StateDict {
  /// The weights a share of the way from others to these; what those have not, or in another shape, stays as it is
  /// here, such as a channel of cores that is new.
  ///
  /// Batch norm's running statistics go the same way. A share of 1 gives these to the bit.
  func moved(by share: Double, from start: StateDict) -> StateDict {
    guard share < 1 else { return self }
    let share = Float(share)
    let moved = tensors.map { tensor in
      guard let old = start[tensor.path], old.shape == tensor.shape else { return tensor }
      return NamedTensor(
        path: tensor.path, shape: tensor.shape,
        values: zip(old.values, tensor.values).map { $0 + share * ($1 - $0) })
    }
    return StateDict(moved, metadata: metadata)
  }
}
