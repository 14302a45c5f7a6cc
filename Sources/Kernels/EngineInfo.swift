internal import CKernels
import Foundation

/// What the engine runs on, for `aura info`.
public enum EngineInfo {
  /// The library that can multiply in place of the kernels, with its version: `OpenBLAS 0.3.21`.
  public static var blasName: String {
    guard let blas = unsafe ck_blas_loaded() else { return "none" }
    let built = unsafe String(cString: blas.pointee.config())
    return built.split(separator: " ").prefix(2).joined(separator: " ")
  }

  /// The processor whose kernels OpenBLAS picked when it was loaded, such as `Haswell`.
  public static var blasCore: String {
    unsafe ck_blas_loaded().map { unsafe String(cString: $0.pointee.core()) } ?? "none"
  }

  /// The instruction set of the engine's own loops, `avx512`, `avx2`, `neon` or `plain`, and what
  /// multiplies where that is not they.
  public static var simdPath: String {
    let path = unsafe String(cString: kernels.path)
    return Gemm.usesBLAS ? path + ", convolutions by OpenBLAS" : path
  }
}

/// The kernels compiled for this processor: a C function for every line of `kernel_list.h`.
var kernels: ck_kernels {
  @inline(__always) get { unsafe ck_chosen().pointee }
}
