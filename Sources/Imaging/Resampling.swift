/// A change of an image's size done part by part, so that neither image need be held whole.
///
/// The values are those of ``Image/resized(width:height:)``, to the bit.
public struct Resampling: Sendable {
  /// Pixels in a row of the result.
  public let newWidth: Int
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

  /// A part of the result.
  ///
  /// - Parameters:
  ///   - wantedRows: Rows of the result.
  ///   - wantedColumns: Columns of the result.
  ///   - values: Some columns of a row of the image, first row first.
  /// - Returns: `wantedRows.count * wantedColumns.count` values, row by row.
  public func part(
    rows wantedRows: Range<Int>, columns wantedColumns: Range<Int>,
    of values: (_ row: Int, _ columns: Range<Int>) -> ArraySlice<Float>
  ) -> [Float] {
    let width = wantedColumns.count
    var result = [Float](repeating: 0, count: wantedRows.count * width)
    mix(
      Part(rows: rows.sources(of: wantedRows), columns: columns.sources(of: wantedColumns)),
      into: Part(rows: wantedRows, columns: wantedColumns), of: values
    ) { row, column, weight, narrowed in
      let start = (row - wantedRows.lowerBound) * width + column - wantedColumns.lowerBound
      for index in narrowed.indices { result[start + index] += weight * narrowed[index] }
    }
    return result
  }

  /// Adds what a part of the image is of the result, which begins as zeros.
  ///
  /// When all parts have been added, the result is whole.
  ///
  /// - Parameters:
  ///   - part: `partRows.count * partColumns.count` values, row by row.
  ///   - partRows: Their rows.
  ///   - partColumns: Their columns.
  ///   - result: The whole result, row by row.
  public func add(
    _ part: [Float], rows partRows: Range<Int>, columns partColumns: Range<Int>,
    to result: inout [Float]
  ) {
    let width = partColumns.count
    precondition(
      part.count == partRows.count * width,
      "\(part.count) values for \(width)x\(partRows.count)")
    let reached = Part(rows: rows.targets(of: partRows), columns: columns.targets(of: partColumns))
    mix(
      Part(rows: partRows, columns: partColumns), into: reached,
      of: { row, _ in
        let start = (row - partRows.lowerBound) * width
        return part[start..<start + width]
      },
      add: { row, column, weight, narrowed in
        let start = row * newWidth + column
        for index in narrowed.indices { result[start + index] += weight * narrowed[index] }
      })
  }

  private struct Part {
    let rows: Range<Int>
    let columns: Range<Int>
  }

  /// Mixes each row of a part of the image along itself, then hands it, with its weight, to every row
  /// of the result that it belongs to.
  private func mix(
    _ source: Part, into target: Part, of values: (Int, Range<Int>) -> ArraySlice<Float>,
    add: (_ row: Int, _ column: Int, _ weight: Float, _ narrowed: [Float]) -> Void
  ) {
    var narrowed = [Float](repeating: 0, count: target.columns.count)
    var first = target.rows.lowerBound
    for row in source.rows {
      while first < target.rows.upperBound, rows.end(first) <= row { first += 1 }
      guard first < target.rows.upperBound, rows.starts[first] <= row else { continue }
      narrow(values(row, source.columns), source.columns, target.columns, &narrowed)
      var reached = first
      while reached < target.rows.upperBound, rows.starts[reached] <= row {
        add(reached, target.columns.lowerBound, rows.weight(of: row, in: reached), narrowed)
        reached += 1
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
