public import Files
public import Foundation
public import Recipes

/// The files of one training run, `runs/<id>/`.
public struct RunFolder: Equatable, Sendable {
  /// The run's name, `ft-01`.
  public let id: String
  /// The folder.
  public let url: URL

  /// Names the folder of a run, which may not exist yet.
  public init(id: String, url: URL) {
    self.id = id
    self.url = url
  }

  /// The run's settings.
  var recipeFile: URL { url.appending(path: "recipe.json") }
  /// One line an epoch.
  var historyFile: URL { url.appending(path: "history.csv") }
  /// Which images were trained and validated on, `image,split`.
  public var splitFile: URL { url.appending(path: "split.csv") }
  /// The weights that count: the best, the last or a mean of them, as the recipe says.
  ///
  /// A run of an earlier version has them as `best.safetensors`, whatever they are, until it is gone on with.
  public var weightsFile: URL {
    FileKind(newWeightsFile) == nil && FileKind(olderWeightsFile) == .file
      ? olderWeightsFile : newWeightsFile
  }
  private var newWeightsFile: URL { url.appending(path: "weights.safetensors") }
  private var olderWeightsFile: URL { url.appending(path: "best.safetensors") }
  /// All that a resumed run needs.
  public var checkpointFile: URL { url.appending(path: "last.checkpoint") }
  /// Scores of images against their masks.
  public var scoresFile: URL { url.appending(path: "scores.csv") }

  /// A pretraining's settings.
  var pretrainingFile: URL { url.appending(path: "pretraining.json") }
  /// One line a validation of a pretraining.
  var validationFile: URL { url.appending(path: "validation.csv") }

  /// The predicted mask of an image.
  public func predictionFile(of key: ImageKey) throws(ProjectError) -> URL {
    try ProjectFiles.file(of: key, in: url.appending(path: "predictions"))
  }

  /// The run's label image of an image: the cells that its network tells apart.
  public func predictedCellsFile(of key: ImageKey) throws(ProjectError) -> URL {
    try ProjectFiles.file(of: key, in: url.appending(path: "cells"))
  }

