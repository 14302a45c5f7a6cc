/// A change of cells as wholes: some get other numbers, some become ground, and no pixel is looked at to say so.
///
/// Thousands of cells that are counted anew are thus a short line, where a ``LabelEdit`` names each of their rows.
public struct Relabelling: Equatable, Hashable, Sendable {
  /// The number that each cell gets which does not keep its own; 0 makes ground of it.
  public let numbers: [LabelImage.Label: LabelImage.Label]

  /// Takes the numbers that cells get; the ground, and what keeps its number, are left out.
  public init(_ numbers: [LabelImage.Label: LabelImage.Label]) {
    self.numbers = numbers.filter { $0.key != 0 && $0.key != $0.value }
  }

  /// Whether nothing changes.
  public var isEmpty: Bool { numbers.isEmpty }

  /// Whether a cell becomes ground, so that the cells after it do not tell what was there before.
  public var removesCells: Bool { numbers.values.contains(0) }

  /// What gives cells their numbers back.
  ///
  /// - Precondition: no cell becomes ground, and no two get one number.
  public var inverse: Relabelling {
    precondition(!removesCells, "cells that became ground have no number to go back from")
    return Relabelling(Dictionary(uniqueKeysWithValues: numbers.map { ($1, $0) }))
  }
}

/// The number that each of a picture's cells gets, looked up by its old one; 0 where there is no such cell.
///
/// Tiles share one, so that many of them are renumbered without a look at their pixels.
final class LabelTable: Sendable {
  private let numbers: [LabelImage.Label]
  /// Whether every cell that there is keeps its number.
  let isIdentity: Bool

  /// The numbers that cells get, of which none becomes ground.
  init(_ relabelling: Relabelling, on cells: some Collection<LabelImage.Label>) {
    var numbers = [LabelImage.Label](repeating: 0, count: Int(cells.max() ?? 0) + 1)
    for cell in cells { numbers[Int(cell)] = relabelling.numbers[cell] ?? cell }
    self.numbers = numbers
    isIdentity = relabelling.isEmpty
  }

  /// One table after another.
  private init(_ first: LabelTable, then second: LabelTable) {
    let numbers = first.numbers.map { second[$0] }
    self.numbers = numbers
    isIdentity = numbers.enumerated().allSatisfy { $1 == 0 || Int($1) == $0 }
  }

  /// The number that a cell gets; ground stays ground.
  subscript(label: LabelImage.Label) -> LabelImage.Label {
    Int(label) < numbers.count ? numbers[Int(label)] : 0
  }

  /// A table behind others, each pair of which is joined once.
  struct Joined {
    /// What comes last.
    let last: LabelTable
    /// The first ones are held too: no other can be in their place in memory.
    private var known: [ObjectIdentifier: (first: LabelTable, both: LabelTable)] = [:]

    init(_ last: LabelTable) { self.last = last }

    /// One table, and then the last.
    mutating func after(_ first: LabelTable) -> LabelTable {
      if let known = known[ObjectIdentifier(first)] { return known.both }
      let both = LabelTable(first, then: last)
      known[ObjectIdentifier(first)] = (first, both)
      return both
    }
  }
}
