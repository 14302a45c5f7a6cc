#pragma once

// Passes over channels-last pixels that may be slices of wider ones: a stride is the floats from a
// pixel to the next. Each works on the run of pixels that it is given and allocates nothing. Where
// sums are taken they are added to doubles, from floats over eight pixels at most. `adds` is 0 to
// overwrite the target; `streams` is 1 to write past the caches, which takes pixels, strides and
// channels of whole 64 bytes.

/// What a reader does to every value, max(x * scale + shift, floor); nothing where scale is null.
typedef struct {
  const float *scale, *shift, *floor;
} ck_pending;

/// y = x, activated.
void ck_pass_activate(const float *x, long x_stride, ck_pending p, float *y, long y_stride,
                      long pixels, long channels, int adds, int streams);
/// y = a + b, both activated, and no less than `floor`.
void ck_pass_add(const float *a, long a_stride, ck_pending pa, const float *b, long b_stride,
                 ck_pending pb, float floor, float *y, long y_stride, long pixels, long channels,
                 int streams);
/// dy = y > 0 ? dy : 0, and its sums unless `sums` is null.
void ck_pass_mask(float *dy, long dy_stride, const float *y, long y_stride, long pixels,
                  long channels, double *sums);
/// The sums of x.
void ck_pass_sums(const float *x, long x_stride, long pixels, long channels, double *sums);
/// The sums of x - about, and behind them those of its squares.
void ck_pass_moments(const float *x, long x_stride, const float *about, long pixels, long channels,
                     double *sums);
/// The sums of g = dy where z * scale + shift > floor, and behind them those of g * (z - mean).
void ck_pass_norm_sums(const float *dy, long dy_stride, const float *z, long z_stride, ck_pending p,
                       const float *mean, long pixels, long channels, double *sums);
/// dy = scale * (g - offset - (z - mean) * slope).
void ck_pass_norm_apply(float *dy, long dy_stride, const float *z, long z_stride, ck_pending p,
                        const float *mean, const float *scale, const float *offset,
                        const float *slope, long pixels, long channels);
/// Adds `pieces` rows of `width` doubles into the first.
void ck_pass_total(double *sums, long pieces, long width);

/// y = g * x, one g a pixel, x activated.
void ck_pass_gate(const float *g, const float *x, long x_stride, ck_pending p, float *y,
                  long y_stride, long pixels, long channels, int streams);
/// dg = the sum over the channels of x * dy, and dx = g * dy.
void ck_pass_gate_back(const float *dy, long dy_stride, const float *g, const float *x,
                       long x_stride, ck_pending p, float *dg, int dg_adds, float *dx,
                       long dx_stride, int dx_adds, long pixels, long channels, int streams);

/// The sizes of a max pool.
typedef struct {
  long height, width, rows, columns, channels, kernel, stride, padding;
} ck_pool;
/// One row of outputs; `which` is the place in the window, a byte a value without gaps.
void ck_pass_pool(const ck_pool *s, const float *image, long x_stride, ck_pending p, long row,
                  float *y, long y_stride, unsigned char *which);
/// One row of input gradients from a picture's dy.
void ck_pass_pool_back(const ck_pool *s, const float *dy, long dy_stride,
                       const unsigned char *which, long row, float *dx, long dx_stride, int adds,
                       int streams);
