import Basics
import Recipes

/// Something odd about a folder of images, for a list of all that is: what kind of thing, where, and what.
public struct FolderFinding: Equatable, Sendable, Encodable {
  /// What it is about.
  public enum Kind: String, Sendable, CaseIterable, Encodable {
    /// A picture of a kind that is not read.
    case refused = "not opened"
    /// A file or folder that cannot be read.
    case unread = "cannot be read"
    /// A link that leads out of the folder.
    case link = "not followed"
    /// A mask that belongs to no image.
    case stray = "mask of no image"
    /// A mask that is not taken, though an image has its name.
    case mask = "mask not taken"
    /// An image of which something is odd.
    case image
    /// What holds of all of them.
    case folder
  }

  /// What it is about.
  public let kind: Kind
  /// The path of the file, or the name of the image; empty where it is of all.
  public let place: String
  /// What is odd, and what to do; empty where the kind says it all.
  public let text: String

  /// Says what is odd about something.
  public init(_ kind: Kind, _ place: String = "", _ text: String = "") {
    (self.kind, self.place, self.text) = (kind, place, text)
  }

  /// One line.
  public var line: String {
    let what = kind == .image || kind == .folder ? [text] : [kind.rawValue, text]
    return ([place] + what).filter { !$0.isEmpty }.joined(separator: ": ")
  }
}

extension OpeningReport {
  /// What of the folder is not looked at or odd, one by one, where ``notices`` give an example of each kind.
  var findings: [FolderFinding] {
    refused.map { FolderFinding(.refused, $0.path, $0.reason) } + leftOut.findings
      + remarks.map { FolderFinding(.image, $0.path, $0.reason) }
  }
}

extension LeftOut {
  /// What it is, one by one.
  var findings: [FolderFinding] {
    unread.map { FolderFinding(.unread, $0.path, $0.reason) }
      + links.map { FolderFinding(.link, $0, option.isEmpty ? "" : "\(option) takes it") }
  }
}

extension MaskPairing {
  /// The names nearest to a stray mask's are looked up for so many: each is compared with those of all images.
  private static let mostNamed = 200

  /// What of the masks is not taken, one by one, where ``notes`` give an example of each kind; masks that match
  /// no image with the names that are nearest among `images`.
  public func findings(among images: [ImageSource]) -> [FolderFinding] {
    let names = Array(Set(images.map(\.path)).sorted(by: NaturalOrder.precedes))
    let lost = strays.enumerated().map { place, stray in
      let near = place < Self.mostNamed ? NearestNames.of(stray, among: names) : []
      return FolderFinding(
        .stray, stray,
        near.isEmpty ? "" : "near: " + near.map { "'\($0)'" }.joined(separator: ", "))
    }
    let doubtful =
      ambiguous.map { ($0.mask, "fits '\($0.images[0])' and '\($0.images[1])'") }
      + contested.map { ("\($0.image)", "has '\($0.masks[0])' and '\($0.masks[1])'") }
      + passedOver.map { ($0.mask, "'\($0.better)' is better") }
      + self.images.map { ($0, "it is an image itself") }
    return lost + doubtful.map { FolderFinding(.mask, $0, $1) } + leftOut.findings
      + (pages + unusable).map { FolderFinding(.folder, "", $0) }
  }
}

extension ProjectStore {
  /// What of its folder is not looked at, not taken or odd, one by one.
  public var findings: [FolderFinding] {
    report.findings + report.pairing.findings(among: sources)
  }
}
