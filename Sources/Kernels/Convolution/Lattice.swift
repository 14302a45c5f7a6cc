/// Points, one a product's row, and the pixels that each gathers: im2col without its matrix.
///
/// A forward pass is one lattice over the output's pixels. The gradient of the input splits into
/// `stride * stride` lattices, one a residue of its rows and columns, each gathering from `dy` with the
/// taps that reach it; so nothing is scattered and no two threads write one pixel.
struct Lattice {
  /// Extents of the lattice in an image.
  let rows: Int
  let columns: Int
  /// Pixels of the source from point to point.
  let step: Int
  /// Extents of the source.
  let height: Int
  let width: Int
  let channels: Int
  /// The filter's places that are used, and where each looks, relative to the point.
  let taps: [Tap]
  /// Where point (0, 0) lies in the target and pixels from point to point there.
  let targetRow: Int
  let targetColumn: Int
  let targetStep: Int

  struct Tap {
    let index: Int
    let y: Int
    let x: Int
  }

  /// Points in an image.
  var points: Int { rows * columns }
  /// Floats that a point gathers.
  var depth: Int { taps.count * channels }

  /// The output's pixels, gathering from the input.
  static func forward(_ g: ConvolutionGeometry) -> Lattice {
    let taps = (0..<g.taps).map { index in
      Tap(
        index: index, y: index / g.kernel * g.dilation - g.padding,
        x: index % g.kernel * g.dilation - g.padding)
    }
    return Lattice(
      rows: g.rows, columns: g.columns, step: g.stride, height: g.height, width: g.width,
      channels: g.inputChannels, taps: taps, targetRow: 0, targetColumn: 0, targetStep: 1)
  }

  /// The input's pixels, gathering from the output's gradient: a lattice for every residue.
  ///
  /// Tap k reaches input row `y` from output row `(y + padding - k * dilation) / stride` where that
  /// divides. Taps are listed backwards so that they move forward through `dy`.
  static func backward(_ g: ConvolutionGeometry) -> [Lattice] {
    var all: [Lattice] = []
    for row in 0..<min(g.stride, g.height) {
      for column in 0..<min(g.stride, g.width) {
        var taps: [Tap] = []
        for index in (0..<g.taps).reversed() {
          let y = row + g.padding - index / g.kernel * g.dilation
          let x = column + g.padding - index % g.kernel * g.dilation
          guard y % g.stride == 0, x % g.stride == 0 else { continue }
          taps.append(Tap(index: index, y: y / g.stride, x: x / g.stride))
        }
        all.append(
          Lattice(
            rows: (g.height - row + g.stride - 1) / g.stride,
            columns: (g.width - column + g.stride - 1) / g.stride, step: 1, height: g.rows,
            width: g.columns, channels: g.outputChannels, taps: taps, targetRow: row,
            targetColumn: column, targetStep: g.stride))
      }
    }
    return all
  }
}