  /// Whether the run has weights.
  public var hasWeights: Bool { FileKind(weightsFile) == .file }
  /// Whether there is something to go on from, or something of that name that cannot be read.
  public var hasCheckpoint: Bool { !FileKind.isMissing(checkpointFile) }
  /// Whether the folder says what its run is to learn by.
  public var isBegun: Bool {
    hasCheckpoint || [recipeFile, pretrainingFile].contains { FileKind($0) != nil }
  }
  /// Whether the folder has nothing but what a run leaves that is killed before its first file.
  public var isBare: Bool {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: url.path)) ?? []
    return names.allSatisfy {
      $0 == FolderLock.fileName || $0.hasSuffix(AtomicWrite.suffix)
    }
  }

  /// What is said of a run that has done them.
  public var trainedNote: String {
    "the run in '\(url.path)' is finished, nothing is left to train"
  }

  /// Sets room aside for so many bytes of weights, and for the small files that come beside and after them.
  public func room(for weights: Int) throws(ProjectError) -> DiskRoom {
    try ProjectError.filing(DiskRoom(weights + 1 << 20, in: url))
  }

  /// Writes the weights that count, in the place of those of an earlier version too, into room that was
  /// set aside for them.
  public func writeWeights(
    _ pieces: some Sequence<Data>, into room: DiskRoom? = nil
  ) throws(ProjectError) {
    try ProjectError.filing(AtomicWrite.write(pieces, to: newWeightsFile, below: url, into: room))
    if FileKind(olderWeightsFile) == .file { AtomicWrite.remove(olderWeightsFile) }
  }

  /// Writes all that a resumed run needs.
  public func writeCheckpoint(_ pieces: some Sequence<Data>) throws(ProjectError) {
    try ProjectError.filing(AtomicWrite.write(pieces, to: checkpointFile, below: url))
  }

  /// Removes the checkpoint of a run that is finished.
  public func removeCheckpoint() { AtomicWrite.remove(checkpointFile) }

  /// Gives the weights a name that nothing has, so that a run that begins again does not write over them.
  ///
  /// - Returns: the name; nil where there are none.
  public func setWeightsAside() throws(ProjectError) -> String? {
    guard hasWeights else { return nil }
    let aside = (1...).lazy.map { [url] number in
      url.appending(
        path: "weights-before\(number == 1 ? "" : "-\(number)").safetensors",
        directoryHint: .notDirectory)
    }.first { FileKind($0) == nil }
    guard let aside else { return nil }
    try ProjectError.filing(AtomicWrite.rename(weightsFile, to: aside))
    return aside.lastPathComponent
  }

  /// Gives a checkpoint that is damaged another name, so that its run can begin again; one that had that name
  /// goes.
  ///
  /// - Returns: the name.
  public func setCheckpointAside() throws(ProjectError) -> String {
    let aside = url.appending(path: Self.damagedCheckpoint, directoryHint: .notDirectory)
    try ProjectError.filing(AtomicWrite.rename(checkpointFile, to: aside))
    return Self.damagedCheckpoint
  }

  /// What a damaged checkpoint is called that was set aside.
  public static let damagedCheckpoint = "damaged.checkpoint"

  /// Removes what killed writes left in the folder.
  public func removeLeftovers() { _ = AtomicWrite.removeLeftovers(in: url) }

  /// Writes the run's settings.
  public func write(_ recipe: Recipe) throws(ProjectError) {
    try ProjectFiles.write(recipe, to: recipeFile)
  }

  /// Reads the run's settings.
  public func recipe() throws(ProjectError) -> Recipe {
    try Recipe(contentsOf: recipeFile)
  }

  /// Writes a pretraining's settings.
  public func write(_ settings: PretrainingSettings) throws(ProjectError) {
    try ProjectFiles.write(settings, to: pretrainingFile)
  }

  /// Reads a pretraining's settings.
  public func pretrainingSettings() throws(ProjectError) -> PretrainingSettings {
    try ProjectFiles.decode(PretrainingSettings.self, from: pretrainingFile)
  }

  /// Writes all validations of a pretraining.
  public func write(_ validations: [ValidationRecord]) throws(ProjectError) {
    try ProjectError.filing(
      AtomicWrite.write(ValidationTable.text(validations), to: validationFile, below: url))
  }

  /// Writes which images are trained and validated on.
  public func write(_ split: Split) throws(ProjectError) {
    try ProjectError.filing(AtomicWrite.write(split.csv, to: splitFile))
  }

  /// Whether the run says which images it trains and validates on.
  public var hasSplit: Bool { !FileKind.isMissing(splitFile) }

  /// Reads which images were trained and validated on; names are keys and are not checked.
  public func split() throws(ProjectError) -> Split {
    let rows = Split.table.rows(of: try ProjectFiles.text(of: splitFile)).compactMap(\.row)
    return Split(parts: Dictionary(rows.map { ($0.key, $0.part) }, uniquingKeysWith: { $1 }))
  }

  /// Adds an epoch to the history.
  public func append(_ record: EpochRecord) throws(ProjectError) {
    var line = RunHistory.table.line(record)
    if FileKind(historyFile) == nil {
      line = RunHistory.table.heading + line
    } else if try ProjectFiles.text(of: historyFile).last?.isNewline == false {
      line = "\n" + line  // a crash tore the last line
    }
    try ProjectError.filing(AppendedFile(historyFile).append(Array(line.utf8), isDurable: true))
  }

  /// Writes a whole history, as a run that resumes from an earlier epoch does.
  public func write(_ history: [EpochRecord]) throws(ProjectError) {
    try ProjectError.filing(
      AtomicWrite.write(RunHistory.table.text(history), to: historyFile, below: url))
  }

  /// Reads the history.
  ///
  /// A run without one has had no epoch; torn lines are skipped.
  public func history() throws(ProjectError) -> [EpochRecord] {
    guard !FileKind.isMissing(historyFile) else { return [] }
    return RunHistory.table.rows(of: try ProjectFiles.text(of: historyFile)).compactMap(\.row)
  }
}
