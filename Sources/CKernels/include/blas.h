#pragma once

// OpenBLAS, loaded when it is first asked for: it starts threads and takes memory the moment it is there,
// and a program that multiplies with its own kernels needs neither.

/// What `sgemm` calls its matrices.
enum { CK_ROW_MAJOR = 101, CK_PLAIN = 111, CK_TRANSPOSED = 112 };

/// Its functions that are used; see cblas.h.
typedef struct {
  void (*_Nonnull sgemm)(int order, int a_kind, int b_kind, int m, int n, int k, float alpha,
                         const float *_Nonnull a, int a_row, const float *_Nonnull b, int b_row,
                         float beta, float *_Nonnull c, int c_row);
  const char *_Nonnull (*_Nonnull config)(void);
  const char *_Nonnull (*_Nonnull core)(void);
} ck_blas;

/// OpenBLAS held at one thread, or null where it is not installed.
const ck_blas *_Nullable ck_blas_loaded(void);
