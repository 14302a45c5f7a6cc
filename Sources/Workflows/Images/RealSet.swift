import Foundation
public import Imaging
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
  /// - Throws: `WorkflowError` where there is none, `ImagingError` where one cannot be read.
  public func read(
    polarity: MaskPolarity?, tell: ([String]) -> Void = { _ in }
  ) throws -> ValidationSet {
    let folder = try ImageFolder(images)
    tell(folder.notices)
    let labels = try LabelSource(
      folder, masks: try folder.masks(in: masks, polarity: polarity),
      split: split.map { URL(filePath: $0) })
    tell(labels.notes.map { "\(name): \($0)" })
    return ValidationSet(name: name, samples: try labels.training.compactMap(labels.sample))
  }
}
