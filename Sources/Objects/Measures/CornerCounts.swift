import Imaging

/// The corners at which pixels meet: which of the four around each are of one cell, and which cells meet there.
struct CornerCounts {
  /// The cells that each touches, in order of their numbers.
  let neighbours: [[LabelImage.Label]]
  /// 16 numbers a cell: at how many corners the four pixels are, or are not, its own.
  private var counts: [Int]

  /// Looks at so many cells, which are told apart by where in `places` their numbers lead.
  init(of image: FramedLabels, cells: Int, places: [Int]) {
    counts = Array(repeating: 0, count: 16 * cells)
    let (labels, down) = (image.labels, image.stride)
    var pairs = Pairs()
    for y in 0...image.height {
      for place in y * down..<y * down + image.width + 1 {
        let around = SIMD4(
          labels[place], labels[place + 1], labels[place + down], labels[place + down + 1])
        guard around != SIMD4(repeating: around[0]) else { continue }
        for corner in 0..<4 where around[corner] != 0 {
          let label = around[corner]
          let isOwn = around .== SIMD4(repeating: label)
          var (mask, isFirst) = (0, true)
          for other in 0..<4 where isOwn[other] {
            mask |= 1 << other
            if other < corner { isFirst = false }
          }
          guard isFirst else { continue }
          counts[16 * places[Int(label)] + mask] += 1
          for other in corner..<4 where around[other] != 0 && around[other] != label {
            pairs.insert(label, around[other])
          }
        }
      }
    }
    neighbours = pairs.neighbours(of: cells, places: places)
  }

  /// The perimeter of the cell at a place by Crofton's formula in four directions, as scikit-image's
  /// `perimeter_crofton` has it.
  ///
  /// A corner counts by the sides and diagonals that lead out of the cell there, in one sense of each direction.
  func length(at place: Int) -> Double {
    var (beside, aslant) = (0, 0)
    for mask in 1..<15 {
      let count = counts[16 * place + mask]
      func leaves(_ from: Int, _ to: Int) -> Int {
        mask & 1 << from != 0 && mask & 1 << to == 0 ? count : 0
      }
      // Each side lies at two corners: those of the upper right pixel are counted here.
      beside += leaves(3, 1) + leaves(0, 1)
      aslant += leaves(3, 0) + leaves(1, 2)
    }
    return .pi / 4 * (Double(beside) + Double(aslant) / 2.0.squareRoot())
  }
}

/// Pairs of cells that touch.
private struct Pairs {
  private var pairs: Set<UInt32> = []
  private var last: UInt32 = 0

  mutating func insert(_ a: LabelImage.Label, _ b: LabelImage.Label) {
    let pair = UInt32(min(a, b)) << 16 | UInt32(max(a, b))
    // The same two meet at one corner after the other.
    guard pair != last else { return }
    last = pair
    pairs.insert(pair)
  }

  func neighbours(of cells: Int, places: [Int]) -> [[LabelImage.Label]] {
    var neighbours = [[LabelImage.Label]](repeating: [], count: cells)
    for pair in pairs {
      let (a, b) = (LabelImage.Label(pair >> 16), LabelImage.Label(pair & 0xFFFF))
      neighbours[places[Int(a)]].append(b)
      neighbours[places[Int(b)]].append(a)
    }
    return neighbours.map { $0.sorted() }
  }
}
