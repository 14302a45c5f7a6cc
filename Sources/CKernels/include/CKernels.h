#pragma once

#include "blas.h"
#include "convolution.h"
#include "pixels.h"
#include "pool.h"

// Loops over float32 values, written once and compiled once an instruction set.

/// The kernels of one instruction set: a pointer for every line of kernel_list.h.
typedef struct {
  /// "avx512", "avx2" or "plain"; on aarch64 "neon", which is what plain vectors of four floats
  /// become there.
  const char *_Nonnull path;
  /// Columns of a panel of the direct method.
  long panel;
  /// Floats of a vector: the multiple to which a panel's columns are filled up with zeros.
  long lanes;
// That a table is full is promised; what a kernel may be given, its own words say.
#pragma clang diagnostic push
#pragma clang diagnostic ignored "-Wnullability-completeness"
#define KERNEL(result, name, parameters) result(*_Nonnull name) parameters;
#include "../kernel_list.h"
#undef KERNEL
#pragma clang diagnostic pop
} ck_kernels;

/// The kernels in use, the best that this processor has, or a lower set that AURA_SIMD names.
/// Chosen once, when the library loads.
const ck_kernels *_Nonnull ck_chosen(void);

/// Whether all products are left to OpenBLAS: AURA_SIMD=blas, and it is installed.
int ck_uses_blas(void);
