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
  /// Which of black and white was taken for cell.
  public internal(set) var polarity = MaskPolarity.cellWhite
  /// Images whose masks look inverted against the others, where the polarity was found.
  public internal(set) var dissenters: [ImageKey] = []

  /// One line for the user.
  public var summary: String {
    var parts = ["\(imported.count) mask\(imported.count == 1 ? "" : "s") taken over as accepted"]
    if polarity == .cellBlack { parts.append("cells are black in them (--mask-polarity)") }
    if let first = dissenters.first {
      parts.append(
        "\(dissenters.count) look\(dissenters.count == 1 ? "s" : "") inverted against the others,"
          + " such as that of '\(first)'")
    }
    if !kept.isEmpty { parts.append("\(kept.count) left as decided here before") }
    if let first = failures.first {
      parts.append("\(failures.count) refused, such as '\(first.key)': \(first.reason)")
    }
    return parts.joined(separator: "; ")
  }
}

extension ProjectStore {
  /// Takes over the masks that were found with the images; nil where there are none.
  ///
  /// A `polarity` that is given is kept in the settings; without one, that of the settings counts.
  public func takeFoundMasks(
    polarity: MaskPolarity?, time: Double
  ) throws(ProjectError) -> MaskImport? {
    if let polarity, polarity != settings.maskPolarity {
      var settings = settings
      settings.maskPolarity = polarity
      try update(settings)
    }
    guard !report.foundMasks.isEmpty else { return nil }
    return try importMasks(report.foundMasks, polarity: settings.maskPolarity, time: time)
  }

  /// Takes over masks that others made as accepted masks of their images.
  ///
  /// Images about which something was decided or drawn here keep what they have. A kill on the way
  /// leaves nothing half done: the decisions are written at once, at the end.
  ///
  /// `polarity` says which of black and white is cell, `automatic` decides for all of them together;
  /// `time` is in seconds since 1970.
  func importMasks(
    _ matches: [MaskMatch], polarity: MaskPolarity, time: Double
  ) throws(ProjectError) -> MaskImport {
    var result = MaskImport()
    result.polarity = polarity
    if polarity == .automatic {
      let found = MaskFile.decidePolarity(for: matches.map(\.file))
      result.polarity = found.polarity
      result.dissenters = found.dissenters.map { matches[$0].key }
    }
    var decisions: [Decision] = []
    try write { writer throws(ProjectError) in
      for match in matches {
        guard decision(on: match.key) == nil, strokes(of: match.key).isEmpty else {
          result.kept.append(match.key)
          continue
        }
        do {
          let source = try source(of: match.key)
          let header = try ImageFile.header(source.file, page: source.page)
          let mask = try MaskFile.read(
            match.file, polarity: result.polarity, page: match.page, imageWidth: header.width,
            imageHeight: header.height)
          let target = try files.mask(of: match.key)
          try ProjectError.filing(
            AtomicWrite.write(MaskFile.encode(mask), to: target, below: folder))
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
