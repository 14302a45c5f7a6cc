/// Counts the pixels of a few cells; of one without taking memory.
struct LabelTally {
  private var first: (label: LabelImage.Label, pixels: Int) = (0, 0)
  private var others: [(label: LabelImage.Label, pixels: Int)] = []

  /// The one with most pixels, of several the lowest, and whether there are several; 0 where nothing was counted.
  var most: (label: LabelImage.Label, isTied: Bool) {
    var (most, isTied) = (first, false)
    for other in others where other.pixels >= most.pixels {
      isTied = other.pixels == most.pixels
      if !isTied || other.label < most.label { most = other }
    }
    return (most.label, isTied)
  }

  /// All that have most pixels.
  var allMost: [LabelImage.Label] {
    let counted = [first] + others
    let most = counted.reduce(0) { max($0, $1.pixels) }
    return counted.filter { $0.pixels == most }.map(\.label)
  }

  /// Counts pixels of a cell.
  mutating func add(_ label: LabelImage.Label, _ pixels: Int) {
    if first.label == label || first.pixels == 0 {
      first = (label, first.pixels + pixels)
    } else if let place = others.firstIndex(where: { $0.label == label }) {
      others[place].pixels += pixels
    } else {
      others.append((label, pixels))
    }
  }

  /// Counts what another has counted.
  mutating func add(_ other: LabelTally) {
    if other.first.pixels > 0 { add(other.first.label, other.first.pixels) }
    for (label, pixels) in other.others { add(label, pixels) }
  }
}
