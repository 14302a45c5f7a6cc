internal import COpenBLAS

/// `c = a * b + beta * c` for row-major matrices: `a` is m x k, `b` is k x n, `a` perhaps transposed.
///
/// A row of each starts its leading dimension after the last. Runs on the calling thread alone.
func product(
  _ a: UnsafePointer<Float>, _ aRow: Int, aTransposed: Bool = false,
  _ b: UnsafePointer<Float>, _ bRow: Int,
  _ c: UnsafeMutablePointer<Float>, _ cRow: Int,
  m: Int, n: Int, k: Int, beta: Float
) {
  unsafe cblas_sgemm(
    CblasRowMajor, aTransposed ? CblasTrans : CblasNoTrans, CblasNoTrans,
    blasint(m), blasint(n), blasint(k), 1, a, blasint(aRow), b, blasint(bRow), beta, c,
    blasint(cRow))
}
