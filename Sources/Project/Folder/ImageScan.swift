import Files
import Foundation
import Imaging
import Recipes

/// What a folder holds: images, and masks that lie with them.
///
/// Images are pictures in any depth of folders, see ``FolderListing`` for links; hidden files and folders
/// (`.aura` among them) are not looked at. The fields of a stack are images of their own. Files that are
/// masks of others (see ``MaskConvention``) are not images.
struct ImageScan: Equatable, Sendable {
  /// The images in the order in which people count.
  var images: [ImageSource] = []
  /// Masks that lie in the folder, each with the image that it belongs to, and those that belong to none.
  var pairing = MaskPairing()
  /// Other pictures.
  private(set) var refused: [RefusedFile] = []
  /// What may hold images and is not looked at.
  private(set) var leftOut: LeftOut
  /// Files of which something is odd, and what.
  private(set) var remarks: [RefusedFile] = []
  /// How images were told from masks where it is not plain, lines for the user.
  var sortingNotices: [String]
  /// Which channel is looked at, lines for the user.
  private(set) var channelNotices: [String] = []
  /// Whether links that lead out of the folder are followed.
  let followsLinks: Bool
  /// Whether they are since the project's images lie behind them, though nobody asked.
  var isFollowedUnasked = false
  private let outlines: COCOMatcher
  let folder: URL
  let hasLinks: Bool
  /// Pictures that are no images: masks, and what is left out as none.
  let notImages: Set<String>

  /// Endings of files that may hold several images, in small letters.
  static let stackExtensions: Set<String> = ["tif", "tiff", "btf", "tf8", "lsm", "stk"]

  /// Looks through a folder.
  ///
  /// - Parameters:
  ///   - folder: the folder of images.
  ///   - excluded: folders that are not looked into, those of the project itself.
  ///   - links: whether links are followed.
  ///   - channel: which channel is looked at.
  ///   - reader: how files are looked into.
  /// - Throws: `ProjectError` where the folder cannot be listed, or no image has the channel that is wanted.
  init(
    of folder: URL, excluding excluded: [URL] = [], links: LinkChoice = LinkChoice(),
    channel: ChannelChoice = ChannelChoice(), reader: PictureReader = PictureReader()
  ) throws(ProjectError) {
    followsLinks = links.follows ?? false
    self.folder = folder
    let found = try FolderListing(of: folder, excluding: excluded, followsLinks: followsLinks)
    leftOut = LeftOut(found.unread, links: found.links, by: links)
    hasLinks = found.hasLinks
    refused = found.containers + found.files.compactMap(Self.refusal)
    let sorting = MaskSorting(found.files) { reader.looksLikeMask(folder.appending(path: $0)) }
    sortingNotices = sorting.notes
    notImages = Set(found.files.filter(Self.isPicture)).subtracting(sorting.images)
    outlines = COCOMatcher(found.files, in: folder)
    for path in sorting.images { images += fields(of: path, reader: reader) }
    images = ChannelFiles(folder: folder).joined(images)
    (images, channelNotices) = try ChannelVote(channel, reader: reader).decide(images, in: folder)
    pairing = MaskMatcher(images, found: sorting.maskFolders, reader: reader)
      .match(sorting.candidates(in: folder))
  }

  /// Looks into files of COCO's kind for images that are wanted and have no mask yet.
  mutating func addOutlines(for isWanted: (ImageKey) -> Bool) {
    let masked = Set(pairing.matches.map(\.key))
    guard images.contains(where: { !masked.contains($0.key) && isWanted($0.key) }) else { return }
    outlines.add(to: &pairing, images)
  }

  /// Refuses a folder without images, saying why there may be none.
  func check() throws(ProjectError) {
    guard images.isEmpty else { return }
    try leftOut.check(in: folder)
    throw .noImages(folder.path, refused: refused.count, example: refused.first)
  }

  /// The images of a file.
  private mutating func fields(of path: String, reader: PictureReader) -> [ImageSource] {
    let file = folder.appending(path: path, directoryHint: .notDirectory)
    guard Self.stackExtensions.contains(RelativePath(path).fileExtension) else {
      return [ImageSource(key: ImageKey(path), file: file, page: 0)]
    }
    do {
      let contents = try reader.contents(file)
      remarks += contents.remarks.map { RefusedFile(path: path, reason: $0) }
      return ImageSource.fields(of: contents, in: file, path: path)
    } catch {
      leftOut.unread.append(RefusedFile(path: path, reason: "\(error)"))
      return []
    }
  }

  /// What is said of a picture of a kind that is not read; nil for anything else.
  static func refusal(of path: String) -> RefusedFile? {
    let parts = RelativePath(path)
    guard FileSignature.refusedExtensions[parts.fileExtension] != nil,
      let reason = FileSignature.refusal(ofFile: String(parts.name))
    else { return nil }
    return RefusedFile(path: path, reason: reason)
  }

  static func isPicture(_ path: String) -> Bool {
    ImageFile.extensions.contains(RelativePath(path).fileExtension)
  }
}

/// How pictures are looked into while a folder is listed.
struct PictureReader {
  /// What a file holds, by its headers.
  var contents: (URL) throws -> ImageContents = { try ImageFile.contents(of: $0) }
  /// Whether a picture looks like a mask; nil where that cannot be told.
  var looksLikeMask: (URL) -> Bool? = { MaskFile.looksLikeMask($0) }
  /// The channel of an image that shows cells best where nothing is stained; nil where that cannot be told.
  var channel: (ImageSource) -> Int? = { image in
    let planes = image.planes.compactMap { try? ImageFile.read($0.file, page: $0.page) }
    return planes.count == image.planes.count ? ChannelContrast.likeliest(of: planes) : nil
  }
}
