public import Imaging

/// What the second channel of a network learns: the core of each cell, apart from all others even where cells touch.
///
/// A core is the pixels whose distance to the nearest pixel that is not the cell's is more than ``share`` of the
/// cell's largest; never its outermost pixels, and at least one. Its width grows with the cell, so that a blurred
/// prediction still keeps two of them apart (marker and segmentation function: Lux and Matula 2020). What lies
/// beyond the picture's border belongs to nobody: a cell that is cut has its core up to the border.
public struct CoreTarget: Sendable {
  /// The part of a cell's largest distance beyond which its core begins.
  static let share: Float = 0.4
  /// Cells count as touching with so many pixels of ground between them.
  static let gap = 2

  /// The cores of all cells, each with its cell's number.
  public private(set) var cores: LabelImage
  /// The pixels of cells between their own core and a cell that they touch: those that are no core and to which
  /// another cell is the nearest thing that is not theirs.
  public private(set) var seam: Mask

  /// Finds the cores of all cells.
  public init(_ cells: LabelImage) {
    cores = LabelImage(width: cells.width, height: cells.height)
    seam = Mask(width: cells.width, height: cells.height)
    for (label, box) in cells.boxes { add(label, in: box, of: cells) }
  }

  private mutating func add(_ label: LabelImage.Label, in box: PixelBox, of cells: LabelImage) {
    // With the pixels around, among which are the nearest that are not the cell's.
    let view = box.widened(by: Self.gap + 1, width: cells.width, height: cells.height)
    var (outside, others): ([Int], [Int]) = ([], [])
    for y in view.rows {
      for x in view.columns where cells[x, y] != label {
        let place = (y - view.rows.lowerBound) * view.columns.count + x - view.columns.lowerBound
        outside.append(place)
        if cells[x, y] != 0 { others.append(place) }
      }
    }
    let (width, height) = (view.columns.count, view.rows.count)
    let squared = DistanceTransform.squared(to: outside, width: width, height: height)
    let largest = squared.max() ?? 0
    let least = max(Self.share * largest.squareRoot(), 1)
    // A cell that fills the picture is as far from others everywhere.
    var core = squared.indices.filter { squared[$0] > least * least || squared[$0] == .infinity }
    if core.isEmpty { core = Array(squared.indices.filter { squared[$0] == largest }.prefix(1)) }
    func index(of place: Int) -> Int {
      (view.rows.lowerBound + place / width) * cells.width + view.columns.lowerBound + place % width
    }
    for place in core { cores.fill(index(of: place)..<index(of: place) + 1, with: label) }
    guard !others.isEmpty else { return }
    let toOthers = DistanceTransform.squared(to: others, width: width, height: height)
    for place in squared.indices where squared[place] > 0 {
      let index = index(of: place)
      let isNear = toOthers[place].squareRoot() <= squared[place].squareRoot() + Float(Self.gap)
      if isNear, cores.labels[index] == 0 { seam.fill(index..<index + 1, with: true) }
    }
  }
}

extension PixelBox {
  /// The box with so many pixels more on each side, as far as a picture has them.
  func widened(by margin: Int, width: Int, height: Int) -> PixelBox {
    PixelBox(
      columns: max(columns.lowerBound - margin, 0)..<min(columns.upperBound + margin, width),
      rows: max(rows.lowerBound - margin, 0)..<min(rows.upperBound + margin, height))
  }
}

extension LabelImage {
  /// The smallest box around each cell, in the order of numbers.
  public var boxes: [(label: Label, box: PixelBox)] {
    var found: [Label: PixelBox] = [:]
    for y in 0..<height {
      var x = 0
      while x < width {
        let label = self[x, y]
        var end = x + 1
        while end < width, self[end, y] == label { end += 1 }
        if label != 0 {
          let box = PixelBox(columns: x..<end, rows: y..<y + 1)
          found[label] = found[label]?.union(box) ?? box
        }
        x = end
      }
    }
    return found.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }
}
