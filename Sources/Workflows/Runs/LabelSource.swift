public import Foundation
import Imaging
public import Project
public import Recipes
public import Training

/// The labelled images of a folder, read one by one when they are asked for.
///
/// What a run holds of them are the squares that it trains on, a fraction of whole images; whoever scores
/// an image reads it then and lets it go.
public struct LabelSource: Sendable {
  /// The images to train and validate on, in the folder's order.
  public let training: [ImageKey]
  /// The images that only a split puts aside.
  public let testing: [ImageKey]
  /// Which of the first are only validated on, where a split says so.
  public let split: Split?
  /// Lines for the user.
  public let notes: [String]
  private let images: [ImageKey: ImageSource]
  private let masks: MaskSet
  /// The project whose labels they are, if they are a project's.
  var store: ProjectStore? { masks.store }

  /// Finds the images that have masks; none is read.
  ///
  /// - Parameters:
  ///   - folder: The images.
  ///   - masks: Their masks.
  ///   - split: A table of image,split; without one all are trained and validated on.
  /// - Throws: `WorkflowError.noLabels` where none is to be learnt from, `ProjectError` where the split
  ///   cannot be used.
  public init(_ folder: ImageFolder, masks: MaskSet, split: URL?) throws {
    var notes = masks.notes
    var table: Split?
    if let split {
      let (read, unknown) = try Split.read(split, images: folder.images.map(\.key))
      table = read
      if let first = unknown.first {
        notes.append("\(unknown.count) images of the split are not there, such as \(first)")
      }
    }
    let labelled = folder.images.filter { masks.has($0.key) }
    let part = { (key: ImageKey) in table.map { $0.parts[key] } ?? .train }
    training = labelled.map(\.key).filter { part($0) != nil && part($0) != .test }
    testing = labelled.map(\.key).filter { part($0) == .test }
    self.split = table.flatMap { $0.parts.values.contains(.validation) ? $0 : nil }
    self.notes = notes
    self.masks = masks
    images = Dictionary(labelled.map { ($0.key, $0) }, uniquingKeysWith: { first, _ in first })
    guard !training.isEmpty else { throw WorkflowError.noLabels(folder.path) }
  }

  /// Images that all have masks and are learnt from.
  init(_ images: [ImageSource], masks: MaskSet) {
    training = images.map(\.key)
    (testing, split, notes) = ([], nil, [])
    self.images = Dictionary(
      images.map { ($0.key, $0) }, uniquingKeysWith: { first, _ in first })
    self.masks = masks
  }

  /// The accepted masks of an open project, as they are now.
  public init(_ store: ProjectStore) {
    let labelled = Set(store.labelledKeys)
    self.init(
      store.sources.filter { labelled.contains($0.key) },
      masks: MaskSet([], polarity: .cellWhite, store: store))
  }

  /// Reads an image with its mask; nil where it has none, or none any more.
  ///
  /// - Throws: `ImagingError` or `ProjectError` where either cannot be read or their sizes differ.
  public func sample(_ key: ImageKey) throws -> Sample? {
    guard let source = images[key], let (image, mask) = try masks.read(source) else { return nil }
    return Sample(key: key, image: image, mask: mask)
  }

  /// Reads the images to learn from one by one and keeps the square of each that is trained on.
  ///
  /// - Parameters:
  ///   - size: The side of the square.
  ///   - trouble: Told what is wrong with an image, which is then left out; throws where nothing is to be.
  /// - Returns: a square an image, without those that cannot be used.
  /// - Throws: what `trouble` throws, and `TrainingError` for a side that no network is trained at.
  public func crops(
    size: Int, trouble: (ImageKey, any Error) throws -> Void = { throw $1 }
  ) throws -> [CroppedSample] {
    var crops: [CroppedSample] = []
    for key in training {
      do {
        guard let sample = try sample(key) else { continue }
        crops.append(try CroppedSample(sample, size: size))
      } catch {
        try trouble(key, error)
      }
    }
    return crops
  }

  /// The smallest side of each image to learn from whose header can be read.
  var smallestSides: [Int] {
    training.compactMap { key in
      guard let source = images[key],
        let header = try? ImageFile.header(source.file, page: source.page)
      else { return nil }
      return min(header.width, header.height)
    }
  }
}
