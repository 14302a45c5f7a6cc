/// Kinds of crowds of cells that touch each other.
enum CrowdKind: String, CaseIterable, Sendable {
  /// Round and oval cells that bud, in colonies: yeasts.
  case yeast
  /// Rods side by side, dividing or grown to filaments: bacteria.
  case bacteria
  /// Cells that tile the plane with thin seams: epithelia.
  case epithelium
  /// Round cells in pairs and heaps, flattened where they meet or piled up: cells in suspension, in
  /// division, loosely held.
  case heap
  /// Spindles and spread cells that touch and overlap at their rims: fibroblasts about to be confluent.
  case tissue
}
