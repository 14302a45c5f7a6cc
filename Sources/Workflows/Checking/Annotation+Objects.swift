import Imaging

extension Annotation {
  /// How many cells there are: numbers, or, where there are none, pieces of cell pixels that touch by an edge or
  /// a corner.
  var objects: (count: Int, areLabelled: Bool) {
    guard let labels else { return (mask.pieces, false) }
    var numbers = Set<UInt32>()
    var last: UInt32 = 0
    for label in labels where label != last {
      last = label
      numbers.insert(label)
    }
    return (numbers.subtracting([0]).count, true)
  }
}

extension Mask {
  /// How many pieces its cell pixels make, of which none touches another by an edge or a corner.
  var pieces: Int {
    var count = 0
    // Runs of a row, each with the number of its piece; `parents` joins pieces that meet further down.
    var parents: [Int] = []
    var above: [(columns: Range<Int>, piece: Int)] = []
    func root(_ piece: Int) -> Int {
      var piece = piece
      while parents[piece] != piece { piece = parents[piece] }
      return piece
    }
    for y in 0..<height {
      var row: [(columns: Range<Int>, piece: Int)] = []
      var first = 0
      for columns in runs(ofRow: y) {
        while first < above.count, above[first].columns.upperBound < columns.lowerBound {
          first += 1
        }
        var piece: Int?
        var index = first
        while index < above.count, above[index].columns.lowerBound <= columns.upperBound {
          let other = root(above[index].piece)
          if let known = piece, known != other {
            parents[max(known, other)] = min(known, other)
            piece = min(known, other)
            count -= 1
          } else {
            piece = other
          }
          index += 1
        }
        if piece == nil {
          parents.append(parents.count)
          count += 1
        }
        row.append((columns, piece ?? parents.count - 1))
      }
      above = row
    }
    return count
  }

  /// Where cell pixels stand side by side in a row.
  private func runs(ofRow y: Int) -> [Range<Int>] {
    var runs: [Range<Int>] = []
    var start: Int?
    for x in 0..<width {
      if pixels[y * width + x] != 0 {
        start = start ?? x
      } else if let begin = start {
        runs.append(begin..<x)
        start = nil
      }
    }
    if let start { runs.append(start..<width) }
    return runs
  }
}
