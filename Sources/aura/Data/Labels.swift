import Foundation
import Imaging
import Project
import Recipes
import Training

/// Labelled images in memory: those to learn from and those to test on.
struct Labels {
  /// Images to train and validate on.
  private(set) var training: [Sample] = []
  /// Images that only a split puts aside.
  private(set) var testing: [Sample] = []
  /// Which of the first are only validated on, where a split says so.
  private(set) var split: Split?
  /// Lines for the user.
  private(set) var notes: [String]

  /// Reads the images that have masks.
  ///
  /// - Throws: `Failure` where there is none, `ImagingError` where one cannot be read.
  init(_ folder: ImageFolder, masks: MaskSet, split: URL?) throws {
    notes = masks.notes
    var table: Split?
    if let split {
      let (read, unknown) = try Split.read(split, images: folder.images.map(\.key))
      table = read
      if read.parts.values.contains(.validation) { self.split = read }
      if let first = unknown.first {
        notes.append("\(unknown.count) images of the split are not there, such as \(first)")
      }
    }
    for image in folder.images {
      let part = table.map { $0.parts[image.key] } ?? .train
      guard let part, let (pixels, mask) = try masks.read(image) else { continue }
      let sample = Sample(key: image.key, image: pixels, mask: mask)
      if part == .test { testing.append(sample) } else { training.append(sample) }
    }
    guard !training.isEmpty else {
      throw Failure(
        .missingInput,
        "no image of '\(folder.path)' has a mask to learn from; give --masks FOLDER, or "
          + "accept one in the workbench: aura \(folder.path)")
    }
  }
}
