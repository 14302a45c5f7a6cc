import Imaging
import Objects
import Recipes

/// Chooses the working size of images: without a label one between the two neighbours whose masks agree best, and where
/// there are labels the one whose masks agree best with them, of those that hardly differ in that the largest.
///
/// Seen too small cells melt together or are gone, seen too large they fall apart, and either changes from one size to
/// the next; where cells are as large as those that the network learnt, a size more or less hardly matters. All here
/// is arithmetic; the looking is the predictor's.
public enum SizeFinder {
  /// The sizes that are tried, the smallest first.
  static let sizes = [128, 192, 256, 384, 512, 768]
  /// So many images are looked at, at most.
  public static let mostImages = 6
  /// From so many labels on they choose.
  public static let fewestLabels = 3
  /// By so much an image is enlarged at most, unless fewer sizes than `fewestSizes` were left.
  static let mostEnlarged = 1.5
  static let fewestSizes = 3
  /// Of images with a longer smallest side the middle is looked at: at every size, a whole one would be seen either
  /// too small for its cells or for long.
  static let largestSide = 1024

  /// The sizes to try on images whose smallest side is so many pixels, by a network that needs `least` of them.
  static func candidates(side: Int, least: Int) -> [Int] {
    let possible = sizes.filter { $0 >= least }
    let count = possible.count { Double($0) <= mostEnlarged * Double(side) }
    return Array(possible.prefix(max(count, fewestSizes)))
  }

  /// How well two masks of an image agree, 0...1: their IoU, and 0 where one of them is empty or all cell.
  ///
  /// - Returns: nil where both are empty, or both all cell, which says nothing.
  static func agreement(_ first: Mask, _ second: Mask) -> Double? {
    let (areas, pixels) = ([first.area, second.area], first.pixels.count)
    let blank = areas.filter { $0 == 0 || $0 == pixels }
    guard blank.isEmpty else { return blank == [0, 0] || blank == [pixels, pixels] ? nil : 0 }
    return Scores(prediction: first, truth: second).iou
  }

  /// How well each of so many sizes agrees with those beside it, as the mean over images.
  ///
  /// A row of `pairs` is an image's: how well its masks at each size but the last agree with those at the next. An
  /// image counts for a size by the mean of one or two such values, and not at all where it has none.
  static func agreements(of pairs: [[Double?]], sizes count: Int) -> [Double?] {
    (0..<count).map { place in
      mean(
        pairs.compactMap { row in
          mean([place - 1, place].compactMap { row.indices.contains($0) ? row[$0] : nil })
        })
    }
  }

  /// How well each of so many sizes but the last agrees with the next, as the mean over images; `pairs` as above.
  static func agreementsWithNext(of pairs: [[Double?]], sizes count: Int) -> [Double?] {
    (0..<max(0, count - 1)).map { place in
      mean(pairs.compactMap { $0.indices.contains(place) ? $0[place] : nil })
    }
  }

  /// The size between two: what they agree on says as much of one as of the other.
  ///
  /// Their geometric mean, to the nearest multiple of 32.
  static func between(_ first: Int, _ second: Int) -> Int {
    Int(((Double(first) * Double(second)).squareRoot() / 32).rounded()) * 32
  }

  /// The place of the size to look with: that of the greatest agreement, of equals the first, which is the fastest.
  ///
  /// - Returns: nil where none agrees on a pixel.
  static func choice(agreements: [Double?]) -> Int? {
    let best = agreements.compactMap(\.self).max() ?? 0
    return best > 0 ? agreements.firstIndex(of: best) : nil
  }

  /// By how much the IoU of a size is hardly less than another's.
  static let hardlyLess = 0.02

  /// The place of the size to look with where labels say how good each is, the smallest size first: the largest of
  /// those that are hardly worse than the best.
  ///
  /// What these weights see at both alike, they can learn to outline more finely at the larger one. Beyond an image's own
  /// side there is nothing finer to be seen: such a size is chosen only where it is the best itself.
  ///
  /// - Returns: nil where none finds a pixel.
  static func choice(ious: [Double?], sizes: [Int], side: Int) -> Int? {
    guard let best = choice(agreements: ious), let most = ious[best] else { return nil }
    return ious.indices.last { place in
      place > best && sizes[place] <= side && ious[place].map { $0 >= most - hardlyLess } == true
    } ?? best
  }

  /// Pixels across a typical cell: half of all that is cell lies in larger ones, so that specks hardly count.
  static func cellDiameter(areas: [Int]) -> Double? {
    let usual = CellDecoder.usual(areas)
    return usual > 0 ? 2 * (usual / .pi).squareRoot() : nil
  }

  static func mean(_ values: [Double]) -> Double? {
    values.isEmpty ? nil : values.reduce(0, +) / Double(values.count)
  }
}

/// What was seen of images at some sizes.
struct SizeLooks {
  /// What was seen of an image, a value a size.
  struct Row {
    /// How well its masks at each size but the last agree with those at the next.
    var pairs: [Double?] = []
    /// The IoU of its masks with the true one; none where that is not known, or has no cell.
    var ious: [Double] = []
    /// The areas of its cells, in its own pixels.
    var areas: [[Int]] = []
    /// How long it took.
    var seconds: [Double] = []
  }

  /// The sizes, the smallest first.
  let sizes: [Int]
  /// The smallest side of the images that these belong to.
  let referenceSide: Int
  /// The images.
  var rows: [Row] = []

  /// The size to look with, if any is.
  var found: FoundSize? {
    let agreements = SizeFinder.agreements(of: rows.map(\.pairs), sizes: sizes.count)
    let ious = sizes.indices.map { place in
      SizeFinder.mean(rows.compactMap { $0.ious.isEmpty ? nil : $0.ious[place] })
    }
    guard let places = places(ious: ious), let first = places.first, let last = places.last else {
      return nil
    }
    return FoundSize(
      size: first == last ? sizes[first] : SizeFinder.between(sizes[first], sizes[last]),
      referenceSide: referenceSide,
      cellDiameter: SizeFinder.cellDiameter(
        areas: rows.flatMap { row in places.flatMap { row.areas[$0] } }),
      looks: sizes.indices.map { index in
        FoundSize.Look(
          size: sizes[index], agreement: agreements[index], iou: ious[index],
          seconds: rows.map { $0.seconds[index] }.reduce(0, +) / Double(rows.count))
      })
  }

  /// The places of the sizes to look with: the one that the labels say, else the two that agree best; nil where none
  /// does.
  private func places(ious: [Double?]) -> ClosedRange<Int>? {
    if let place = SizeFinder.choice(ious: ious, sizes: sizes, side: referenceSide) {
      return place...place
    }
    let pairs = SizeFinder.agreementsWithNext(of: rows.map(\.pairs), sizes: sizes.count)
    return SizeFinder.choice(agreements: pairs).map { $0...$0 + 1 }
  }
}
