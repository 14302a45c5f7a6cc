/// A change of a mask that knows its inverse: just the pixels that changed.
///
/// Runs are ranges of pixels counted row by row over the whole mask.
public struct MaskEdit: Equatable, Hashable, Sendable {
  /// Runs that were background and became cell.
  public var added: [Range<Int>]
  /// Runs that were cell and became background.
  public var removed: [Range<Int>]

  /// Makes an edit from the runs that it adds and removes.
  public init(added: [Range<Int>] = [], removed: [Range<Int>] = []) {
    self.added = added
    self.removed = removed
  }

  /// What turns `old` into `new`.
  ///
  /// - Precondition: both have the same size.
  public init(from old: Mask, to new: Mask) {
    precondition(
      old.width == new.width && old.height == new.height,
      "\(old.width)x\(old.height) against \(new.width)x\(new.height)")
    added = Self.runs(old.pixels, new.pixels) { $0 < $1 }
    removed = Self.runs(old.pixels, new.pixels) { $0 > $1 }
  }

  /// The edit that takes this one back.
  public var inverse: MaskEdit { MaskEdit(added: removed, removed: added) }

  /// Whether nothing changes.
  public var isEmpty: Bool { added.isEmpty && removed.isEmpty }

  private static func runs(
    _ old: [UInt8], _ new: [UInt8], where differs: (UInt8, UInt8) -> Bool
  ) -> [Range<Int>] {
    var runs: [Range<Int>] = []
    var start: Int?
    for index in old.indices {
      if differs(old[index], new[index]) {
        start = start ?? index
      } else if let first = start {
        runs.append(first..<index)
        start = nil
      }
    }
    if let start { runs.append(start..<old.count) }
    return runs
  }
}

extension Mask {
  /// Carries out an edit.
  public mutating func apply(_ edit: MaskEdit) {
    for run in edit.added { fill(run, with: true) }
    for run in edit.removed { fill(run, with: false) }
  }
}
