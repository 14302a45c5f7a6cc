import Imaging
public import Recipes

extension ProjectStore {
  /// Whether the accepted mask of an image came from a network: it was corrected from a proposal, or it is the
  /// proposal, or has at least one of its cells just as it was proposed.
  ///
  /// Who draws a cell himself never hits all its pixels. False where the image has no mask, or the proposal cannot be
  /// read any more.
  public func isFromNetwork(_ key: ImageKey) -> Bool {
    switch entry(of: key).state {
    case .corrected: return true
    case .new, .proposed, .rejected: return false
    case .accepted: break
    }
    guard let proposed = proposal(of: key)?.cells, let accepted = try? acceptedCells(of: key)
    else { return false }
    return accepted == proposed || accepted.hasCell(of: proposed)
  }
}

extension LabelImage {
  /// Cells of fewer pixels are the same by chance.
  private static let fewestPixels = 12

  /// Whether one of its cells is also one of another image of its size, pixel by pixel, whatever their numbers.
  func hasCell(of other: LabelImage) -> Bool {
    guard (width, height) == (other.width, other.height) else { return false }
    let (areas, others) = (areas, other.areas)
    // What lies below a cell: another's number, 0 too, and nil where that is not the same all over.
    var below: [Label: Label?] = [:]
    for (label, found) in zip(labels, other.labels) where label != 0 {
      if let known = below[label] {
        if known != found { below[label] = .some(nil) }
      } else {
        below[label] = .some(found)
      }
    }
    return areas.contains { label, area in
      guard area >= Self.fewestPixels, let found = below[label] ?? nil, found != 0 else {
        return false
      }
      return others[found] == area
    }
  }
}
