public import Foundation

/// Which pixels of mask files are the cells.
public enum MaskPolarity: String, CaseIterable, Sendable, Codable {
  /// Decided by looking at the masks.
  case automatic = "auto"
  /// Any non-zero pixel is cell: what most programs write.
  case cellWhite = "white"
  /// Zero is cell, as BU-BIL publishes its gold standards.
  case cellBlack = "black"

  /// What speaks for one polarity or the other in one mask file.
  struct Evidence: Equatable, Sendable {
    /// Part of the outermost pixels that is not zero, 0...1.
    let borderFraction: Double
    /// Part of all pixels that is not zero, 0...1.
    let areaFraction: Double
    /// Whether the file has one bit a pixel.
    let isBilevel: Bool
    /// Whether cells are numbered: then zero is background, whatever the border looks like.
    var hasLabels = false

    /// The polarity this file alone suggests; nil where it says nothing, being all alike.
    ///
    /// Cells seldom cover most of the border of an image. A one-bit file is held inverted when most of its
    /// border is set; an 8-bit one, where 255 for cell is the custom and crowded cells may well
    /// fill the picture, only when nearly all of the border and three quarters of the area are.
    var suggestion: MaskPolarity? {
      if hasLabels { return .cellWhite }
      if areaFraction == 0 || areaFraction == 1 { return nil }
      if isBilevel { return borderFraction > 0.5 ? .cellBlack : .cellWhite }
      return borderFraction > 0.9 && areaFraction > 0.75 ? .cellBlack : .cellWhite
    }
  }

  /// One polarity for a whole set of masks, and which of them look otherwise.
  public struct Decision: Equatable, Sendable {
    /// The polarity that most masks suggest: never `automatic`.
    public let polarity: MaskPolarity
    /// Places, in the order given, of masks that alone would be read the other way round.
    public let dissenters: [Int]

    /// Tells the user of an uncommon polarity, and of at most three of the masks, those that were decided
    /// for, that look otherwise: a line each.
    public func notes(on files: [URL]) -> [String] {
      var notes: [String] = []
      if polarity == .cellBlack {
        notes.append("the cell is black in these masks; --mask-polarity white reads them otherwise")
      }
      return notes
        + dissenters.prefix(3).map {
          "\(files[$0].lastPathComponent) looks inverted against the other masks; look at it"
        }
    }
  }

  /// Decides jointly for the masks of one folder, which hardly ever mixes both customs.
  ///
  /// Every mask has a vote, but for those that could not be read (nil); equal votes, or none, mean
  /// `cellWhite`.
  static func decide(for masks: [Evidence?]) -> Decision {
    let votes = masks.map { $0?.suggestion }
    let black = votes.count { $0 == .cellBlack }
    let white = votes.count { $0 == .cellWhite }
    let polarity = black > white ? cellBlack : cellWhite
    let dissenters = votes.indices.filter { votes[$0] != nil && votes[$0] != polarity }
    return Decision(polarity: polarity, dissenters: dissenters)
  }
}
