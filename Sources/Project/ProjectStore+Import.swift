import Files
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
    if let first = remarks.first { parts.append(first) }
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
  /// What is said of their numbers is kept in the settings; where nothing is, the settings count.
  public func takeFoundMasks(
    values: MaskValues?, time: Double
  ) throws(ProjectError) -> MaskImport? {
    if let values, values != settings.maskValues {
      var settings = settings
      settings.maskValues = values
      try update(settings)
    }
    guard !report.foundMasks.isEmpty else { return nil }
    return try importMasks(report.foundMasks, values: settings.maskValues, time: time)
  }

  /// Takes over masks that others made as accepted masks of their images.
  ///
  /// Images about which something was decided or drawn here keep what they have. A kill on the way
  /// leaves nothing half done: the decisions are written at once, at the end.
  ///
  /// `values` says what the numbers in pictures mean, `automatic` decides for all of them together; where that
  /// cannot be told without asking they are left alone. `time` is in seconds since 1970.
  func importMasks(
    _ matches: [MaskMatch], values: MaskValues, time: Double
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
    var decisions: [Decision] = []
    try write { writer throws(ProjectError) in
      for match in matches where result.trouble == nil || match.source.pictures.isEmpty {
        guard decision(on: match.key) == nil, strokes(of: match.key).isEmpty else {
          result.kept.append(match.key)
          continue
        }
        do {
          let source = try source(of: match.key)
          let header = try ImageFile.header(source.file, page: source.page)
          let annotation = try match.source.read(
            rule: rule, width: header.width, height: header.height,
            image: (source.file, source.page)
          ) { result.remarks.append($0) }
          let target = try files.mask(of: match.key)
          try ProjectError.filing(
            AtomicWrite.write(MaskFile.encode(annotation), to: target, below: folder))
        } catch let error as ImagingError {
          result.failures.append(MaskImport.Failure(key: match.key, reason: "\(error)"))
          continue
        } catch let error as ProjectError {
          throw error
        } catch {
          continue
        }
        decisions.append(Decision(image: match.key, state: .accepted, time: time))
        result.imported.append(match.key)
      }
      try writer.decisions.append(contentsOf: decisions)
    }
    remember(decisions)
    return result
  }
}
