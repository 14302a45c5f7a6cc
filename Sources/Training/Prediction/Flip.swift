/// The mirror images of a plane that keep its sides.
enum Flip: CaseIterable {
  case none, horizontal, vertical, both

  /// Values in mirrored order; doing it again gives them back.
  ///
  /// - Parameters:
  ///   - plane: Row by row.
  ///   - width: Values in a row.
  /// - Returns: As many values.
  func mirrored(_ plane: [Float], width: Int) -> [Float] {
    switch self {
    case .none: plane
    // Turned by half a turn is mirrored both ways.
    case .both: plane.reversed()
    case .horizontal: Self.rows(of: plane, width).flatMap { $0.reversed() }
    case .vertical: Self.rows(of: plane, width).reversed().flatMap(\.self)
    }
  }

  private static func rows(of plane: [Float], _ width: Int) -> [ArraySlice<Float>] {
    stride(from: 0, to: plane.count, by: width).map { plane[$0..<$0 + width] }
  }
}
