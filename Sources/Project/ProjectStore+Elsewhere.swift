import Files
public import Foundation
public import Recipes
import Synchronization

extension ProjectStore {
  /// Writes a copy of the project's labels into a folder of their own and goes on writing there.
  ///
  /// Settings, decisions and strokes are those in memory, with `strokes` that could not be written so
  /// far; masks come from the project's folder, wherever it is by now, or are those that were accepted
  /// since the opening. Nothing is changed in the project itself; its runs stay there.
  ///
  /// - Returns: lines for the user, such as which accepted masks are gone.
  /// - Throws: `ProjectError.notEmpty` where something lies there already other than a project without
  ///   labels, which is put aside; after any error nothing is there that was not before.
  public func writeElsewhere(
    _ folder: URL, adding strokes: [(stroke: Stroke, key: ImageKey)]
  ) throws(ProjectError) -> [String] {
    try writer.withLock { writer throws(ProjectError) in
      var labels = state.withLock { $0 }
      for (stroke, key) in strokes { labels.strokes[key, default: []].append(stroke) }
      let source = ProjectFiles(folder: writer?.folder.place ?? self.folder)
      let target = ProjectPlace(folder: folder.standardizedFileURL, reason: .given)
      let files = ProjectFiles(folder: target.folder)
      var report = OpeningReport()
      report.missingMasks = try labels.write(to: target, masksFrom: source)
      let masks = labels.masks
      let opened = try ProjectWriter.open(files, name: labels.settings.name, report: &report)
      state.withLock {
        $0 = opened.state
        $0.masks = masks
      }
      location.withLock { $0 = target }
      writer = opened.writer
      return report.notices
    }
  }
}

extension ProjectState {
  /// Writes all labels as a new project, whole or not at all, and forgets acceptances whose mask is gone.
  ///
  /// - Returns: the images of those.
  fileprivate mutating func write(
    to place: ProjectPlace, masksFrom source: ProjectFiles
  ) throws(ProjectError) -> [ImageKey] {
    let (target, parent) = (place.folder, place.folder.deletingLastPathComponent())
    let draft = parent.appending(path: ".\(target.lastPathComponent).copying")
    try? FileManager.default.removeItem(at: draft)
    do throws(ProjectError) {
      try ProjectError.filing(AtomicWrite.makeFolder(draft))
      let gone = try writeFiles(to: ProjectFiles(folder: draft), masksFrom: source)
      if let names = try? FileManager.default.contentsOfDirectory(atPath: target.path),
        !names.isEmpty
      {
        guard place.isProject, !place.holdsLabels else { throw .notEmpty(target.path) }
        let aside = (1...).lazy.map {
          parent.appending(path: "\(target.lastPathComponent).empty-\($0)")
        }
        .first { FileKind($0) == nil }
        if let aside { try ProjectError.filing(AtomicWrite.rename(target, to: aside)) }
      }
      try ProjectError.filing(AtomicWrite.rename(draft, to: target))
      return gone
    } catch {
      try? FileManager.default.removeItem(at: draft)
      throw error
    }
  }

  private mutating func writeFiles(
    to target: ProjectFiles, masksFrom source: ProjectFiles
  ) throws(ProjectError) -> [ImageKey] {
    func copy(_ data: Data?, _ file: URL) throws(ProjectError) -> Bool {
      guard let data else { return false }
      try ProjectError.filing(AtomicWrite.write(data, to: file))
      return true
    }
    var gone: [ImageKey] = []
    for key in decisions.keys.sorted() where decisions[key]?.state.hasMask == true {
      let mask = masks[key] ?? (try? Data(contentsOf: source.mask(of: key)))
      if try copy(mask, target.mask(of: key)) { continue }
      gone.append(key)
      decisions[key]?.state = .new
    }
    for key in proposals.keys.sorted() {
      let mask = try? Data(contentsOf: source.proposal(of: key))
      if try !copy(mask, target.proposal(of: key)) { proposals[key] = nil }
    }
    try Self.write(proposals.values.sorted { $0.time < $1.time }, to: target.proposals)
    let lines = strokes.sorted { $0.key < $1.key }.flatMap { key, strokes in
      strokes.map { StrokeLine(image: key, stroke: $0) }
    }
    try Self.write(lines, to: target.strokes)
    try Self.write(decisions.values.sorted { $0.time < $1.time }, to: target.decisions)
    try ProjectFiles.write(settings, to: target.settings)
    return gone
  }

  private static func write<Line: JournalLine>(_ lines: [Line], to file: URL) throws(ProjectError) {
    let bytes = try Journal<Line>.bytes(of: lines, for: file)
    try ProjectError.filing(AtomicWrite.write(Data(bytes), to: file))
  }
}
