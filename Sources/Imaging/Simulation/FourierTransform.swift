import Foundation

/// The Fourier transform of square complex pictures whose side is a power of two.
///
/// Rows are transformed together, `lanes` columns at a time, by decimation in frequency; the inverse is
/// by decimation in time. So the spectrum stands in bit-reversed order and transposed: the value at
/// row `r` and column `c` belongs to the vertical frequency `frequency(at: c)` and the horizontal
/// one `frequency(at: r)`. A filter needs no other order, and nothing is ever permuted.
///
/// Kept by hand: FFTW is under the GPL, swift-numerics has none, and only simulated images need one.
struct FourierTransform: Sendable {
  /// A complex picture, `side * side / lanes` vectors a part, row by row.
  struct Field: Sendable {
    var real: [SIMD16<Float>]
    var imaginary: [SIMD16<Float>]
  }

  /// Columns that are transformed at once.
  static let lanes = 16

  /// Pixels in a row and rows.
  let side: Int
  /// exp(-2 pi i k / side) for k in 0..<side/2.
  private let cosines: [Float]
  private let sines: [Float]

  /// Prepares transforms of `side * side` values.
  ///
  /// - Precondition: `side` is a power of two and at least 16.
  init(side: Int) {
    precondition(side >= Self.lanes && side & (side - 1) == 0, "\(side) is no power of two from 16")
    self.side = side
    let angles = (0..<side / 2).map { -2 * Double.pi * Double($0) / Double(side) }
    cosines = angles.map { Float(cos($0)) }
    sines = angles.map { Float(sin($0)) }
  }

  /// The frequency of a row or column of the spectrum, in cycles a pixel, -0.5..<0.5.
  func frequency(at index: Int) -> Float {
    var reversed = 0
    var bit = 1
    while bit < side {
      reversed = reversed << 1 | (index & bit == 0 ? 0 : 1)
      bit <<= 1
    }
    return Float(reversed < side / 2 ? reversed : reversed - side) / Float(side)
  }

  /// A field of zeros.
  func makeField() -> Field {
    let zeros = [SIMD16<Float>](repeating: .zero, count: side * side / Self.lanes)
    return Field(real: zeros, imaginary: zeros)
  }

  /// The sum over all pixels of the field times exp(-2 pi i (fx x + fy y)).
  func forward(_ field: inout Field) {
    decimateInFrequency(&field)
    transpose(&field.real)
    transpose(&field.imaginary)
    decimateInFrequency(&field)
  }

  /// What `forward` turned into this spectrum.
  func inverse(_ field: inout Field) {
    decimateInTime(&field)
    transpose(&field.real)
    transpose(&field.imaginary)
    decimateInTime(&field)
    let scale = 1 / Float(side * side)
    for index in field.real.indices {
      field.real[index] *= scale
      field.imaginary[index] *= scale
    }
  }

  /// Transforms the columns; the rows end in bit-reversed order.
  private func decimateInFrequency(_ field: inout Field) {
    let width = side / Self.lanes
    for column in 0..<width {
      var half = side / 2
      while half >= 1 {
        let step = side / 2 / half
        for k in 0..<half {
          let (c, s) = (cosines[k * step], sines[k * step])
          for row in stride(from: k, to: side, by: 2 * half) {
            let (a, b) = (row * width + column, (row + half) * width + column)
            let (ar, ai) = (field.real[a], field.imaginary[a])
            let (br, bi) = (field.real[b], field.imaginary[b])
            let (dr, di) = (ar - br, ai - bi)
            field.real[a] = ar + br
            field.imaginary[a] = ai + bi
            field.real[b] = dr * c - di * s
            field.imaginary[b] = dr * s + di * c
          }
        }
        half /= 2
      }
    }
  }

  /// Transforms columns whose rows stand in bit-reversed order back, unscaled.
  private func decimateInTime(_ field: inout Field) {
    let width = side / Self.lanes
    for column in 0..<width {
      var half = 1
      while half < side {
        let step = side / 2 / half
        for k in 0..<half {
          let (c, s) = (cosines[k * step], -sines[k * step])
          for row in stride(from: k, to: side, by: 2 * half) {
            let (a, b) = (row * width + column, (row + half) * width + column)
            let (ar, ai) = (field.real[a], field.imaginary[a])
            let br = field.real[b] * c - field.imaginary[b] * s
            let bi = field.real[b] * s + field.imaginary[b] * c
            field.real[a] = ar + br
            field.imaginary[a] = ai + bi
            field.real[b] = ar - br
            field.imaginary[b] = ai - bi
          }
        }
        half *= 2
      }
    }
  }

  /// Swaps rows and columns, tile by tile of `lanes * lanes`.
  private func transpose(_ part: inout [SIMD16<Float>]) {
    let width = side / Self.lanes
    for i in 0..<width {
      for j in i..<width {
        let upper = transposed(Tile { part[(i * Self.lanes + $0) * width + j] })
        if i != j {
          let lower = transposed(Tile { part[(j * Self.lanes + $0) * width + i] })
          for k in 0..<Self.lanes { part[(i * Self.lanes + k) * width + j] = lower[k] }
        }
        for k in 0..<Self.lanes { part[(j * Self.lanes + k) * width + i] = upper[k] }
      }
    }
  }

  private typealias Tile = InlineArray<16, SIMD16<Float>>

  /// Four rounds that each part even from odd places: 16 rows become 16 columns.
  private func transposed(_ tile: Tile) -> Tile {
    var tile = tile
    for _ in 0..<4 {
      var next = tile
      for k in 0..<8 {
        next[k] = SIMD16(lowHalf: tile[2 * k].evenHalf, highHalf: tile[2 * k + 1].evenHalf)
        next[k + 8] = SIMD16(lowHalf: tile[2 * k].oddHalf, highHalf: tile[2 * k + 1].oddHalf)
      }
      tile = next
    }
    return tile
  }
}
