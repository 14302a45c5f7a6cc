/// The sums of one pass over two label images.
struct OverlapCounter {
  /// The cells of one picture, in the order in which they were met.
  struct Side {
    /// What was met of a cell.
    struct Cell {
      let label: LabelImage.Label
      let first: Int
      var box: PixelBox
      var known = 0
      var unknown = 0
    }

    private(set) var cells: [Cell] = []
    /// Where each number stands in `cells`, or -1.
    private var places = [Int32](repeating: -1, count: Int(LabelImage.Label.max) + 1)

    /// Adds a run of a row to a cell.
    ///
    /// - Returns: the place of the cell.
    fileprivate mutating func add(
      _ run: Range<Int>, width: Int, label: LabelImage.Label, isKnown: Bool
    ) -> Int {
      let (row, column) = run.lowerBound.quotientAndRemainder(dividingBy: width)
      let box = PixelBox(columns: column..<column + run.count, rows: row..<row + 1)
      var place = Int(places[Int(label)])
      if place < 0 {
        place = cells.count
        places[Int(label)] = Int32(place)
        cells.append(Cell(label: label, first: run.lowerBound, box: box))
      } else {
        cells[place].box = cells[place].box.union(box)
      }
      if isKnown { cells[place].known += run.count } else { cells[place].unknown += run.count }
      return place
    }

    /// The cells of which at least half is known, and where each of all stands among them.
    var kept: (cells: [CellOverlap.Cell], places: [Int?]) {
      var kept: [CellOverlap.Cell] = []
      var places: [Int?] = []
      for cell in cells {
        let isKept = cell.known >= cell.unknown
        places.append(isKept ? kept.count : nil)
        guard isKept else { continue }
        kept.append(
          CellOverlap.Cell(label: cell.label, area: cell.known, box: cell.box, first: cell.first))
      }
      return (kept, places)
    }
  }

  private(set) var prediction = Side()
  private(set) var truth = Side()
  /// The known pixels that two cells share, by the place of the predicted one times 65,536 and of the true one.
  private(set) var common: [Int: Int] = [:]

  /// Adds a run of a row that is of one predicted and of one true cell, or of ground.
  mutating func add(
    _ run: Range<Int>, width: Int, labels: (LabelImage.Label, LabelImage.Label), isKnown: Bool
  ) {
    var places: (Int?, Int?)
    if labels.0 != 0 {
      places.0 = prediction.add(run, width: width, label: labels.0, isKnown: isKnown)
    }
    if labels.1 != 0 {
      places.1 = truth.add(run, width: width, label: labels.1, isKnown: isKnown)
    }
    guard isKnown, let predicted = places.0, let actual = places.1 else { return }
    common[predicted << 16 | actual, default: 0] += run.count
  }
}
