public import Imaging

/// Makes cells of what a network says of each pixel: whether it is cell, and whether it is of a cell's core.
///
/// Seeds are pieces of core; they grow inside the mask until they meet (``Watershed``), and are one cell where there
/// is hardly less core between two than within (``CoreSaddles``). A piece of the mask without a seed is one cell, so
/// that nothing the mask channel found is lost but specks. Every number here is a share of what the picture itself
/// shows: nothing is set for a folder.
public struct CellDecoder: Sendable {
  /// A probability above which a pixel is core.
  public static let threshold: Float = 0.5
  /// The part of the usual seed below which a piece of core is none.
  static let smallestSeed = 0.08
  /// Pixels that a seed has at least.
  static let fewestSeedPixels = 3
  /// The part of the usual cell below which a piece of the mask without a core is a speck.
  static let speck = 0.1

  private let width: Int
  private let height: Int
  private let mask: Mask

  /// Takes which pixels are cell.
  public init(_ mask: Mask) {
    (width, height) = (mask.width, mask.height)
    self.mask = mask
  }

  /// The cells, counted from 1 in the order of their first pixels; `core` has the probabilities of core.
  ///
  /// Without them the mask's own shape tells cells apart, see ``DistanceSeeds``, and every small piece is a speck.
  public func cells(core: [Float]? = nil) -> LabelImage {
    let (seeds, landscape) = core.map(seeds(in:)) ?? shapeSeeds()
    var grown = Watershed.labels(
      of: landscape, markers: seeds, inside: mask.pixels, width: width, height: height)
    if let core { grown = CoreSaddles.joined(grown, core: core, width: width) }
    let pieces = Pieces(of: mask)
    var isGrown = [Bool](repeating: false, count: pieces.count + 1)
    var area = [Int](repeating: 0, count: pieces.count + 1)
    for (run, piece) in pieces.runs {
      area[piece] += run.count
      if !isGrown[piece] { isGrown[piece] = run.contains { grown[$0] != 0 } }
    }
    let bare = area.indices.dropFirst().filter { !isGrown[$0] }.map { area[$0] }
    let usual = Self.usual(areas(of: grown) + bare)
    var next = grown.max() ?? 0
    // What becomes of pieces in which no core stands: a cell of their own, or nothing.
    var numbers = [Int32?](repeating: nil, count: pieces.count + 1)
    for piece in area.indices.dropFirst() where core == nil || !isGrown[piece] {
      if Double(area[piece]) < Self.speck * usual {
        numbers[piece] = 0
      } else if !isGrown[piece] {
        next += 1
        numbers[piece] = next
      }
    }
    for (run, piece) in pieces.runs {
      guard let number = numbers[piece] else { continue }
      for index in run { grown[index] = number }
    }
    return counted(grown)
  }

  /// Pieces of core inside the mask that are large enough, and how unlike core each pixel is, 0...255.
  private func seeds(in core: [Float]) -> (markers: [Int32], landscape: [UInt8]) {
    precondition(core.count == width * height, "\(core.count) values for \(width)x\(height)")
    let inside = core.indices.map { index -> UInt8 in
      core[index] > Self.threshold && mask.pixels[index] != 0 ? 1 : 0
    }
    let pieces = Pieces(of: Mask(width: width, height: height, pixels: inside))
    var areas = [Int](repeating: 0, count: pieces.count + 1)
    for (run, piece) in pieces.runs { areas[piece] += run.count }
    let usual = Self.usual(Array(areas.dropFirst()))
    let least = max(Double(Self.fewestSeedPixels), Self.smallestSeed * usual)
    var markers = [Int32](repeating: 0, count: width * height)
    for (run, piece) in pieces.runs where Double(areas[piece]) >= least {
      for index in run { markers[index] = Int32(piece) }
    }
    let landscape = core.map { UInt8(min(max(((1 - $0) * 255).rounded(), 0), 255)) }
    return (markers, landscape)
  }

  /// The tops of the mask's distances to the ground.
  private func shapeSeeds() -> (markers: [Int32], landscape: [UInt8]) {
    let ground = mask.pixels.indices.filter { mask.pixels[$0] == 0 }
    let distances = DistanceTransform.squared(to: ground, width: width, height: height)
      .map { min($0, Float(width * width + height * height)).squareRoot() }
    let markers = DistanceSeeds.markers(
      of: distances, inside: mask.pixels, width: width, height: height)
    let largest = max(distances.max() ?? 1, 1)
    return (markers, distances.map { UInt8(255 - 255 * $0 / largest) })
  }

  /// The areas of all numbers from 1 on that have pixels.
  private func areas(of labels: [Int32]) -> [Int] {
    var areas = [Int](repeating: 0, count: Int(labels.max() ?? 0) + 1)
    for label in labels { areas[Int(label)] += 1 }
    return areas.dropFirst().filter { $0 > 0 }
  }

  /// The area of which half of all pixels lie in larger pieces and half in smaller ones, so that specks do not
  /// count for more than they are; 0 without any.
  public static func usual(_ areas: [Int]) -> Double {
    let sorted = areas.sorted()
    let half = sorted.reduce(0, +) / 2
    var sum = 0
    for area in sorted {
      sum += area
      if sum > half { return Double(area) }
    }
    return 0
  }

  /// Counts anew, in the order of first pixels; of more cells than numbers the last ones are one.
  private func counted(_ labels: [Int32]) -> LabelImage {
    var numbers = [LabelImage.Label](repeating: 0, count: Int(labels.max() ?? 0) + 1)
    var last: LabelImage.Label = 0
    let counted = labels.map { label -> LabelImage.Label in
      guard label != 0 else { return 0 }
      if numbers[Int(label)] == 0 {
        if last < .max { last += 1 }
        numbers[Int(label)] = last
      }
      return numbers[Int(label)]
    }
    return LabelImage(width: width, height: height, labels: counted)
  }
}
