extension LabelImage {
  /// The pieces of a mask, of which none touches another by an edge or a corner, counted from 1 in the order of
  /// their first pixels, as scikit-image's `label` counts them.
  ///
  /// - Returns: nil where there are more than ``Label`` can count.
  public init?(componentsOf mask: Mask) {
    let pieces = Pieces(of: mask)
    guard pieces.count <= Int(Label.max) else { return nil }
    self.init(width: mask.width, height: mask.height)
    for (run, piece) in pieces.runs { fill(run, with: Label(piece)) }
  }
}

/// The numbers that no cell has, from 1 on.
public struct FreeLabels: IteratorProtocol, Sendable {
  private let taken: Set<LabelImage.Label>
  private var last: LabelImage.Label = 0

  /// Leaves out what is taken.
  public init(besides taken: Set<LabelImage.Label>) { self.taken = taken }

  /// The next number; nil where all are taken.
  public mutating func next() -> LabelImage.Label? {
    while last < .max {
      last += 1
      if !taken.contains(last) { return last }
    }
    return nil
  }
}

/// Pieces of pixels of one number that touch by an edge, or by a corner too, found from run to run of a row.
public struct Pieces: Sendable {
  /// How many there are.
  public let count: Int
  /// The runs of one row each, counted over the whole picture, in order, with the number of their piece, which
  /// counts from 1 in the order of first pixels.
  public let runs: [(run: Range<Int>, piece: Int)]

  /// The pieces of a mask.
  public init(of mask: Mask) {
    self.init(width: mask.width, height: mask.height) { UInt16(mask.pixels[$0]) }
  }

  /// The pieces of all cells, of which one may lie in several; those that touch by a corner alone are one unless it is
  /// said that they are not.
  public init(of cells: LabelImage, joinsCorners: Bool = true) {
    self.init(width: cells.width, height: cells.height, joinsCorners: joinsCorners) {
      cells.labels[$0]
    }
  }

  /// The pieces of pixels to which `label` gives one number that is not 0.
  init(width: Int, height: Int, joinsCorners: Bool = true, label: (Int) -> UInt16) {
    // How far the runs of two rows lie apart at least that do not touch.
    let gap = joinsCorners ? 1 : 0
    var found: [(run: Range<Int>, piece: Int)] = []
    // `parents` joins pieces that meet further down: each leads to an earlier one, or to itself.
    var parents: [Int] = []
    func root(_ piece: Int) -> Int {
      var piece = piece
      while parents[piece] != piece {
        parents[piece] = parents[parents[piece]]
        piece = parents[piece]
      }
      return piece
    }
    var above = 0..<0
    for row in stride(from: 0, to: width * height, by: max(width, 1)) {
      var first = above.lowerBound
      let start = found.count
      var x = row
      while x < row + width {
        let number = label(x)
        var end = x + 1
        while end < row + width, label(end) == number { end += 1 }
        defer { x = end }
        guard number != 0 else { continue }
        while first < above.upperBound, found[first].run.upperBound + width < x + 1 - gap {
          first += 1
        }
        var piece: Int?
        var index = first
        while index < above.upperBound, found[index].run.lowerBound + width < end + gap {
          defer { index += 1 }
          guard label(found[index].run.lowerBound) == number else { continue }
          let other = root(found[index].piece)
          guard let known = piece, known != other else {
            piece = other
            continue
          }
          parents[max(known, other)] = min(known, other)
          piece = min(known, other)
        }
        if piece == nil { parents.append(parents.count) }
        found.append((x..<end, piece ?? parents.count - 1))
      }
      above = start..<found.count
    }
    // A root is always the first of its piece to be found, so that they count in the order of first pixels.
    var numbers = [Int](repeating: 0, count: parents.count)
    var count = 0
    for piece in parents.indices where parents[piece] == piece {
      count += 1
      numbers[piece] = count
    }
    runs = found.map { ($0.run, numbers[root($0.piece)]) }
    self.count = count
  }
}
