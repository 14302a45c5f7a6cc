import Imaging

/// How a whole image becomes a network's input and the answer the image's size again.
///
/// The smallest side is scaled to the working size (by area down, bilinear up) with the aspect kept;
/// then both sides are padded by reflection, evenly on both ends, to the network's multiple.
struct WorkingFrame: Equatable, Sendable {
  // The image's own size.
  let width: Int
  let height: Int
  // Its size at working size.
  let scaledWidth: Int
  let scaledHeight: Int
  // That with its padding.
  let paddedWidth: Int
  let paddedHeight: Int
  /// Padding in front of a row.
  var left: Int { (paddedWidth - scaledWidth) / 2 }
  /// Padding above.
  var top: Int { (paddedHeight - scaledHeight) / 2 }

  /// Plans for an image of the given size.
  ///
  /// - Precondition: everything is at least 1.
  init(width: Int, height: Int, size: Int, multiple: Int) {
    precondition(
      min(width, height, size, multiple) > 0,
      "a \(width)x\(height) image at size \(size) in multiples of \(multiple)")
    (self.width, self.height) = (width, height)
    let factor = Double(size) / Double(min(width, height))
    scaledWidth = max(size, Int((Double(width) * factor).rounded(.toNearestOrEven)))
    scaledHeight = max(size, Int((Double(height) * factor).rounded(.toNearestOrEven)))
    paddedWidth = (scaledWidth + multiple - 1) / multiple * multiple
    paddedHeight = (scaledHeight + multiple - 1) / multiple * multiple
  }

  /// A part of what the network is to see: the image with its contrast stretched, at the padded size.
  ///
  /// Only that part is computed, row by row of the image.
  func input(
    rows: Range<Int>, columns: Range<Int>, from image: Image, window: ContrastWindow
  ) -> [Float] {
    let (shownRows, rowPlaces) = mirrored(rows, from: top, in: scaledHeight)
    let (shownColumns, columnPlaces) = mirrored(columns, from: left, in: scaledWidth)
    let resampling = Resampling(
      width: width, height: height, newWidth: scaledWidth, newHeight: scaledHeight)
    let shown = resampling.part(rows: shownRows, columns: shownColumns) { row, columns in
      let start = row * width
      let places = start + columns.lowerBound..<start + columns.upperBound
      return window.spread(places, of: image)[...]
    }
    var result: [Float] = []
    result.reserveCapacity(rows.count * columns.count)
    for row in rowPlaces {
      let start = (row - shownRows.lowerBound) * shownColumns.count - shownColumns.lowerBound
      for column in columnPlaces { result.append(shown[start + column]) }
    }
    return result
  }

  /// Adds what a part of the answer at the padded size is of the answer at the image's own size.
  func add(_ answer: [Float], rows: Range<Int>, columns: Range<Int>, to result: inout [Float]) {
    let shownRows = rows.clamped(to: top..<top + scaledHeight)
    let shownColumns = columns.clamped(to: left..<left + scaledWidth)
    guard !shownRows.isEmpty, !shownColumns.isEmpty else { return }
    var shown: [Float] = []
    shown.reserveCapacity(shownRows.count * shownColumns.count)
    for row in shownRows {
      let start = (row - rows.lowerBound) * columns.count - columns.lowerBound
      shown += answer[start + shownColumns.lowerBound..<start + shownColumns.upperBound]
    }
    Resampling(width: scaledWidth, height: scaledHeight, newWidth: width, newHeight: height).add(
      shown, rows: shownRows.lowerBound - top..<shownRows.upperBound - top,
      columns: shownColumns.lowerBound - left..<shownColumns.upperBound - left, to: &result)
  }

  /// Adds what a part of the answer at the padded size is of the answer at the scaled size.
  func addScaled(
    _ answer: [Float], rows: Range<Int>, columns: Range<Int>, to result: inout [Float]
  ) {
    for row in rows.clamped(to: top..<top + scaledHeight) {
      for column in columns.clamped(to: left..<left + scaledWidth) {
        result[(row - top) * scaledWidth + column - left] +=
          answer[(row - rows.lowerBound) * columns.count + column - columns.lowerBound]
      }
    }
  }

  /// Values at the image's own size at the scaled size.
  func scaled(_ values: [Float]) -> [Float] {
    guard (scaledWidth, scaledHeight) != (width, height) else { return values }
    let resampling = Resampling(
      width: width, height: height, newWidth: scaledWidth, newHeight: scaledHeight)
    return resampling.part(rows: 0..<scaledHeight, columns: 0..<scaledWidth) { row, columns in
      values[row * width + columns.lowerBound..<row * width + columns.upperBound]
    }
  }

  /// For each padded place the scaled one that it mirrors, and the range that these span.
  private func mirrored(
    _ places: Range<Int>, from first: Int, in count: Int
  ) -> (span: Range<Int>, places: [Int]) {
    let mirrored = places.map { Image.reflected($0 - first, in: count) }
    return ((mirrored.min() ?? 0)..<(mirrored.max() ?? -1) + 1, mirrored)
  }
}
