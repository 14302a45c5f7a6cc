import Files
import Foundation
import Recipes

/// A project's labels on their way into a folder of their own, and what of them is there.
///
/// A file `.copying` stands in the folder from the beginning, and `aura.json` comes last, when all else is
/// on disk: what a kill leaves is no project.
public struct LabelCopy: Sendable {
  /// The project that it becomes.
  let place: ProjectPlace
  /// What the copy says.
  private(set) var labels = ProjectState(settings: ProjectSettings(name: ""))
  /// Images whose accepted mask is gone, so that they are new in the copy.
  private var gone: Set<ImageKey> = []
  /// What the project said of each image when that was copied.
  private var seen: [ImageKey: Label] = [:]
  /// Whether the disk knows no locks.
  private let isUnlocked: Bool
  /// How long the journals are.
  private var lengths: (decisions: Int, strokes: Int, proposals: Int) = (0, 0, 0)
  private let ground: CopyGround
  private let held: HeldFolder
  private var lock: FolderLock?

  private var files: ProjectFiles { ProjectFiles(folder: place.folder) }

  /// Begins a copy in a folder that is made, if it is not there.
  ///
  /// - Throws: `ProjectError.notEmpty` where something lies there that may not be put aside, as nothing may in
  ///   the project's own folder.
  init(in folder: URL, of project: URL) throws(ProjectError) {
    place = ProjectPlace(folder: folder.standardizedFileURL, reason: .given)
    ground = try CopyGround(place, of: project)
    do throws(ProjectError) {
      let (lock, held) = try Self.take(place.folder)
      (self.lock, self.held, isUnlocked) = (lock, held, !lock.isHeld)
    } catch {
      ground.restore()
      throw error
    }
  }

  /// Takes the lock of a folder and says in it that what comes is not finished.
  private static func take(
    _ folder: URL
  ) throws(ProjectError) -> (lock: FolderLock, held: HeldFolder) {
    try ProjectError.filing(AtomicWrite.probe(folder))
    let lock = try ProjectWriter.lock(folder)
    let held = try ProjectError.filing(HeldFolder(folder))
    let mark = ProjectFiles(folder: folder).unfinished
    try ProjectError.filing(AtomicWrite.write(Data(), to: mark, below: folder))
    return (lock, held)
  }

  /// Takes masks and proposals in that the copy has not, or not as they are `now`; `read` has what the
  /// project says of an image, and its files, as they are at one moment.
  mutating func take(
    _ now: ProjectState, isDurable: Bool, read: (ImageKey) -> LabelFiles
  ) throws(ProjectError) {
    for key in now.names.sorted() {
      let before = seen[key] ?? Label()
      guard before != now.label(of: key) else { continue }
      let found = read(key)
      if before.decision != found.label.decision || before.mask != found.label.mask {
        try take(found.label.decision, found.mask, of: key, isDurable)
      }
      if before.proposal != found.label.proposal {
        labels.proposals[key] = nil
        if let mask = found.proposal {
          try write(mask, to: files.proposal(of: key), isDurable: false)
          labels.proposals[key] = found.label.proposal
        }
      }
      seen[key] = found.label
    }
  }

  private mutating func take(
    _ decision: Decision?, _ mask: Data?, of key: ImageKey, _ isDurable: Bool
  ) throws(ProjectError) {
    labels.decisions[key] = decision
    gone.remove(key)
    guard decision?.state.hasMask == true else {
      return AtomicWrite.remove(try files.mask(of: key))
    }
    if let mask { return try write(mask, to: files.mask(of: key), isDurable: isDurable) }
    labels.decisions[key]?.state = .new
    labels.decisions[key]?.cells = nil
    gone.insert(key)
  }

  private func write(_ data: Data, to file: URL, isDurable: Bool) throws(ProjectError) {
    try check()
    try ProjectError.filing(
      AtomicWrite.write(data, to: file, below: place.folder, isDurable: isDurable))
  }

  /// Throws where the folder's path leads to another one by now, in which nothing may be written.
  private func check() throws(ProjectError) {
    guard held.isInPlace else { throw .moved(held.path, to: held.place?.path) }
  }

