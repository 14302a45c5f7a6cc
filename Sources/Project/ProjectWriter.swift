import Files
import Foundation

/// The open journals of a project, its lock, and its folder held open.
final class ProjectWriter {
  let decisions: Journal<Decision>
  let strokes: Journal<StrokeLine>
  /// Can be computed again, so no append waits for the disk.
  let proposals: Journal<Proposal>
  private let lock: FolderLock
  let folder: HeldFolder

  /// Locks a project, removes what killed writes left, repairs its journals and reads them.
  static func open(
    _ files: ProjectFiles, name: String, report: inout OpeningReport
  ) throws(ProjectError) -> sending (writer: ProjectWriter, state: ProjectState) {
    let lock = try Self.lock(files.folder)
    report.isUnlocked = !lock.isHeld
    if lock.isHeld { report.leftovers = AtomicWrite.removeLeftovers(in: files.folder) }
    let settings: ProjectSettings
    if let found = try ProjectState.settings(files) {
      settings = found
      // A copy that was whole, and killed before it said so.
      if lock.isHeld { AtomicWrite.remove(files.unfinished) }
    } else {
      settings = ProjectSettings(name: name)
      try ProjectFiles.write(settings, to: files.settings, below: files.folder)
    }
    let decisions = try Journal<Decision>.open(
      files.decisions, isAlone: lock.isHeld, isDurable: true)
    let strokes = try Journal<StrokeLine>.open(
      files.strokes, isAlone: lock.isHeld, isDurable: true)
    let proposals = try Journal<Proposal>.open(
      files.proposals, isAlone: lock.isHeld, isDurable: false)
    var state = ProjectState(settings: settings)
    state.replay(
      decisions: decisions.contents, strokes: strokes.contents, proposals: proposals.contents,
      report: &report)
    let writer = ProjectWriter(
      lock: lock, folder: try ProjectError.filing(HeldFolder(files.folder)),
      decisions: decisions.journal, strokes: strokes.journal,
      proposals: proposals.journal)
    return (writer, state)
  }

  /// Takes the lock of a project's folder.
  static func lock(_ folder: URL) throws(ProjectError) -> FolderLock {
    do throws(FileError) {
      return try FolderLock(of: folder)
    } catch {
      guard case .locked(let path, let process) = error else { throw .file(error) }
      throw .locked(path, process: process)
    }
  }

  /// How long the journals are.
  var lengths: [Int] { [decisions.length, strokes.length, proposals.length] }

  /// Takes lines back that were added to the journals behind their lengths.
  func takeBack(to lengths: [Int]) {
    decisions.takeBack(to: lengths[0])
    strokes.takeBack(to: lengths[1])
    proposals.takeBack(to: lengths[2])
  }

  /// Throws where a path does not lead any more to the folder, or to the journals in it, that were opened.
  func check() throws(ProjectError) {
    guard folder.isInPlace else { throw .moved(folder.path, to: folder.place?.path) }
    guard folder.isNumbered else { return }
    for (file, isInPlace) in [
      (decisions.file, decisions.isInPlace), (strokes.file, strokes.isInPlace),
      (proposals.file, proposals.isInPlace),
    ] where !isInPlace { throw .exchanged(file.path) }
  }

  init(
    lock: FolderLock, folder: HeldFolder, decisions: Journal<Decision>,
    strokes: Journal<StrokeLine>, proposals: Journal<Proposal>
  ) {
    self.lock = lock
    self.folder = folder
    self.decisions = decisions
    self.strokes = strokes
    self.proposals = proposals
  }
}
