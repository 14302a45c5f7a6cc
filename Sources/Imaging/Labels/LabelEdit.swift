/// A change of a label image that knows its inverse: just the pixels that changed, and what they were.
///
/// Runs are ranges of pixels counted row by row over the whole image.
public struct LabelEdit: Equatable, Hashable, Sendable {
  /// Pixels that were all of one cell, or ground, and are all of another.
  public struct Change: Equatable, Hashable, Sendable {
    /// The pixels, of one or more rows.
    public let run: Range<Int>
    /// The cell that they were of; 0 is ground.
    public let old: LabelImage.Label
    /// The cell that they are of now; 0 is ground.
    public let new: LabelImage.Label

    /// Describes a change.
    public init(_ run: Range<Int>, from old: LabelImage.Label, to new: LabelImage.Label) {
      (self.run, self.old, self.new) = (run, old, new)
    }
  }

  /// What changed, in the order of pixels, none twice; two that touch differ in what changed.
  public let changes: [Change]

  /// Takes changes; what touches and is alike becomes one.
  ///
  /// - Precondition: they are in the order of pixels, and none has a pixel twice.
  public init(_ changes: [Change] = []) {
    precondition(
      zip(changes, changes.dropFirst()).allSatisfy { $0.run.upperBound <= $1.run.lowerBound },
      "changes out of order")
    var joined: [Change] = []
    for change in changes where !change.run.isEmpty {
      if let last = joined.last, last.run.upperBound == change.run.lowerBound,
        (last.old, last.new) == (change.old, change.new)
      {
        joined[joined.count - 1] = Change(
          last.run.lowerBound..<change.run.upperBound, from: last.old, to: last.new)
      } else {
        joined.append(change)
      }
    }
    self.changes = joined
  }

  /// The edit that takes this one back.
  public var inverse: LabelEdit {
    LabelEdit(changes.map { Change($0.run, from: $0.new, to: $0.old) })
  }

  /// Whether nothing changes.
  public var isEmpty: Bool { changes.isEmpty }

  /// The pixels that became cell, and those that became ground.
  public var mask: MaskEdit {
    MaskEdit(
      added: changes.filter { $0.old == 0 }.map(\.run),
      removed: changes.filter { $0.new == 0 }.map(\.run))
  }
}

/// What is to be drawn on a label image: runs of pixels and the cell that they are given to.
///
/// Unlike a ``LabelEdit`` it does not know what was there: `TiledLabels.effect(of:)` tells.
public struct LabelStroke: Equatable, Hashable, Sendable {
  /// Pixels that are given to one cell, or to the ground.
  public struct Part: Equatable, Hashable, Sendable {
    /// The cell; 0 is ground.
    public let label: LabelImage.Label
    /// The pixels.
    public let runs: [Range<Int>]

    /// Describes a part.
    public init(_ label: LabelImage.Label, _ runs: [Range<Int>]) {
      (self.label, self.runs) = (label, runs)
    }
  }

  /// What is drawn; where two have the same pixel the later one counts.
  public let parts: [Part]

  /// Takes parts.
  public init(_ parts: [Part]) { self.parts = parts }

  /// What an edit draws.
  public init(_ edit: LabelEdit) {
    let byLabel = Dictionary(grouping: edit.changes, by: \.new)
    parts = byLabel.sorted { $0.key < $1.key }.map { Part($0.key, $0.value.map(\.run)) }
  }

  /// What is drawn in the order of pixels, each once: the last part that has it counts.
  var inOrder: [(run: Range<Int>, label: LabelImage.Label)] {
    var runs: [(run: Range<Int>, part: Int)] = []
    for (place, part) in parts.enumerated() {
      for run in part.runs where !run.isEmpty { runs.append((run, place)) }
    }
    runs.sort { $0.run.lowerBound < $1.run.lowerBound }
    var drawn: [(run: Range<Int>, label: LabelImage.Label)] = []
    // The runs that have begun and not ended where the sweep is.
    var open: [(end: Int, part: Int)] = []
    var (next, start) = (0, 0)
    while next < runs.count || !open.isEmpty {
      if open.isEmpty { start = runs[next].run.lowerBound }
      while next < runs.count, runs[next].run.lowerBound <= start {
        open.append((runs[next].run.upperBound, runs[next].part))
        next += 1
      }
      let end = open.reduce(next < runs.count ? runs[next].run.lowerBound : .max) {
        min($0, $1.end)
      }
      let last = open.reduce(0) { max($0, $1.part) }
      drawn.append((start..<end, parts[last].label))
      start = end
      open.removeAll { $0.end <= end }
    }
    return drawn
  }
}
