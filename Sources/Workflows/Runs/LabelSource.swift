import Basics
import Files
public import Foundation
public import Imaging
public import Project
public import Recipes
public import Training
import Weights

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
  /// All other images of the folder, of which no mask is read.
  let unlabelled: UnlabelledImages
  /// Lines for the user.
  public let notes: [String]
  private let images: [ImageKey: ImageSource]
  private let masks: MaskSet
  /// The size that was found for such images, if one was: at first the one that the project knows.
  public var foundSize: FoundSize?
  /// Where they lie.
  private let folder: URL?
  /// The project whose labels they are, if they are a project's.
  var store: ProjectStore? { masks.store }

  /// Finds the images that have masks, of which none is read; without `split`, a table of image,split,
  /// all are trained and validated on.
  ///
  /// - Throws: `WorkflowError.noLabels` where none is to be learnt from, `ProjectError` where the split
  ///   cannot be used.
  public init(_ folder: ImageFolder, masks: MaskSet, split: URL?) throws {
    let read = try split.map { try Split.read($0, images: folder.images.map(\.key)) }
    let (parts, unknown) = (read?.split.parts, read?.unknown ?? [])
    let labelled = folder.images.filter { masks.has($0.key) }
    let part = { (key: ImageKey) in parts.map { $0[key] } ?? .train }
    training = labelled.map(\.key).filter { part($0) != nil && part($0) != .test }
    testing = labelled.map(\.key).filter { part($0) == .test }
    unlabelled = UnlabelledImages(folder.images, without: training)
    self.split = parts?.values.contains(.validation) == true ? read?.split : nil
    notes =
      masks.notes
      + unknown.prefix(1).map {
        "\(unknown.count) images of the split are not there, such as \($0)"
      }
    self.masks = masks
    foundSize = masks.store?.settings.foundSize
    self.folder = URL(filePath: folder.path)
    images = Dictionary(labelled.map { ($0.key, $0) }) { first, _ in first }
    guard !training.isEmpty else { throw WorkflowError.noLabels(folder.path) }
  }

  /// Images that all have masks and are learnt from, and others beside them.
  init(
    _ images: [ImageSource], masks: MaskSet, unlabelled: UnlabelledImages = UnlabelledImages()
  ) {
    training = images.map(\.key)
    self.unlabelled = unlabelled
    (testing, split, notes) = ([], nil, [])
    self.images = Dictionary(images.map { ($0.key, $0) }) { first, _ in first }
    self.masks = masks
    foundSize = masks.store?.settings.foundSize
    folder = masks.store?.images
  }

  /// The accepted masks of an open project, as they are now.
  public init(_ store: ProjectStore) {
    let labelled = Set(store.labelledKeys)
    self.init(
      store.sources.filter { labelled.contains($0.key) },
      masks: MaskSet(store: store),
      unlabelled: UnlabelledImages(store.sources, without: store.labelledKeys))
  }

  /// Reads an image with its mask; nil where it has none, or none any more.
  ///
  /// - Throws: `ImagingError` or `ProjectError` where either cannot be read or their sizes differ.
  public func sample(_ key: ImageKey) throws -> Sample? {
    guard let source = images[key], let (image, annotation) = try masks.read(source) else {
      return nil
    }
    return Sample(key: key, image: image, annotation: annotation)
  }

  /// The images to learn from as a run is measured by them once more.
  var truth: FoldTruth {
    FoldTruth(groups: groups, fromNetwork: Set(training).subtracting(drawn), read: sample)
  }

  /// The images to learn from whose masks came from no network, changed or not: of a network, and of the size that it
  /// looked with, such a mask says what that network thinks itself.
  var drawn: [ImageKey] { training.filter { store?.isFromNetwork($0) != true } }

  /// A few of those, spread evenly, whose masks can be used and have a cell.
  func telling(most: Int, isStopped: () -> Bool) -> [ImageKey] {
    let first = drawn.spread(most: most)
    let others = drawn.filter { !first.contains($0) }
    var telling: [ImageKey] = []
    for key in first + others where telling.count < most && !isStopped() {
      if let sample = try? sample(key), sample.mask.pixels.contains(1) { telling.append(key) }
    }
    return telling
  }

  /// Which of them belong together: as a manifest beside them says, or their names.
  var groups: ImageGroups {
    let manifest = folder?.appending(path: "manifest.csv")
    if let manifest, let groups = try? ImageGroups.read(manifest, images: training),
      !groups.names.isEmpty
    {
      return groups
    }
    return ImageGroups(sequencesOf: training)
  }

  /// Reads the images to learn from one by one and keeps what a recipe trains on of each.
  ///
  /// `trouble` is told what is wrong with an image, which is then left out; it throws where none is to be.
  ///
  /// - Throws: what `trouble` throws, `WorkflowError.oneClass` where no mask to learn from, or to test on, has a
  ///   cell, or none ground, and `TrainingError` for a side that no network is trained at.
  public func crops(
    for recipe: Recipe,
    trouble: (ImageKey, any Error) throws -> Void = { throw $1 }
  ) throws -> [CroppedSample] {
    var (crops, classes) = ([] as [CroppedSample], MaskClasses())
    for key in training {
      do {
        guard let sample = try sample(key) else { continue }
        crops.append(try CroppedSample(sample, for: recipe))
        classes.add(sample.mask, unknown: sample.unknown)
      } catch {
        try trouble(key, error)
      }
    }
    try classes.check()
    try masks.checkClasses(of: testing.compactMap { images[$0] })
    return crops
  }

  /// The same of all images but those that cannot be used, and a line that names these; `trouble` is
  /// told of each.
  ///
  /// - Throws: `WorkflowError.labels` where none is left, `.oneClass` where no mask has a cell, or none ground,
  ///   `TrainingError` for a side that no network is
  ///   trained at.
  public func usableCrops(
    for recipe: Recipe,
    trouble: (ImageKey, any Error) -> Void = { _, _ in }
  ) throws -> (crops: [CroppedSample], notice: String?) {
    var troubles = LabelTroubles()
    let crops = try crops(for: recipe) { key, error in
      try troubles.add(error, at: key)
      trouble(key, error)
    }
    if crops.isEmpty, troubles.notice != nil { throw WorkflowError.labels(troubles) }
    return (crops, troubles.notice)
  }

  /// Scores the weights of a run on the images for testing; without any, on all that have masks.
  ///
  /// Where the run has all of these scores already, made as `note` says with the same weights of the same images
  /// and masks, they are taken. Else the images are read when they come, and `scores.csv` of the run is written.
  /// `trouble` is told what is wrong with an image, which is then left out; it throws where none is to be.
  ///
  /// - Returns: the scores, and whether they are of images that a split puts aside for testing; nil when
  ///   told to stop between two images, before all were scored.
  /// - Throws: what `trouble` throws, what is wrong with the weights or the disk.
  public func scores(
    of run: RunFolder, made note: ScoringNote, by score: (Sample) throws -> Scores,
    trouble: (ImageKey, any Error) throws -> Void = { throw $1 }, isStopped: () -> Bool,
    progress: (_ done: Int, _ total: Int, _ key: ImageKey) -> Void
  ) throws -> (table: ScoreTable, isOfTests: Bool)? {
    let isOfTests = !testing.isEmpty
    let keys = isOfTests ? testing : training
    let parts = try run.split().parts
    var table = ScoreTable()
    func add(_ line: ImageScore) {
      let part: ScoreTable.Part = line.trainedOn ? .trainedOn : isOfTests ? .test : .heldOut
      table.add(line.image, line.scores, part: part)
    }
    var note = note
    note.weights = Safetensors.metadata(of: run.weightsFile)?[Safetensors.checksumNote] ?? ""
    if let kept = keptScores(of: run, made: note, keys, isStopped: isStopped) {
      kept.forEach(add)
      return (table, isOfTests)
    }
    var lines: [ImageScore] = []
    var digest = SampleDigest()
    for (index, key) in keys.enumerated() {
      progress(index, keys.count, key)
      if isStopped() { return nil }
      do {
        guard let sample = try sample(key) else { continue }
        let line = ImageScore(
          image: key, trainedOn: parts[key] == .train, scores: try score(sample))
        digest.add(sample)
        add(line)
        lines.append(line)
      } catch {
        try trouble(key, error)
      }
    }
    guard !isStopped() else { return nil }
    note.images = digest.text
    try run.write(lines, made: note)
    return (table, isOfTests)
  }

  /// The scores of all of some images that a run has, where they would be made again as they are.
  private func keptScores(
    of run: RunFolder, made note: ScoringNote, _ keys: [ImageKey], isStopped: () -> Bool
  ) -> [ImageScore]? {
    guard var made = run.scoringNote, !note.weights.isEmpty else { return nil }
    let images = made.images
    made.images = note.images
    guard made == note, let kept = try? run.scores(), kept.map(\.image) == keys else { return nil }
    var digest = SampleDigest()
    for key in keys {
      guard !isStopped(), let sample = try? sample(key) else { return nil }
      digest.add(sample)
    }
    return digest.text == images ? kept : nil
  }

  /// The smallest side of each image to learn from whose header can be read.
  var smallestSides: [Int] {
    training.compactMap(header).map { min($0.width, $0.height) }
  }

  /// What the header of an image says; nil where it cannot be read.
  func header(of key: ImageKey) -> ImageFile.Header? {
    images[key].flatMap { try? ImageFile.header($0.file, page: $0.page) }
  }
}

