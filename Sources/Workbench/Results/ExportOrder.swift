import Basics
public import Objects

/// What is to be exported, and where to.
public struct ExportOrder: Equatable, Sendable {
  /// The names of the formats, in the order in which they are listed.
  public var formats: [String]
  /// Whose cells.
  public var selection: CellSelection
  /// The folder in which each format has one of its own; empty for one in the project's folder.
  public var folder: String

  /// Orders formats.
  public init(
    formats: [String] = ["labels-tiff", "csv"], _ selection: CellSelection = .accepted,
    into folder: String = ""
  ) {
    (self.formats, self.selection, self.folder) = (formats, selection, folder)
  }
}

/// What was exported, the answer to `Effect.export`.
public struct ExportOutcome: Equatable, Sendable {
  /// What was written in one format.
  public struct Part: Equatable, Sendable {
    /// The name of its folder.
    public let folder: String
    /// How many files lie in it, besides the list of them.
    public let files: Int
    /// How many images are in them.
    public let images: Int
    /// How many cells.
    public let cells: Int
    /// How many of the images have cells that nobody reviewed.
    public let proposedImages: Int

    /// Counts what was written.
    public init(folder: String, files: Int, images: Int, cells: Int, proposedImages: Int) {
      (self.folder, self.files, self.images) = (folder, files, images)
      (self.cells, self.proposedImages) = (cells, proposedImages)
    }
  }

  /// The folder in which they lie.
  public let folder: String
  /// What was written, a part a format.
  public let parts: [Part]
  /// Whether it was stopped before its end.
  public let isStopped: Bool
  /// Lines for the user: what was left out.
  public let notices: [String]

  /// Sums it up.
  public init(folder: String, _ parts: [Part], isStopped: Bool = false, notices: [String] = []) {
    (self.folder, self.parts) = (folder, parts)
    (self.isStopped, self.notices) = (isStopped, notices)
  }
}

extension ExportOutcome {
  /// All in one line.
  var summary: String {
    let whole = parts.max { $0.cells < $1.cells }
    let text =
      whole.map {
        NumberText.count($0.cells, "cell") + " of " + NumberText.count($0.images, "image")
      } ?? "Nothing"
    return "\(text) exported to '\(folder)'" + (isStopped ? ", then stopped" : "")
      + (unreviewed.map { "; \($0)" } ?? ".")
  }

  /// A line a format, and what is to be known besides.
  var lines: [String] {
    ["In \(folder):"]
      + parts.map {
        "  \($0.folder): " + NumberText.count($0.files, "file") + ", "
          + NumberText.count($0.cells, "cell") + " of " + NumberText.count($0.images, "image")
      } + (isStopped ? ["Stopped: what was whole by then is kept."] : [])
      + [unreviewed].compactMap(\.self) + notices
  }

  private var unreviewed: String? {
    let count = parts.map(\.proposedImages).max() ?? 0
    guard count > 0 else { return nil }
    return "cells of \(NumberText.count(count, "image")) were proposed and not reviewed, "
      + "which manifest.csv says."
  }
}
