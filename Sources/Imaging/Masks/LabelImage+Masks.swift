extension LabelImage {
  /// The pieces of a mask as cells, however many there are: no pixel of the mask is lost.
  ///
  /// As ``init(componentsOf:)``, from 1 in the order of first pixels. Where there are more than ``Label`` can
  /// count, the 65,534 largest are kept apart, of equal ones the first, and all others are the cell 65,535.
  public init(piecesOf mask: Mask) {
    let pieces = Pieces(of: mask)
    self.init(width: mask.width, height: mask.height)
    let numbers = Self.numbers(of: pieces)
    for (run, piece) in pieces.runs { fill(run, with: numbers[piece]) }
  }

  /// Takes numbers of any size, as ``init(width:height:numbers:)``, out of a file that is named in errors.
  ///
  /// - Throws: `ImagingError.tooManyCells` where there are more different ones than ``Label`` can count.
  public init(width: Int, height: Int, numbers: [UInt32], of file: String) throws(ImagingError) {
    guard let cells = LabelImage(width: width, height: height, numbers: numbers) else {
      throw .tooManyCells(file: file, count: Set(numbers).subtracting([0]).count)
    }
    self = cells
  }

  /// The number of each piece's cell, by the piece's, which counts from 1.
  private static func numbers(of pieces: Pieces) -> [Label] {
    guard pieces.count > Int(Label.max) else { return (0...pieces.count).map { Label($0) } }
    var areas = [Int](repeating: 0, count: pieces.count + 1)
    for (run, piece) in pieces.runs { areas[piece] += run.count }
    let largest = (1...pieces.count).sorted { (areas[$1], $0) < (areas[$0], $1) }
    var numbers = [Label](repeating: .max, count: pieces.count + 1)
    for (place, piece) in largest.prefix(Int(Label.max) - 1).sorted().enumerated() {
      numbers[piece] = Label(place + 1)
    }
    return numbers
  }
}
