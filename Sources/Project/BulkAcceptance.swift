public import Recipes

/// The proposals that are above a figure, to be accepted unseen, and those that are not.
public struct BulkAcceptance: Equatable, Sendable {
  /// A proposal, and how good its mask is estimated to be.
  public struct Taken: Encodable, Equatable, Sendable {
    /// The image.
    public let image: ImageKey
    /// The estimated IoU, 0...1.
    public let quality: Double
  }

  /// A proposal that stays one, and why.
  public struct Left: Encodable, Equatable, Sendable {
    /// The image.
    public let image: ImageKey
    /// The estimated IoU, 0...1, where it was estimated.
    public let quality: Double?
    /// Why, in a few words.
    public let why: String
  }

  /// The figure that the estimated IoU has to reach.
  public let above: Double
  /// Those that are, or are to be, accepted, in the order of the images.
  public internal(set) var taken: [Taken] = []
  /// Those that are not, in the order of the images.
  public internal(set) var left: [Left] = []

  /// Sorts the proposals among some images; `isDrawnOn` says where somebody drew something that is not accepted,
  /// which is his to accept.
  public init(
    of entries: [ProjectEntry], above figure: Double, isDrawnOn: (ImageKey) -> Bool
  ) {
    above = figure
    for entry in entries where entry.state == .proposed {
      if isDrawnOn(entry.key) {
        leave(entry.key, entry.quality, "drawn on, and not accepted")
      } else if let quality = entry.quality {
        // What is estimated at 0, as an empty mask is, is above no figure.
        if quality >= figure, quality > 0 {
          taken.append(Taken(image: entry.key, quality: quality))
        } else {
          leave(entry.key, quality, "below the figure")
        }
      } else {
        leave(entry.key, nil, "proposed before qualities were estimated")
      }
    }
  }

  mutating func leave(_ image: ImageKey, _ quality: Double?, _ why: String) {
    left.append(Left(image: image, quality: quality, why: why))
  }
}
