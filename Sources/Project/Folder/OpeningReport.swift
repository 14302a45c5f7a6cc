public import Recipes

/// What was found out about a project while it was opened, worth a line to the user.
public struct OpeningReport: Equatable, Sendable {
  /// Lines of a journal that cannot be read and were skipped.
  public struct Damage: Equatable, Sendable {
    /// The journal's file name.
    public let file: String
    /// Line numbers, from 1.
    public let lines: [Int]
  }

  /// A line if the project is not in the folder of images.
  var placeNotice: String?
  /// Pictures of other kinds.
  var refused: [RefusedFile] = []
  /// What is not looked at though it may hold images.
  public internal(set) var leftOut = LeftOut()
  /// Whether links that lead out of the folder are followed.
  public internal(set) var followsLinks = false
  /// Whether they are only since images of which the project says something lie behind them.
  var isFollowedUnasked = false
  /// Images that are gone from the folder, of which masks or strokes are kept.
  public internal(set) var gone: [ImageKey] = []
  /// How images were told from masks, and which channel of them is looked at: lines for the user.
  var scanNotices: [String] = []
  /// Files of which something is odd, and what.
  var remarks: [RefusedFile] = []
  /// Masks that lie with the images, and what of them belongs to none.
  public internal(set) var pairing = MaskPairing()
  /// Masks found with the images, of images about which nothing is decided yet.
  public internal(set) var foundMasks: [MaskMatch] = []
  /// Damaged journals.
  var damage: [Damage] = []
  /// Images that were accepted but whose mask file is gone; they count as new.
  var missingMasks: [ImageKey] = []
  /// Temporary files of killed writes that were removed.
  var leftovers = 0
  /// Whether the file system knows no locks, so that a second aura would go unnoticed.
  var isUnlocked = false

  /// Nothing is found out yet.
  init() {}

  /// What a look through the folder of images has found.
  init(_ scan: ImageScan) {
    refused = scan.refused
    leftOut = scan.leftOut
    (followsLinks, isFollowedUnasked) = (scan.followsLinks, scan.isFollowedUnasked)
    scanNotices = scan.channelNotices + scan.sortingNotices
    remarks = scan.remarks
  }

  /// Takes the masks that lie with the images, those of files that list many only where images are untouched.
  mutating func takeMasks(of scan: ImageScan, where isUntouched: (ImageKey) -> Bool) {
    var scan = scan
    scan.addOutlines(for: isUntouched)
    pairing = scan.pairing
    foundMasks = pairing.matches.filter { isUntouched($0.key) }
  }

  /// One line for each thing that the user should know; empty after a clean opening.
  public var notices: [String] {
    var lines: [String] = []
    if let placeNotice { lines.append(placeNotice) }
    if let first = refused.first {
      let count = refused.count == 1 ? "1 file is" : "\(refused.count) files are"
      lines.append("\(count) not opened, such as '\(first.path)': \(first.reason)")
    }
    lines += leftOut.notices
    if isFollowedUnasked {
      lines.append(
        "links that lead out of the folder are followed, as images of this project lie behind them")
    }
    if let first = gone.first {
      lines.append(
        "\(gone.count == 1 ? "a labelled image is" : "\(gone.count) labelled images are") gone from the"
          + " folder, such as '\(first)'; masks and strokes are kept in the project")
    }
    lines += scanNotices + pairing.notes
    if let first = remarks.first {
      let more = remarks.count == 1 ? "" : "; \(remarks.count - 1) more such remarks"
      lines.append("'\(first.path)': \(first.reason)\(more)")
    }
    for found in damage {
      lines.append(
        "'\(found.file)' has \(found.lines.count) unreadable line\(found.lines.count == 1 ? "" : "s")"
          + " (\(found.lines.prefix(5).map(String.init).joined(separator: ", "))); skipped, all others"
          + " are kept")
    }
    if let first = missingMasks.first {
      lines.append(
        "\(missingMasks.count) accepted mask\(missingMasks.count == 1 ? " is" : "s are") gone from the"
          + " project, such as that of '\(first)'; accept again from the draft")
    }
    if isUnlocked {
      lines.append("this disk knows no locks: do not open the project in two auras at once")
    }
    return lines
  }
}
