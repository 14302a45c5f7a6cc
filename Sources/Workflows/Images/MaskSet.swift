import Foundation
public import Imaging
public import Project
import Recipes

/// Masks of images with the way to read them.
public struct MaskSet: Sendable {
  /// Masks in files that others made.
  private let files: [ImageKey: MaskMatch]
  /// Which pixels of them are cell: never `automatic`.
  private let polarity: MaskPolarity
  /// What of a folder of masks is not looked at.
  let leftOut: LeftOut
  /// The project whose accepted masks count before any file.
  let store: ProjectStore?
  /// Lines for the user: what was found about polarity, which masks match nothing.
  public private(set) var notes: [String] = []

  /// Takes matched masks and finds out their polarity together, where it is not given.
  init(
    _ matches: [MaskMatch], polarity: MaskPolarity, strays: [String] = [],
    leftOut: LeftOut = LeftOut(), store: ProjectStore? = nil
  ) {
    self.store = store
    self.leftOut = leftOut
    notes = leftOut.notices.map { "masks: \($0)" }
    files = Dictionary(matches.map { ($0.key, $0) }) { first, _ in first }
    if let first = strays.first {
      notes.append("\(strays.count) masks match no image, such as \(first)")
    }
    guard polarity == .automatic else {
      self.polarity = polarity
      return
    }
    let masks = matches.map(\.file)
    let decision = MaskFile.decidePolarity(for: masks)
    self.polarity = decision.polarity
    notes += decision.notes(on: masks)
  }

  /// Whether an image has a mask.
  func has(_ key: ImageKey) -> Bool {
    files[key] != nil || store?.entry(of: key).state.hasMask == true
  }

  /// Reads an image with its mask; nil where it has none.
  ///
  /// - Throws: `ImagingError` or `ProjectError` where either cannot be read or their sizes differ.
  public func read(_ image: ImageSource) throws -> (image: Image, mask: Mask)? {
    guard has(image.key) else { return nil }
    let pixels = try ImageFile.read(image.file, page: image.page)
    let size = (pixels.width, pixels.height)
    if let mask = try store?.acceptedMask(of: image.key, expecting: size) { return (pixels, mask) }
    guard let match = files[image.key] else { return nil }
    let mask = try MaskFile.read(
      match.file, polarity: polarity, page: match.page, imageWidth: pixels.width,
      imageHeight: pixels.height)
    return (pixels, mask)
  }
}

extension ImageFolder {
  /// The masks of a folder of their own, or where none is named the project's and those beside the
  /// images.
  ///
  /// - Throws: `WorkflowError` where no mask of the folder has an image's name.
  public func masks(in masks: String?, polarity: MaskPolarity?) throws -> MaskSet {
    guard let masks else {
      return MaskSet(
        store?.report.foundMasks ?? [],
        polarity: polarity ?? store?.settings.maskPolarity ?? .automatic, store: store)
    }
    let (matches, strays, leftOut) = try MaskMatching.match(
      folder: URL(filePath: masks), images: images, links: links)
    guard !matches.isEmpty else {
      throw WorkflowError.noMatchingMask(masks: masks, images: path)
    }
    return MaskSet(matches, polarity: polarity ?? .automatic, strays: strays, leftOut: leftOut)
  }
}
