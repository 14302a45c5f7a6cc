/// How the outermost pixels of each cell follow one another, from which comes its perimeter.
///
/// Outermost are pixels of which an edge is not the cell's. Each counts by the outermost ones around it: 1 where the
/// outline goes straight through, the root of 2 where it goes through aslant, their mean where it turns (Benkrid and
/// Crookes; scikit-image's `perimeter` with 4 neighbours).
struct PerimeterCounts {
  private enum Step: Int {
    case straight, aslant, turning

    /// The step at a pixel with so many outermost ones of its cell beside it and at its corners; nil for none.
    init?(beside: Int, corners: Int) {
      switch (beside, corners) {
      case (2, 0), (3, 0), (2, 1), (3, 1), (2, 2), (3, 2): self = .straight
      case (0, 2), (1, 3): self = .aslant
      case (1, 1), (1, 2): self = .turning
      default: return nil
      }
    }
  }

  /// Three numbers a cell.
  private var counts: [Int]

  /// Looks at so many cells, which are told apart by where in `places` their numbers lead.
  init(of image: FramedLabels, cells: Int, places: [Int]) {
    counts = Array(repeating: 0, count: 3 * cells)
    let (labels, down) = (image.labels, image.stride)
    var outermost = [UInt8](repeating: 0, count: labels.count)
    for y in 0..<image.height {
      for place in image.places(ofRow: y) {
        let label = labels[place]
        if label != 0,
          labels[place - 1] != label || labels[place + 1] != label || labels[place - down] != label
            || labels[place + down] != label
        {
          outermost[place] = 1
        }
      }
    }
    let beside = [-down, -1, 1, down]
    let corners = [-down - 1, -down + 1, down - 1, down + 1]
    for y in 0..<image.height {
      for place in image.places(ofRow: y) where outermost[place] != 0 {
        let label = labels[place]
        func count(_ steps: [Int]) -> Int {
          var count = 0
          for step in steps where labels[place + step] == label {
            count += Int(outermost[place + step])
          }
          return count
        }
        if let step = Step(beside: count(beside), corners: count(corners)) {
          counts[3 * places[Int(label)] + step.rawValue] += 1
        }
      }
    }
  }

  /// The perimeter of the cell at a place.
  func length(at place: Int) -> Double {
    func count(_ step: Step) -> Double { Double(counts[3 * place + step.rawValue]) }
    let aslant = 2.0.squareRoot()
    return count(.straight) + aslant * count(.aslant) + (1 + aslant) / 2 * count(.turning)
  }
}
