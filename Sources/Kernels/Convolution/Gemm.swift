internal import CKernels

/// The left side of a product: rows that start at places, their depth made of runs.
@safe
struct GemmRows {
  let base: UnsafePointer<Float>
  let at: UnsafePointer<Int>
  let count: Int
}

/// What a product with the engine's own kernels, or with OpenBLAS in their place, is asked for.
///
/// The C functions say what each does; with `AURA_SIMD=blas` the same cuts go through
/// `cblas_sgemm`, stretch by stretch of equally distant rows.
enum Gemm {
  /// Columns of a panel.
  static let panel = unsafe kernels.panel
  /// Whether OpenBLAS multiplies.
  static let usesBLAS = ck_uses_blas() != 0

  /// Columns filled up to whole vectors.
  static func filled(_ columns: Int) -> Int {
    let lanes = unsafe kernels.lanes
    return (columns + lanes - 1) / lanes * lanes
  }

  /// `c[to[r]] (+)= rows * b` of one panel, while what lies `ahead` is fetched.
  static func multiply(
    _ rows: GemmRows, _ runs: UnsafeBufferPointer<ck_run>, _ b: UnsafePointer<Float>,
    _ c: UnsafeMutablePointer<Float>, _ to: UnsafePointer<Int>, columns: Int, adds: Bool,
    ahead: ck_ahead? = nil
  ) {
    guard usesBLAS, !runs.isEmpty else {
      guard var ahead = unsafe ahead else {
        return unsafe kernels.product(
          rows.base, rows.at, rows.count, runs.baseAddress, runs.count, b, c, to, columns,
          adds ? 1 : 0, nil)
      }
      return unsafe kernels.product(
        rows.base, rows.at, rows.count, runs.baseAddress, runs.count, b, c, to, columns,
        adds ? 1 : 0, &ahead)
    }
    unsafe multiplyByBLAS(rows, runs, b, filled(columns), c, to, columns: columns, adds: adds)
  }

  /// `c[to[r]] (+)= rows * b` for one column, `b` without gaps.
  static func dots(
    _ rows: GemmRows, _ runs: UnsafeBufferPointer<ck_run>, _ b: UnsafePointer<Float>,
    _ c: UnsafeMutablePointer<Float>, _ to: UnsafePointer<Int>, adds: Bool
  ) {
    guard usesBLAS, !runs.isEmpty else {
      return unsafe kernels.dots(
        rows.base, rows.at, rows.count, runs.baseAddress, runs.count, b, c, to, adds ? 1 : 0)
    }
    unsafe multiplyByBLAS(rows, runs, b, 1, c, to, columns: 1, adds: adds)
  }

  /// `c[r] (+)= sum over k of a[at[k] + r] * b[k]` of one panel.
  static func multiplyTransposed(
    _ depth: GemmRows, rows: Int, _ b: UnsafePointer<Float>, _ c: UnsafeMutablePointer<Float>,
    line: Int, columns: Int, adds: Bool
  ) {
    guard usesBLAS else {
      return unsafe kernels.product_transposed(
        depth.base, depth.at, depth.count, rows, b, c, line, columns, adds ? 1 : 0)
    }
    unsafe multiplyTransposedByBLAS(
      depth, rows: rows, b, filled(columns), c, line: line, columns: columns, adds: adds)
  }

  /// The same for one column, `b` and `c` without gaps.
  static func dotsTransposed(
    _ depth: GemmRows, rows: Int, _ b: UnsafePointer<Float>, _ c: UnsafeMutablePointer<Float>,
    adds: Bool
  ) {
    guard usesBLAS else {
      return unsafe kernels.dots_transposed(
        depth.base, depth.at, depth.count, rows, b, c, adds ? 1 : 0)
    }
    unsafe multiplyTransposedByBLAS(depth, rows: rows, b, 1, c, line: 1, columns: 1, adds: adds)
  }

  private static func multiplyByBLAS(
    _ rows: GemmRows, _ runs: UnsafeBufferPointer<ck_run>, _ b: UnsafePointer<Float>, _ bRow: Int,
    _ c: UnsafeMutablePointer<Float>, _ to: UnsafePointer<Int>, columns: Int, adds: Bool
  ) {
    var first = 0
    while first < rows.count {
      let stretch = unsafe stretch(rows.at, to, from: first, count: rows.count)
      let aRow = unsafe stretch > 1 ? rows.at[first + 1] - rows.at[first] : Int(Int32.max)
      let cRow = unsafe stretch > 1 ? to[first + 1] - to[first] : columns
      var right = unsafe b
      var isFirst = true
      for index in runs.indices {
        let run = unsafe runs[index]
        // BLAS wants a row's depth to end before the next row starts; overlapping ones are cut.
        for k in stride(from: 0, to: run.length, by: aRow) {
          let depth = min(aRow, run.length - k)
          unsafe product(
            rows.base + rows.at[first] + run.at + k, max(aRow < Int32.max ? aRow : depth, depth),
            right, bRow, c + to[first], cRow, m: stretch, n: columns, k: depth,
            beta: isFirst && !adds ? 0 : 1)
          unsafe right += depth * bRow
          isFirst = false
        }
      }
      first += stretch
    }
  }

  private static func multiplyTransposedByBLAS(
    _ depth: GemmRows, rows: Int, _ b: UnsafePointer<Float>, _ bRow: Int,
    _ c: UnsafeMutablePointer<Float>, line: Int, columns: Int, adds: Bool
  ) {
    var first = 0
    while first < depth.count {
      let stretch = unsafe stretch(depth.at, depth.at, from: first, count: depth.count)
      let aRow = unsafe stretch > 1 ? depth.at[first + 1] - depth.at[first] : rows
      for r in stride(from: 0, to: rows, by: aRow) {
        let some = min(aRow, rows - r)
        unsafe product(
          depth.base + depth.at[first] + r, aRow, aTransposed: true, b + first * bRow, bRow,
          c + r * line, line, m: some, n: columns, k: stretch,
          beta: first == 0 && !adds ? 0 : 1)
      }
      first += stretch
    }
  }

  /// How many rows from `first` on are equally distant in both.
  private static func stretch(
    _ at: UnsafePointer<Int>, _ to: UnsafePointer<Int>, from first: Int, count: Int
  ) -> Int {
    guard first + 1 < count else { return count - first }
    let (a, c) = unsafe (at[first + 1] - at[first], to[first + 1] - to[first])
    guard a > 0 else { return 1 }
    var end = first + 2
    while end < count, unsafe at[end] - at[end - 1] == a, unsafe to[end] - to[end - 1] == c {
      end += 1
    }
    return end - first
  }
}

/// `c = a * b + beta * c` for row-major matrices: `a` is m x k, `b` is k x n, `a` perhaps transposed.
///
/// A row of each starts its leading dimension after the last. Runs on the calling thread alone.
func product(
  _ a: UnsafePointer<Float>, _ aRow: Int, aTransposed: Bool = false,
  _ b: UnsafePointer<Float>, _ bRow: Int,
  _ c: UnsafeMutablePointer<Float>, _ cRow: Int,
  m: Int, n: Int, k: Int, beta: Float
) {
  unsafe ck_blas_loaded()?.pointee.sgemm(
    Int32(CK_ROW_MAJOR), Int32(aTransposed ? CK_TRANSPOSED : CK_PLAIN), Int32(CK_PLAIN),
    Int32(m), Int32(n), Int32(k), 1, a, Int32(aRow), b, Int32(bRow), beta, c, Int32(cRow))
}
