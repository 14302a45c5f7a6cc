import Files
public import Foundation
public import Imaging
public import Project
public import Recipes

/// The files of a comparison: all that its report is made from.
public struct ComparisonFolder: Equatable, Sendable {
  /// The folder.
  public let url: URL

  /// Names the folder of a comparison, which may not exist yet.
  public init(_ url: URL) { self.url = url }

  /// The plan as it is run.
  var planFile: URL { url.appending(path: "comparison.yaml") }
  /// Which images are tested on, `image,split`; a fold has a table of its own.
  public func splitFile(fold: Int?) -> URL {
    url.appending(path: fold.map { "split-fold\($0).csv" } ?? "split.csv")
  }
  /// Which images belong together, `image,group`, where the plan says that some do.
  var groupsFile: URL { url.appending(path: "groups.csv") }
  /// Digests of the images and masks.
  var digestsFile: URL { url.appending(path: "images.csv") }
  /// Digests of the weights that recipes begin with.
  public var weightsFile: URL { url.appending(path: "weights.csv") }
  /// The test images as they are scored: 8 bits, contrast stretched.
  var imagesFolder: URL { url.appending(path: "test/images", directoryHint: .isDirectory) }
  /// Their masks, of the same sizes.
  public var truthFolder: URL { url.appending(path: "test/truth", directoryHint: .isDirectory) }
  /// A folder a run.
  var runsFolder: URL { url.appending(path: "runs", directoryHint: .isDirectory) }
  /// A folder a training of the line search, with scores on its validation images.
  var searchFolder: URL { url.appending(path: "search", directoryHint: .isDirectory) }
  /// A line a value that the line search tried.
  var searchFile: URL { url.appending(path: "search.csv") }
  /// A line a run and test image.
  public var scoresFile: URL { url.appending(path: "scores.csv") }
  /// A line a recipe and metric.
  var summaryFile: URL { url.appending(path: "summary.csv") }
  /// The report.
  public var reportFile: URL { url.appending(path: "report.md") }
  /// The report's pictures.
  var figuresFolder: URL { url.appending(path: "figures", directoryHint: .isDirectory) }

  /// The files of a run.
  public func folder(of run: ComparisonRun) -> RunFolder {
    RunFolder(id: run.name, url: runsFolder.appending(path: run.name, directoryHint: .isDirectory))
  }

  /// The files of a training of the line search; its scores are those on its validation images.
  public func folder(ofTrial run: ComparisonRun) -> RunFolder {
    RunFolder(
      id: run.name, url: searchFolder.appending(path: run.name, directoryHint: .isDirectory))
  }

  /// Which of some images belong together; nil where each stands by itself.
  ///
  /// A comparison begun by an older aura has no table; then a pattern of its plan says it.
  ///
  /// - Throws: `ComparisonError.file` where the table is damaged.
  func groups(
    of images: [ImageKey], in division: Division
  ) throws(ComparisonError) -> ImageGroups? {
    if FileManager.default.fileExists(atPath: groupsFile.path) {
      return try ComparisonError.filing(project: try ImageGroups.read(groupsFile, images: images))
    }
    guard let text = division.groups, !text.lowercased().hasSuffix(".csv") else { return nil }
    return try? ImageGroups(pattern: text, of: images)
  }

  /// How far the line search of a plan has come; nil where the plan has none.
  ///
  /// - Throws: `ComparisonError` where a table of scores is damaged.
  public func search(_ plan: ComparisonPlan) throws(ComparisonError) -> SearchResults? {
    guard let search = plan.search,
      let start = plan.recipes.first(where: { $0.name == search.recipe })
    else { return nil }
    return try SearchResults(search, from: start.recipe, seeds: plan.seeds) {
      run throws(ComparisonError) in
      let files = folder(ofTrial: run)
      guard FileManager.default.fileExists(atPath: files.scoresFile.path) else { return nil }
      return try ComparisonError.filing(project: files.scores()).map(\.iou)
    }
  }

  /// Whether a run is finished: its scores are there.
  public func isFinished(_ run: ComparisonRun) -> Bool {
    FileManager.default.fileExists(atPath: folder(of: run).scoresFile.path)
  }

  /// Why a run broke off; nil for one that did not.
  ///
  /// Its folder is removed to try it again.
  public func breakdown(of run: ComparisonRun) -> String? {
    (try? String(contentsOf: breakdownFile(of: run), encoding: .utf8))
      .map { $0.trimmingCharacters(in: .whitespacesAndNewlines) }
  }

  /// Keeps that a run broke off, so that it is neither tried again nor passed over in silence.
  public func write(breakdown reason: String, of run: ComparisonRun) throws(ComparisonError) {
    try write(reason + "\n", to: breakdownFile(of: run))
  }

  private func breakdownFile(of run: ComparisonRun) -> URL {
    folder(of: run).url.appending(path: "breakdown.txt")
  }

  /// Whether a comparison was begun here.
  public var isBegun: Bool { FileManager.default.fileExists(atPath: planFile.path) }

  /// Reads the plan as it is run.
  ///
  /// - Throws: `ComparisonError.noComparison` where none was begun, `.yaml` where it is damaged.
  public func plan() throws(ComparisonError) -> ComparisonPlan {
    guard isBegun else { throw .noComparison(url.path) }
    return try ComparisonPlan(contentsOf: planFile)
  }

  /// Keeps a test image as it is scored, values of 0...1, and its mask.
  public func write(
    _ key: ImageKey, image: Image, truth: Mask
  ) throws(ComparisonError) {
    var shown = image
    shown.values = image.values.map { $0 * 255 }
    let files = try ComparisonError.filing(
      project: [try key.pictureFile(in: imagesFolder), try key.pictureFile(in: truthFolder)])
    try ComparisonError.filing(AtomicWrite.write(PNG.encode(shown), to: files[0]))
    try ComparisonError.filing(AtomicWrite.write(MaskFile.encode(truth), to: files[1]))
  }

  /// Keeps what a run's network makes of a test image.
  public func write(
    _ prediction: Mask, of key: ImageKey, by run: ComparisonRun
  ) throws(ComparisonError) {
    let file = try ComparisonError.filing(project: folder(of: run).predictionFile(of: key))
    try ComparisonError.filing(AtomicWrite.write(MaskFile.encode(prediction), to: file))
  }

  /// A test image as it is scored: its 8-bit picture.
  public func image(of key: ImageKey) throws -> Image {
    try ImageFile.read(try key.pictureFile(in: imagesFolder))
  }

  /// The mask of a test image.
  public func truth(of key: ImageKey) throws -> Mask {
    try Self.mask(try key.pictureFile(in: truthFolder))
  }

  /// What a run's network made of a test image.
  public func prediction(of key: ImageKey, by run: ComparisonRun) throws -> Mask {
    try Self.mask(try folder(of: run).predictionFile(of: key))
  }

  /// Writes one of the comparison's texts in place of the one before.
  func write(_ text: String, to file: URL) throws(ComparisonError) {
    try ComparisonError.filing(AtomicWrite.write(text, to: file))
  }

  private static func mask(_ file: URL) throws -> Mask {
    try MaskFile.read(file, rule: .project).mask
  }
}
