import Foundation
public import Imaging
public import Project
import Recipes
public import Training

/// A folder of real images, one of their masks, and a table of image,split if there is one, whose images
/// for testing are left out.
public struct RealSet: Equatable, Sendable {
  private let images: String
  private let masks: String
  private let split: String?

  /// Takes `IMAGES:MASKS` or `IMAGES:MASKS:SPLIT`; nil for anything else.
  public init?(_ text: String) {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
    guard (2...3).contains(parts.count), parts.allSatisfy({ !$0.isEmpty }) else { return nil }
    images = parts[0]
    masks = parts[1]
    split = parts.count > 2 ? parts[2] : nil
  }

  /// What the set is called: the split, else the folder, or the one around it where that is only called
  /// images.
  public var name: String {
    if let split { return URL(filePath: split).deletingPathExtension().lastPathComponent }
    let folder = URL(filePath: images).standardizedFileURL
    return folder.lastPathComponent.lowercased().contains("images")
      ? folder.deletingLastPathComponent().lastPathComponent : folder.lastPathComponent
  }

  /// Reads the images that have masks and are not for testing; `tell` takes lines for the user.
  ///
  /// - Returns: the images, and what could not be read.
  /// - Throws: `WorkflowError` where there is none, `ImagingError` where one cannot be read, `MaskTrouble` where it
  ///   cannot be told what the numbers of masks mean.
  public func read(
    values: MaskValues?, links: LinkChoice = LinkChoice(),
    channel: ChannelChoice = ChannelChoice(),
    tell: ([String]) -> Void = { _ in }
  ) throws -> (set: ValidationSet, unread: [RefusedFile]) {
    let folder = try ImageFolder(images, links: links, channel: channel)
    tell(folder.notices)
    let truth = try folder.masks(in: masks, values: values)
    let labels = try LabelSource(folder, masks: truth, split: split.map { URL(filePath: $0) })
    tell(labels.notes.map { "\(name): \($0)" })
    let samples = try labels.training.compactMap(labels.sample)
    return (ValidationSet(name: name, samples: samples), folder.unread(with: truth))
  }
}
