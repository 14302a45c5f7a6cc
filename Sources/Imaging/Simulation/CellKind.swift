/// Kinds of cells by their shape.
public enum CellKind: String, CaseIterable, Sendable {
  /// Long and narrow with tapering ends.
  case spindle
  /// A body with several processes.
  case spread
  /// Wide and thin.
  case flat
  /// Held at a few tips, with straight or hollow edges between them.
  case polygonal
  /// A thin lamella on one side, drawn together on the other.
  case fan
  /// A small body with long thin processes that branch.
  case branched
  /// Round, holding on to the ground.
  case rounded
  /// In division: nearly a ball, or two.
  case mitotic
  /// Broken up into bright blebs.
  case dead
  /// A short rod, as bacteria and yeasts are.
  case rod

  /// Whether the cell is thick and stands high, without a lamella.
  var isHigh: Bool { self == .mitotic || self == .dead || self == .rod }
}
