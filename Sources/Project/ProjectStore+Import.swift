import Files
import Foundation
public import Imaging
public import Recipes

/// What came of taking over masks that others made.
public struct MaskImport: Equatable, Sendable {
  /// A mask that was not taken over, and why.
  public struct Failure: Equatable, Sendable {
    /// The image.
    public let key: ImageKey
    /// One line.
    public let reason: String
  }

  /// Images whose masks are accepted now.
  var imported: [ImageKey] = []
  /// Images that were left alone because something was decided or drawn already.
  public internal(set) var kept: [ImageKey] = []
  /// Masks that could not be taken over.
  public internal(set) var failures: [Failure] = []
  /// How pictures of masks were read; nil where there are none, or they are not taken.
  public internal(set) var decision: MaskRule.Decision?
  /// Why pictures of masks are not taken without asking; nil where they are.
  public internal(set) var trouble: MaskTrouble?
  /// Images whose masks do not look like the others.
  public internal(set) var dissenters: [ImageKey] = []
  /// What of masks is passed over, a line each.
  var remarks: [String] = []

  /// One line for the user; empty where there is nothing to tell but the trouble.
  public var summary: String {
    if trouble != nil, imported.isEmpty, kept.isEmpty, failures.isEmpty { return "" }
    var parts = ["\(imported.count) mask\(imported.count == 1 ? "" : "s") taken over as accepted"]
    if let first = dissenters.first {
      parts.append(
        "\(dissenters.count) look\(dissenters.count == 1 ? "s" : "") unlike the others,"
          + " such as that of '\(first)'")
    }
    if let first = remarks.first {
      parts.append(first + (remarks.count > 1 ? " (and \(remarks.count - 1) more such lines)" : ""))
    }
    if !kept.isEmpty { parts.append("\(kept.count) left as decided here before") }
    if let first = failures.first {
      parts.append("\(failures.count) refused, such as '\(first.key)': \(first.reason)")
    }
    if let decision, !decision.line.isEmpty { parts.append(decision.line) }
    return parts.joined(separator: "; ")
  }
}

extension ProjectStore {
  /// Takes over the masks that were found with the images; nil where there are none.
  ///
  /// What is said of their numbers is kept in the settings; where nothing is, the settings count. It may be
  /// done on a thread beside all else: whoever draws or decides meanwhile waits for one mask at most.
  ///
  /// `time` is in seconds since 1970. `progress` is told of each image, with those that are accepted since it
  /// was told last; once `isStopped` says so no more are taken, which the next opening goes on with.
  public func takeFoundMasks(
    values: MaskValues?, time: Double, isStopped: () -> Bool = { false },
    progress: (_ accepted: ImageKey?, _ done: Int, _ total: Int) -> Void = { _, _, _ in }
  ) throws(ProjectError) -> MaskImport? {
    if let values, values != settings.maskValues {
      try update { $0.maskValues = values }
    }
    guard !report.foundMasks.isEmpty else { return nil }
    return try importMasks(
      report.foundMasks, values: settings.maskValues, time: time, isStopped: isStopped,
      progress: progress)
  }

  /// Takes over masks that others made as accepted masks of their images.
  ///
  /// Images about which something was decided or drawn here keep what they have. Each is accepted by itself: a
  /// kill on the way leaves nothing half done, and the rest to the next opening.
  ///
  /// `values` says what the numbers in pictures mean, `automatic` decides for all of them together; where that
  /// cannot be told without asking they are left alone. `time` is in seconds since 1970.
  func importMasks(
    _ matches: [MaskMatch], values: MaskValues, time: Double, isStopped: () -> Bool = { false },
    progress: (_ accepted: ImageKey?, _ done: Int, _ total: Int) -> Void = { _, _, _ in }
  ) throws(ProjectError) -> MaskImport {
    var result = MaskImport()
    let pages = matches.flatMap { match in match.source.pictures.map { (match.key, page: $0) } }
    do throws(MaskTrouble) {
      if !pages.isEmpty {
        let found = try MaskFile.decide(for: pages.map(\.page), given: values)
        result.decision = found
        let keys = found.dissenters.map { pages[$0].0 }
        result.dissenters = keys.indices.filter { keys.firstIndex(of: keys[$0]) == $0 }.map {
          keys[$0]
        }
      }
    } catch {
      result.trouble = error
    }
    let rule = result.decision?.rule ?? .project
    let wanted = matches.filter { result.trouble == nil || $0.source.pictures.isEmpty }
    for (index, match) in wanted.enumerated() where !isStopped() {
      if try take(match, rule: rule, time: time, into: &result) {
        progress(match.key, index + 1, wanted.count)
      } else {
        progress(nil, index + 1, wanted.count)
      }
    }
    return result
  }

  /// Takes over a mask, if nothing is done with its image by then; whether it is accepted.
  private func take(
    _ match: MaskMatch, rule: MaskRule, time: Double, into result: inout MaskImport
  ) throws(ProjectError) -> Bool {
    let key = match.key
    let source = try source(of: key)
    let target = try files.mask(of: key)
    let annotation: Annotation
    do {
      let header = try ImageFile.header(source.file, page: source.page)
      annotation = try match.source.read(
        rule: rule, width: header.width, height: header.height, image: (source.file, source.page)
      ) { result.remarks.append($0) }
    } catch {
      // One that cannot be read costs itself.
      result.failures.append(MaskImport.Failure(key: key, reason: "\(error)"))
      return false
    }
    let encoded = annotation.png
    let decision = Decision(
      image: key, state: .accepted, time: time, cells: annotation.objects.cells.count)
    var isTaken = false
    try write { writer throws(ProjectError) in
      guard self.decision(on: key) == nil, strokes(of: key).isEmpty else { return }
      if annotation.cells != nil { try tellOlderPrograms() }
      try ProjectError.filing(AtomicWrite.write(encoded, to: target, below: folder))
      try writer.decisions.append(decision)
      isTaken = true
    } then: {
      if isTaken { remember([decision]) }
    }
    if isTaken { result.imported.append(key) } else { result.kept.append(key) }
    return isTaken
  }
}
