internal import CKernels

/// The kernels compiled for this processor: a C function for every line of `kernel_list.h`.
var kernels: ck_kernels {
  @inline(__always) get { unsafe ck_chosen().pointee }
}