  /// Writes the journals of what is taken in and of the strokes, and waits until all of it is on disk.
  mutating func writeJournals(_ strokes: [ImageKey: [Stroke]]) throws(ProjectError) {
    labels.strokes = strokes
    lengths = (
      try write(labels.decisions.values.sorted { $0.time < $1.time }, to: files.decisions),
      try write(Self.lines(of: strokes), to: files.strokes),
      try write(labels.proposals.values.sorted { $0.time < $1.time }, to: files.proposals)
    )
    try ProjectError.filing(held.sync())
  }

  private func write<Line: JournalLine>(
    _ lines: [Line], to file: URL
  ) throws(ProjectError) -> Int {
    let bytes = try Journal<Line>.bytes(of: lines, for: file)
    try write(Data(bytes), to: file, isDurable: false)
    return bytes.count
  }

  /// Makes the copy a whole project: adds what is new or changed since the journals were written, and
  /// strokes that are in no journal yet.
  ///
  /// - Returns: the project, open to be written.
  mutating func finish(
    _ now: ProjectState, adding strokes: [(stroke: Stroke, key: ImageKey)],
    read: (ImageKey) -> LabelFiles
  ) throws(ProjectError) -> sending ProjectWriter {
    try check()
    let before = labels
    try take(now, isDurable: true, read: read)
    (labels.settings, labels.strokes, labels.masks) = (now.settings, now.strokes, now.masks)
    for (stroke, key) in strokes { labels.strokes[key, default: []].append(stroke) }
    if strokes.contains(where: \.stroke.tellsCells) {
      labels.settings.version = max(labels.settings.version, ProjectSettings.cellVersion)
    }
    let writer = try writer()
    try writer.check()
    try writer.proposals.append(contentsOf: Self.changed(labels.proposals, since: before.proposals))
    try writer.strokes.append(contentsOf: Self.lines(of: labels.strokes, after: before.strokes))
    try writer.decisions.append(contentsOf: Self.changed(labels.decisions, since: before.decisions))
    try ProjectFiles.write(labels.settings, to: files.settings, below: files.folder)
    try writer.check()
    AtomicWrite.remove(files.unfinished)
    // It is the project's from now on, and goes with that.
    lock = nil
    return writer
  }

  private func writer() throws(ProjectError) -> sending ProjectWriter {
    guard let lock else { throw .unfinished(place.folder.path) }
    func journal<Line: JournalLine>(
      _ file: URL, _ length: Int, isDurable: Bool = true
    ) throws(ProjectError) -> Journal<Line> {
      try Journal(continuing: file, length: length, isAlone: lock.isHeld, isDurable: isDurable)
    }
    return ProjectWriter(
      lock: lock, folder: held, decisions: try journal(files.decisions, lengths.decisions),
      strokes: try journal(files.strokes, lengths.strokes),
      proposals: try journal(files.proposals, lengths.proposals, isDurable: false))
  }

  private static func lines(
    of strokes: [ImageKey: [Stroke]], after before: [ImageKey: [Stroke]] = [:]
  ) -> [StrokeLine] {
    strokes.keys.sorted().flatMap { key in
      (strokes[key] ?? []).dropFirst(before[key]?.count ?? 0)
        .map { StrokeLine(image: key, stroke: $0) }
    }
  }

  private static func changed<Line: Equatable>(
    _ lines: [ImageKey: Line], since before: [ImageKey: Line]
  ) -> [Line] {
    lines.keys.sorted().compactMap { lines[$0] == before[$0] ? nil : lines[$0] }
  }

  /// Lines for the user about a finished copy.
  var notices: [String] {
    var report = OpeningReport()
    report.isUnlocked = isUnlocked
    report.missingMasks = gone.sorted()
    return report.notices
  }

  /// Takes away what was written of a copy that is not finished: the folder is what it was before.
  public mutating func discard() {
    // What lies under its path by now may be anybody's.
    let isInPlace = held.isInPlace
    if isInPlace { files.removeLabels() }
    lock = nil
    if isInPlace { ground.restore() }
  }
}
