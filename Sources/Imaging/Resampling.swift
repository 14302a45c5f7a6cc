/// A change of an image's size, which can be done part by part, so that neither image need be held whole.
///
/// In whatever parts, the values are those of ``Image/resized(width:height:)``, to the bit.
public struct Resampling: Sendable {
  /// Pixels in a row of the result.
  private let newWidth: Int
  private let columns: ResampledAxis
  private let rows: ResampledAxis

  /// Prepares to turn `width`x`height` into `newWidth`x`newHeight`.
  ///
  /// - Precondition: all sizes are at least 1.
  public init(width: Int, height: Int, newWidth: Int, newHeight: Int) {
    precondition(
      min(width, height, newWidth, newHeight) > 0,
      "\(width)x\(height) to \(newWidth)x\(newHeight)")
    self.newWidth = newWidth
    columns = ResampledAxis(from: width, to: newWidth)
    rows = ResampledAxis(from: height, to: newHeight)
  }

  /// Some rows and columns of the result, row by row; `values` gives some columns of a row of the image,
  /// first row first.
  public func part(
    rows wantedRows: Range<Int>, columns wantedColumns: Range<Int>,
    of values: (_ row: Int, _ columns: Range<Int>) -> ArraySlice<Float>
  ) -> [Float] {
    let width = wantedColumns.count
    var result = [Float](repeating: 0, count: wantedRows.count * width)
    mix(
      (rows.sources(of: wantedRows), columns.sources(of: wantedColumns)),
      into: (wantedRows, wantedColumns), of: values, start: -wantedRows.lowerBound * width,
      stride: width, of: &result)
    return result
  }

  /// Adds what a part of the image, some rows and columns of it row by row, is of the whole result, which
  /// begins as zeros and is complete when all parts have been added.
  public func add(
    _ part: [Float], rows partRows: Range<Int>, columns partColumns: Range<Int>,
    to result: inout [Float]
  ) {
    let width = partColumns.count
    precondition(
      part.count == partRows.count * width,
      "\(part.count) values for \(width)x\(partRows.count)")
    let reached = columns.targets(of: partColumns)
    mix(
      (partRows, partColumns), into: (rows.targets(of: partRows), reached),
      of: { row, _ in
        let start = (row - partRows.lowerBound) * width
        return part[start..<start + width]
      }, start: reached.lowerBound, stride: newWidth, of: &result)
  }

  private typealias Part = (rows: Range<Int>, columns: Range<Int>)

  /// Mixes each row of a part of the image along itself, then adds it, with its weight, to every row of
  /// the result that it belongs to: `row` stands at `start + row * stride`.
  private func mix(
    _ source: Part, into target: Part, of values: (Int, Range<Int>) -> ArraySlice<Float>,
    start: Int, stride: Int, of result: inout [Float]
  ) {
    var narrowed = [Float](repeating: 0, count: target.columns.count)
    var first = target.rows.lowerBound
    for row in source.rows {
      while first < target.rows.upperBound, rows.end(first) <= row { first += 1 }
      guard first < target.rows.upperBound, rows.starts[first] <= row else { continue }
      narrow(values(row, source.columns), source.columns, target.columns, &narrowed)
      for reached in first..<target.rows.upperBound {
        guard rows.starts[reached] <= row else { break }
        let weight = rows.weight(of: row, in: reached)
        let place = start + reached * stride
        for index in narrowed.indices { result[place + index] += weight * narrowed[index] }
      }
    }
  }

  private func narrow(
    _ values: ArraySlice<Float>, _ source: Range<Int>, _ target: Range<Int>,
    _ narrowed: inout [Float]
  ) {
    let shift = values.startIndex - source.lowerBound
    for (index, column) in target.enumerated() {
      let start = columns.starts[column]
      let shown = max(start, source.lowerBound)..<min(columns.end(column), source.upperBound)
      var sum: Float = 0
      for place in shown {
        sum += columns.weights[columns.offsets[column] + place - start] * values[place + shift]
      }
      narrowed[index] = sum
    }
  }
}

extension Image {
  /// The image in another size: area averaging down, bilinear with half-pixel centres up.
  ///
  /// Each axis chooses for itself. Averaging gives each output pixel the mean of the input area that it
  /// covers, with fractional weights.
  ///
  /// - Precondition: all sizes are at least 1.
  public func resized(width newWidth: Int, height newHeight: Int) -> Image {
    if newWidth == width && newHeight == height { return self }
    let resampling = Resampling(
      width: width, height: height, newWidth: newWidth, newHeight: newHeight)
    let mixed = resampling.part(rows: 0..<newHeight, columns: 0..<newWidth) { row, columns in
      values[row * width + columns.lowerBound..<row * width + columns.upperBound]
    }
    return Image(width: newWidth, height: newHeight, bitDepth: bitDepth, values: mixed)
  }

  /// The image with its smaller side as given and its aspect kept.
  public func resized(smallestSide: Int) -> Image {
    let size = Self.size(width: width, height: height, smallestSide: smallestSide)
    return resized(width: size.width, height: size.height)
  }

  /// The size whose smaller side is `smallestSide`, the aspect kept; the longer is rounded, a half to
  /// even, as the reference does.
  public static func size(
    width: Int, height: Int, smallestSide: Int
  ) -> (width: Int, height: Int) {
    let scale = Double(smallestSide) / Double(min(width, height))
    func scaled(_ side: Int) -> Int {
      max(smallestSide, Int((Double(side) * scale).rounded(.toNearestOrEven)))
    }
    return (scaled(width), scaled(height))
  }
}
