#pragma once

#include "gemm.h"
#include "passes.h"
#include "pool.h"
#include "winograd.h"
#include "winograd_method.h"

// Loops over float32 rows, written plainly and compiled once an instruction set. Every function
// works on the piece it is given and allocates nothing; threads are the caller's. Pictures are
// channels-last. Where a function takes `adds`, 0 overwrites the target and 1 adds to it.

/// The instruction set in use: "avx512", "avx2" or "plain"; AURA_SIMD forces a lower one.
const char *ck_path(void);

void ck_copy(const float *x, float *y, long n, int adds);
void ck_scale(const float *x, float *y, long n, float factor, int adds);
void ck_add(const float *a, const float *b, float *y, long n);
void ck_mul(const float *a, const float *b, float *y, long n, int adds);
void ck_relu(const float *x, float *y, long n);
void ck_relu_back(const float *y, const float *dy, float *dx, long n, int adds);
void ck_sigmoid(const float *x, float *y, long n);
void ck_sigmoid_back(const float *y, const float *dy, float *dx, long n, int adds);
/// 1 where every value is finite.
int ck_finite(const float *x, long n);

/// y[p][c] = g[p] * x[p][c].
void ck_gate(const float *g, const float *x, float *y, long pixels, long channels, int adds);
/// dg[p] = sum over c of x[p][c] * dy[p][c].
void ck_gate_dot(const float *x, const float *dy, float *dg, long pixels, long channels, int adds);
/// Copies a slice of the channels; a stride is the floats from pixel to pixel.
void ck_copy_channels(const float *x, long x_stride, float *y, long y_stride, long pixels,
                      long channels, int adds);

/// Adds the sums over the pixels of x[p][c] to sum[c].
void ck_channel_sums(const float *x, long pixels, long channels, double *sum);
void ck_add_bias(float *y, long pixels, long channels, const float *bias);
/// Adds the sums of (x - shift) and (x - shift)^2 over the pixels to sum and squares.
void ck_norm_sums(const float *x, const float *shift, long pixels, long channels, double *sum,
                  double *squares);
/// y = (x - mean) * scale + bias.
void ck_norm_apply(const float *x, float *y, long pixels, long channels, const float *mean,
                   const float *scale, const float *bias);
/// Adds the sums of dy and dy * (x - mean) over the pixels.
void ck_norm_back_sums(const float *x, const float *dy, const float *mean, long pixels,
                       long channels, double *sum, double *products);
/// dx = scale * (dy - a - (x - mean) * b).
void ck_norm_back(const float *x, const float *dy, float *dx, long pixels, long channels,
                  const float *mean, const float *scale, const float *a, const float *b, int adds);

/// One row of outputs of a max pool; `which` is the place in the window, row by row.
void ck_max_pool_row(const float *image, long height, long width, long channels, long kernel,
                     long stride, long padding, long row, long columns, float *y,
                     unsigned char *which);
/// One row of input gradients: every pixel gathers from the windows that chose it.
void ck_max_pool_back_row(const float *dy, const unsigned char *which, long rows, long columns,
                          long channels, long kernel, long stride, long padding, long row,
                          long width, float *dx, int adds);
/// Repeats every pixel of a row of pixels `factor` times.
void ck_upsample_row(const float *x, float *y, long width, long channels, long factor);
/// Sums `factor` x `factor` blocks of `factor` rows of dy into one row of dx.
void ck_upsample_back_row(const float *dy, float *dx, long width, long channels, long factor,
                          int adds);

/// Where a gathered matrix takes its values: row (n, y, x) of the lattice holds, for each run of
/// taps, the pixels from (y * step + run_y, x * step + run_x) on, zero outside the image.
typedef struct {
  long rows, columns, step;
  long height, width, channels;
  long runs;
  const long *run_y, *run_x, *run_length;
  long depth; // floats in a row: taps * channels
} ck_lattice;
/// Fills the rows first ..< last of the gathered matrix.
void ck_gather(const ck_lattice *lattice, const float *source, long first, long last, float *out);

/// out[k * stride + i] = w[i * taps + list[k]]: one output channel's filter, taps outermost.
void ck_pack_filter(const float *w, long channels, long taps, const long *list, long listed,
                    float *out, long stride);
/// dw[i * taps + t] = sum over parts of p[part * part_stride + t * channels + i].
void ck_unpack_filter(const float *p, long parts, long part_stride, long channels, long taps,
                      float *dw, int adds);

double ck_bce(const float *z, const float *t, long n);
void ck_bce_back(const float *z, const float *t, float *dz, long n, float scale, int adds);
/// out = sums of p * t, p, t.
void ck_dice_sums(const float *p, const float *t, long n, double *out);
/// y = a * t + b.
void ck_affine(const float *t, float *y, long n, float a, float b, int adds);
/// Sum of the lengths of the forward differences of row `a` with the row `b` below it.
double ck_contour_row(const float *a, const float *b, long width, float epsilon);
/// One row of gradients; `above` and `below` are null at the picture's border.
void ck_contour_back_row(const float *above, const float *row, const float *below, long width,
                         float epsilon, float scale, float *dp, int adds);
/// out = sums of p * (1 - t)^2 and (1 - p) * t^2.
void ck_area_sums(const float *p, const float *t, long n, double *out);
void ck_area_back(const float *t, float *dp, long n, float outside, float inside, int adds);

/// The complements 1 - beta come rounded from double, as PyTorch has them: in float they lose digits.
void ck_adam(float *w, const float *g, float *m, float *v, long n, float rest1, float beta2,
             float rest2, float step, float root, float epsilon);
