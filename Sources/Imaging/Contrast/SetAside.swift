import Basics

/// Pixels of an image that take no part in its contrast.
public struct SetAside: Equatable, Sendable {
  /// What they are taken for.
  public enum Kind: Sendable {
    /// NaN or infinite.
    case notANumber
    /// One value, far from all others: -9999, or 0 where an image was padded.
    case noData
    /// A scale bar, writing, hot pixels.
    case burntIn
  }

  /// What they are taken for.
  public let kind: Kind
  /// Their value, or the middle one of several; nil where they are no numbers.
  public let value: Double?
  /// Their share of the image's pixels, 0...1.
  public let share: Double

  init(_ kind: Kind, value: Double, share: Double) {
    (self.kind, self.value, self.share) = (kind, value, share)
  }

  init(notANumber share: Double) {
    (kind, value, self.share) = (.notANumber, nil, share)
  }

  /// `-9999 in 20.8 % of the pixels (no data)`.
  public var text: String {
    let name = value.map { $0 == $0.rounded() && abs($0) < 1e15 ? "\(Int($0))" : "\(Float($0))" }
    let pixels = " in \(NumberText.percent(share * 100)) of the pixels"
    switch kind {
    case .notANumber: return "no number" + pixels
    case .noData: return (name ?? "") + pixels + " (no data)"
    case .burntIn: return (name ?? "") + pixels + " (burnt in)"
    }
  }
}
