import Basics
import Files
import Foundation
import Recipes

/// What is known of a project in memory: the sum of its journals.
struct ProjectState: Sendable {
  var settings: ProjectSettings
  /// The newest decision about each image.
  var decisions: [ImageKey: Decision] = [:]
  var strokes: [ImageKey: [Stroke]] = [:]
  /// The newest proposal for each image.
  var proposals: [ImageKey: Proposal] = [:]
  /// Masks accepted since the opening, as PNG: what is left of them where the folder is deleted.
  var masks: [ImageKey: Data] = [:]

  init(settings: ProjectSettings) { self.settings = settings }

  /// Reads a project and leaves it as it is.
  static func read(
    _ files: ProjectFiles, name: String, report: inout OpeningReport
  ) throws(ProjectError) -> ProjectState {
    var state = ProjectState(settings: try settings(files) ?? ProjectSettings(name: name))
    state.replay(
      decisions: try Journal<Decision>.read(files.decisions),
      strokes: try Journal<StrokeLine>.read(files.strokes),
      proposals: try Journal<Proposal>.read(files.proposals), report: &report)
    return state
  }

  /// The settings on disk, if there are any.
  static func settings(_ files: ProjectFiles) throws(ProjectError) -> ProjectSettings? {
    guard FileKind(files.settings) != nil else {
      if FileKind(files.unfinished) != nil { throw .unfinished(files.folder.path) }
      return nil
    }
    let settings = try ProjectFiles.decode(ProjectSettings.self, from: files.settings)
    guard settings.version <= ProjectSettings.newestVersion else {
      throw .newer(
        files.settings.path, found: settings.version, known: ProjectSettings.newestVersion)
    }
    return settings
  }

  /// Takes the lines of all journals.
  mutating func replay(
    decisions: JournalContents<Decision>, strokes: JournalContents<StrokeLine>,
    proposals: JournalContents<Proposal>, report: inout OpeningReport
  ) {
    for line in decisions.lines { self.decisions[line.image] = line }
    for line in strokes.lines { self.strokes[line.image, default: []].append(line.stroke) }
    for line in proposals.lines { self.proposals[line.image] = line }
    let damage = [
      ("review.jsonl", decisions.damagedLines), ("strokes.jsonl", strokes.damagedLines),
      ("proposals.jsonl", proposals.damagedLines),
    ]
    report.damage = damage.filter { !$0.1.isEmpty }
      .map { OpeningReport.Damage(file: $0.0, lines: $0.1) }
  }

  /// Where an image stands: the newest decision, or the proposal if that is newer than a decision
  /// that left the image without a mask.
  func entry(of key: ImageKey, axes: String = "") -> ProjectEntry {
    let decision = decisions[key]
    let proposal = proposals[key]
    var state = decision?.state ?? .new
    if let proposal, !state.hasMask, state == .new || proposal.time > (decision?.time ?? 0) {
      state = .proposed
    }
    let cells = state.hasMask ? decision?.cells : state == .proposed ? proposal?.cells : nil
    return ProjectEntry(
      key: key, axes: axes, state: state, uncertainty: proposal?.uncertainty,
      quality: proposal?.quality, proposedBy: proposal?.run, cells: cells)
  }

  /// Whether nothing was ever decided, drawn or withdrawn here.
  func isUntouched(_ key: ImageKey) -> Bool {
    decisions[key] == nil && (strokes[key] ?? []).isEmpty
  }

  /// All images of which a journal says something.
  var names: Set<ImageKey> {
    Set(decisions.keys).union(strokes.keys).union(proposals.keys)
  }

  /// Images that are none of `keys` and have an accepted mask, or strokes of which nothing came yet.
  func gone(besides keys: [ImageKey], files: ProjectFiles) -> [ImageKey] {
    let known = Set(keys)
    return names.filter { key in
      guard !known.contains(key) else { return false }
      guard let decision = decisions[key] else { return strokes[key]?.isEmpty == false }
      guard decision.state.hasMask, let mask = try? files.mask(of: key) else { return false }
      return FileKind(mask) == .file
    }.sorted { NaturalOrder.precedes($0.text, $1.text) }
  }

  /// Forgets acceptances whose mask file is gone, and returns their images.
  mutating func dropMissingMasks(of keys: [ImageKey], files: ProjectFiles) -> [ImageKey] {
    let missing = keys.filter { key in
      guard decisions[key]?.state.hasMask == true, let file = try? files.mask(of: key) else {
        return false
      }
      return FileKind(file) != .file
    }
    for key in missing { decisions[key]?.state = .new }
    return missing
  }
}
