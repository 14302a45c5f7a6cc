import ArgumentParser
import Console
import Foundation
import Imaging
import Recipes
import Training
import Workflows

/// A folder of real images and one of masks as an argument: `IMAGES:MASKS` or `IMAGES:MASKS:SPLIT`.
struct RealSet: ExpressibleByArgument, Equatable {
  /// The folder of images.
  var images: String
  /// The folder of masks.
  var masks: String
  /// A table of image,split, whose images for testing are left out.
  var split: String?

  init?(argument: String) {
    let parts = argument.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
    guard (2...3).contains(parts.count), parts.allSatisfy({ !$0.isEmpty }) else { return nil }
    images = parts[0]
    masks = parts[1]
    split = parts.count > 2 ? parts[2] : nil
  }

  /// What the set is called: the split, else the folder, or the one around it where that is only called
  /// images.
  var name: String {
    if let split { return URL(filePath: split).deletingPathExtension().lastPathComponent }
    let folder = URL(filePath: images).standardizedFileURL
    return folder.lastPathComponent.lowercased().contains("images")
      ? folder.deletingLastPathComponent().lastPathComponent : folder.lastPathComponent
  }

  /// Reads the images that have masks and are not for testing.
  ///
  /// - Throws: `Failure` where there is none, `ImagingError` where one cannot be read.
  func read(polarity: MaskPolarity?) throws -> ValidationSet {
    let folder = try ImageFolder(images)
    StandardStream.error.notes(folder.notices)
    let labels = try LabelSource(
      folder, masks: try folder.masks(in: masks, polarity: polarity),
      split: split.map { URL(filePath: $0) })
    StandardStream.error.notes(labels.notes.map { "\(name): \($0)" })
    return ValidationSet(name: name, samples: try labels.training.compactMap(labels.sample))
  }
}
