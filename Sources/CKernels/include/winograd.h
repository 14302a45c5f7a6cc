#pragma once

#include <stddef.h>

/// A convolution of 3x3, stride 1, padding 1, of pictures that lie channels-last, by Winograd's method.
///
/// F(m,3) turns m x m outputs into (m+2) x (m+2) products (Lavin & Gray 2016). With the points 0, +-a,
/// +-b and infinity the transforms are those of Toom-Cook; for m = 4, a = 3/4 and b = 3/2 halve the
/// rounding error of the customary 1 and 2 (Barabasz et al. 2020).
struct ck_winograd {
  /// Pictures, rows, pixels in a row.
  int batch, height, width;
  /// Channels of the input and of the output, multiples of 16.
  int inputs, outputs;
  /// Floats from a pixel to the next, so that a picture may be a slice of a wider one.
  size_t input_stride, output_stride;
  /// Side m of an output tile: 4 or 2.
  int tile;
};

/// Columns of a panel in which transformed filters lie.
int ck_winograd_panel(void);

/// Whether the method is to be used: not with AURA_SIMD=blas.
int ck_winograd_wanted(void);

/// U[position][panel][c][k] = G g G^T of the panels `first ..< first + count`.
///
/// `w` is `[k][c][3][3]`. When `turned`, it is the filter of the convolution whose dx this job computes,
/// `[c][k][3][3]`, and is turned by 180 degrees.
void ck_winograd_filters(const struct ck_winograd *job, const float *w, int turned, float *u, int first, int count);

/// V[position][tile][c] = B^T d B of the tiles `first ..< first + count`, `gap` floats a position.
void ck_winograd_input(const struct ck_winograd *job, const float *x, int first, int count, float *v, size_t gap);

/// M[position][tile][k] = V U of the positions `p0 ..< p1`.
void ck_winograd_products(const struct ck_winograd *job, const float *v, size_t v_gap, const float *u, int count, float *m, size_t m_gap, int p0, int p1);

/// y = A^T M A + bias of the tiles `first ..< first + count`; `bias` may be null, `adds` keeps what y holds.
void ck_winograd_output(const struct ck_winograd *job, const float *m, size_t gap, int first, int count, const float *bias, float *y, int adds);

/// M[position][tile][k] = A dY A^T of the tiles `first ..< first + count`.
void ck_winograd_gradient(const struct ck_winograd *job, const float *dy, int first, int count, float *m, size_t gap);

/// dU[position][c][k] += V^T M of the positions `p0 ..< p1`.
void ck_winograd_filter_products(const struct ck_winograd *job, const float *v, size_t v_gap, const float *m, size_t m_gap, int count, float *du, int p0, int p1);

/// dW[k][c][3][3] (+)= G^T dU G of the inputs `first ..< first + count`; dU is the sum of `copies`, `copy` floats apart.
void ck_winograd_filter_gradients(const struct ck_winograd *job, const float *du, int copies, size_t copy, float *dw, int adds, int first, int count);
