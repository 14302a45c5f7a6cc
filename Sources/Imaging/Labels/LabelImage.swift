/// Which cell each pixel belongs to: 0 is ground, every other number one cell, row by row from the top left.
///
/// What scikit-image, Fiji, Cellpose and StarDist call a label image. Numbers need not follow each other, and a
/// cell's pixels need not touch. A ``Mask`` is what is left of it where cells are not told apart.
public struct LabelImage: Equatable, Hashable, Sendable {
  /// A cell's number; 0 is ground.
  public typealias Label = UInt16

  /// Pixels in a row.
  public let width: Int
  /// Rows.
  public let height: Int
  /// `height * width` numbers.
  public private(set) var labels: [Label]

  /// An image without a cell.
  public init(width: Int, height: Int) {
    self.init(width: width, height: height, labels: Array(repeating: 0, count: width * height))
  }

  /// Takes just `height * width` numbers.
  public init(width: Int, height: Int, labels: [Label]) {
    precondition(labels.count == width * height, "\(labels.count) labels for \(width)x\(height)")
    (self.width, self.height, self.labels) = (width, height, labels)
  }

  /// Takes numbers of any size: as they are where all of them fit, else counted anew from 1 in their own order.
  ///
  /// - Returns: nil where there are more different ones than ``Label`` can count.
  /// - Precondition: there are just `height * width`.
  public init?(width: Int, height: Int, numbers: [UInt32]) {
    guard (numbers.max() ?? 0) > UInt32(Label.max) else {
      self.init(width: width, height: height, labels: numbers.map { Label($0) })
      return
    }
    let known = Set(numbers).subtracting([0]).sorted()
    guard known.count <= Int(Label.max) else { return nil }
    var places: [UInt32: Label] = [0: 0]
    for (place, number) in known.enumerated() { places[number] = Label(place + 1) }
    self.init(width: width, height: height, labels: numbers.map { places[$0] ?? 0 })
  }

  /// The number of the cell at the pixel in column `x` of row `y`.
  public subscript(x: Int, y: Int) -> Label {
    get { labels[y * width + x] }
    set { labels[y * width + x] = newValue }
  }

  /// Gives a run of pixels, counted row by row over the whole image, to a cell or to the ground.
  public mutating func fill(_ run: Range<Int>, with label: Label) {
    for index in run { labels[index] = label }
  }

  /// The pixels that are of any cell.
  public var mask: Mask {
    Mask(width: width, height: height, pixels: labels.map { $0 == 0 ? 0 : 1 })
  }

  /// The pixels of one cell.
  public func mask(of label: Label) -> Mask {
    Mask(width: width, height: height, pixels: labels.map { $0 == label ? 1 : 0 })
  }

  /// How many pixels each number has that stands anywhere, ground left out.
  public var areas: [Label: Int] {
    var counts = [Int](repeating: 0, count: Int(Label.max) + 1)
    for label in labels { counts[Int(label)] += 1 }
    var areas: [Label: Int] = [:]
    for (label, count) in counts.enumerated().dropFirst() where count > 0 {
      areas[Label(label)] = count
    }
    return areas
  }

  /// The numbers that stand anywhere, ground left out, in order.
  public var cells: [Label] {
    var isThere = [Bool](repeating: false, count: Int(Label.max) + 1)
    for label in labels { isThere[Int(label)] = true }
    return isThere.indices.dropFirst().filter { isThere[$0] }.map { Label($0) }
  }
}
