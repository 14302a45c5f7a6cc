import Foundation
public import Imaging
public import Project
import Recipes

/// What is in a folder, image by image: how each is read, which mask it has and how that is read, what is odd.
///
/// One image is in memory at a time; nothing is written.
public struct FolderCheck {
  /// The images.
  public var images: [ImageSource] { folder.images }
  /// What is odd about the folder and its masks as a whole, or about files that are no images of it.
  public private(set) var findings: [FolderFinding]
  /// Lines for the user on how the folder and its masks are read.
  public let notes: [String]
  /// What is wrong with the masks as a whole.
  public let troubles: [any Error]
  private let folder: ImageFolder
  private let masks: MaskCheck
  private var check: ImageCheck
  /// What of a folder of masks cannot be read.
  private let masksUnread: [RefusedFile]

  /// Looks through the masks of a folder's images: those of a folder of their own, or where none is named the
  /// project's and those beside the images; `isQuick` for headers only.
  public init(
    _ folder: ImageFolder, masks path: String? = nil, values: MaskValues? = nil,
    isQuick: Bool = false
  ) {
    self.folder = folder
    check = ImageCheck(
      mostPixels: isQuick ? -1 : .max, store: path == nil ? folder.store : nil)
    // What is odd about one image is told with it.
    findings = folder.store?.findings.filter { $0.kind != .image } ?? []
    var troubles: [any Error] = []
    var pairing = path == nil ? folder.store?.report.pairing : nil
    if let path {
      do throws(ProjectError) {
        let found = try MaskMatching.match(
          folder: URL(filePath: path), images: folder.images, links: folder.links)
        if found.matches.isEmpty {
          troubles.append(WorkflowError.noMatchingMask(masks: path, images: folder.path))
        }
        findings += found.findings(among: folder.images)
        pairing = found
      } catch {
        troubles.append(error)
      }
    }
    masks = MaskCheck(
      pairing?.matches ?? [],
      values: values ?? (path == nil ? folder.store?.settings.maskValues : nil) ?? .automatic,
      store: path == nil ? folder.store : nil,
      roots: ([path, folder.path] as [String?]).compactMap { $0.map { URL(filePath: $0) } },
      isQuick: isQuick)
    if let trouble = masks.trouble { troubles.append(trouble) }
    self.troubles = troubles
    masksUnread = path == nil ? [] : pairing?.leftOut.unread ?? []
    notes = folder.notices + (path == nil ? [] : pairing?.notes ?? []) + masks.notes
  }

  /// Looks at the images one after the other and tells `done` of each; ends between two where `stop` asks.
  public mutating func run(
    stop: StopRequest = StopRequest(), done: (ImageRecord) throws -> Void
  ) rethrows {
    findings += check.survey(images) { stop.isAsked }
    for image in images {
      if stop.isAsked { return }
      var record = check.record(of: image)
      if let found = masks.record(of: image, record) {
        record.mask = found.mask
        record.odd += found.odd
      }
      try done(record)
    }
  }

  /// Ends a look at a folder of which files or folders could not be read.
  ///
  /// - Throws: `WorkflowError.leftOut` naming them.
  public func checkWhole() throws(WorkflowError) {
    try folder.checkWhole()
    if !masksUnread.isEmpty { throw WorkflowError.leftOut(masksUnread) }
  }
}
