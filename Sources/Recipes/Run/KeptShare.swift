import Basics

/// How much of what it has learnt a run has kept, and what that was decided by: a run's `kept.json`.
public struct KeptShare: Codable, Equatable, Sendable {
  /// The share, 0...1: how far its weights went from those that it began with.
  public var share: Double
  /// The mean IoU of the masks before and after the run over the images; nil where none was looked at.
  public var agreement: Double?
  /// Images without labels that say something: in which there is a cell before the run, or after it.
  public var images: Int
  /// Those of them whose masks before and after the run have hardly anything in common.
  public var disputed: [ImageKey]
  /// Whether nothing had to be given up, as a second opinion is asked; nil in records of before.
  public var hasSecondOpinion: Bool?

  /// Makes a record.
  public init(
    share: Double, agreement: Double? = nil, images: Int = 0, disputed: [ImageKey] = [],
    hasSecondOpinion: Bool? = nil
  ) {
    (self.share, self.agreement) = (share, agreement)
    (self.images, self.disputed) = (images, disputed)
    self.hasSecondOpinion = hasSecondOpinion
  }

  /// `25 % of what was learnt`.
  public var amount: String {
    "\(share < 1 ? "\(Int((100 * share).rounded())) %" : "all") of what was learnt"
      + (hasSecondOpinion == true ? ", beside a second opinion" : "")
  }

  /// A line for the user: how much was kept and why.
  public var text: String {
    "kept \(amount)"
      + reason { agreement in
        "on \(NumberText.count(images, "image")) without \(images == 1 ? "a label" : "labels") "
          + "the masks agree with the earlier ones by \(agreement)"
      }
  }

  /// The same where there is less room.
  public var shortText: String {
    (hasSecondOpinion == true ? "all kept, a second opinion asked" : "kept \(amount)")
      + reason { "agreement with earlier masks \($0), \(NumberText.count(images, "image"))" }
  }

  /// What follows the amount; `measured` words an agreement.
  private func reason(_ measured: (String) -> String) -> String {
    if let agreement { return ": \(measured(NumberText.decimal(agreement, digits: 2)))" }
    return share < 1 ? ", as was asked for" : ": no image without a label says otherwise"
  }
}
