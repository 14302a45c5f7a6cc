/// Kernels.
enum KernelsPlaceholder {}