extension UnlabelledImages {
  /// The images of a folder but for some, each read from its file when it is asked for.
  init(_ sources: [ImageSource], without labelled: [ImageKey]) {
    let labelled = Set(labelled)
    let others = sources.filter { !labelled.contains($0.key) }
    let found = Dictionary(others.map { ($0.key, $0) }) { first, _ in first }
    self.init(
      others.map(\.key),
      size: { key in
        found[key].flatMap { try? ImageFile.header($0.file, page: $0.page) }
          .map { (width: $0.width, height: $0.height) }
      }, read: { try found[$0]?.read() })
  }
}

/// Tells whether labelled images and their masks are those that there were before.
private struct SampleDigest {
  private var hash = SHA256()

  mutating func add(_ sample: Sample) {
    hash.update(Data("\(sample.key)\t\(PixelDigest(of: sample).text)\n".utf8))
  }

  /// The digest of all that was added.
  var text: String { hash.digits() }
}

/// Labels that cannot be used: a deleted image, a damaged mask, a mask of another size.
public struct LabelTroubles: Sendable {
  private var keys: [ImageKey] = []
  private var reason = ""

  /// Notes what is wrong with one label.
  ///
  /// - Throws: the error itself where it is not the label's.
  mutating func add(_ error: any Error, at key: ImageKey) throws {
    guard Self.isOfImage(error) else { throw error }
    if keys.isEmpty { reason = "\(error)" }
    keys.append(key)
  }

  /// Whether an error is one image's, so that the others go on.
  static func isOfImage(_ error: any Error) -> Bool {
    switch error {
    case is ImagingError, ProjectError.maskSize, ProjectError.file(.unreadable),
      ProjectError.file(.longName), FileError.longName, TrainingError.memory:
      true
    default: false
    }
  }

  /// An error of one image that says which, where its own words do not.
  static func named(_ error: any Error, at key: ImageKey) -> any Error {
    error is TrainingError ? WorkflowError.image(key, error) : error
  }

  /// A line that names them, if there are any.
  var notice: String? {
    guard !keys.isEmpty else { return nil }
    let shown = keys.prefix(4).enumerated().map { $0 == 0 ? "\($1) (\(reason))" : "\($1)" }
    let more = keys.count > 4 ? " and \(keys.count - 4) more" : ""
    return "left out: \(shown.joined(separator: ", "))\(more)"
  }
}
