/// Where cells are thickest, for masks of networks that know no core: maxima of the distance to the ground.
///
/// A maximum counts where the way to a higher one leads down by more than ``depth`` of its own height (h-maxima
/// whose h goes with the cell): the watershed of a distance transform that neither breaks a bent cell up at each bulge
/// nor needs a number for a folder.
enum DistanceSeeds {
  /// The part of its height by which a maximum stands out.
  static let depth: Float = 0.25

  /// The pixels of every maximum that counts, numbered from 1; 0 elsewhere.
  static func markers(
    of distances: [Float], inside: [UInt8], width: Int, height: Int
  ) -> [Int32] {
    let order = distances.indices.filter { inside[$0] != 0 }
      .sorted { distances[$0] == distances[$1] ? $0 < $1 : distances[$0] > distances[$1] }
    // From the top down: each pixel joins the hills around it, and the lower of two that meet ends there unless it
    // stands out.
    var hills = Hills(count: distances.count)
    for index in order {
      let x = index % width
      var around: [Int] = []
      if index >= width { around.append(index - width) }
      if x > 0 { around.append(index - 1) }
      if x + 1 < width { around.append(index + 1) }
      if index + width < distances.count { around.append(index + width) }
      hills.add(index, touching: around, height: distances[index])
    }
    var markers = [Int32](repeating: 0, count: distances.count)
    for (number, top) in hills.standing.enumerated() { markers[top] = Int32(number + 1) }
    return markers
  }

  /// Hills that grow together as the water falls.
  private struct Hills {
    /// Leads from each pixel to one higher up the same hill, or to itself; -1 under water.
    private var parents: [Int]
    /// The height of the hill of a pixel that is its own parent, and its top.
    private var heights: [Float]
    /// Tops of hills that stood out when they met a higher one, and, of each root, the tops that are left.
    private var isStanding: [Bool]

    init(count: Int) {
      parents = Array(repeating: -1, count: count)
      heights = Array(repeating: 0, count: count)
      isStanding = Array(repeating: false, count: count)
    }

    /// The tops that count, in the order of pixels.
    var standing: [Int] { isStanding.indices.filter { isStanding[$0] } }

    private mutating func root(_ index: Int) -> Int {
      var index = index
      while parents[index] != index {
        parents[index] = parents[parents[index]]
        index = parents[index]
      }
      return index
    }

    mutating func add(_ index: Int, touching around: [Int], height: Float) {
      parents[index] = index
      heights[index] = height
      isStanding[index] = true
      for neighbour in around where parents[neighbour] >= 0 {
        let (a, b) = (root(index), root(neighbour))
        guard a != b else { continue }
        // Of equals the one that came first stays.
        let (high, low) =
          heights[a] > heights[b] || heights[a] == heights[b] && a < b ? (a, b) : (b, a)
        if heights[low] - height <= DistanceSeeds.depth * heights[low] { isStanding[low] = false }
        parents[low] = high
      }
    }
  }
}
