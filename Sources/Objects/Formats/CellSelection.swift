/// Whose cells are handed on.
public enum CellSelection: String, CaseIterable, Sendable {
  /// Those that somebody accepted.
  case accepted
  /// Those that a network proposed and nobody has decided about.
  case proposed
  /// Both.
  case all
}
