#pragma once

/// Matrix products whose left side is read where it lies, for convolutions other than Winograd's.
///
/// A row of the left matrix is an output pixel; its depth is made of runs, one or more a tap of the
/// filter, each a stretch of consecutive floats at a fixed distance from the pixel's first float.
/// So no gathered matrix (im2col) is ever written. The right side lies in panels of `ck_gemm_panel`
/// columns, the last rounded up to `ck_gemm_lanes`.

/// Consecutive floats of depth.
typedef struct {
  /// Floats from where a row starts.
  long at;
  long length;
} ck_run;

/// Channels-last pictures to read, with an activation if `scale` is not null.
typedef struct {
  const float *base;
  long stride, height, width, channels;
  const float *scale, *shift, *floor;
} ck_pixels;

/// Memory that will be read next: `lines` stretches of `length` floats, `line` apart.
typedef struct {
  const float *from;
  long line, lines, length;
} ck_ahead;

/// Columns of a panel.
long ck_gemm_panel(void);
/// Floats of a vector: the multiple to which a panel's columns are filled up with zeros.
long ck_gemm_lanes(void);
/// Whether products are left to OpenBLAS: AURA_SIMD=blas.
int ck_gemm_blas(void);

/// Copies a window of picture `image`, activated, with zeros where it leaves the picture;
/// `pixel` floats from pixel to pixel of `out`.
void ck_window(const ck_pixels *x, long image, long top, long left, long rows, long columns,
               float *out, long pixel);

/// out[k][j] = w[k * row + j] * scale[j] of one panel; `scale` may be null.
void ck_pack_panel(const float *w, long row, long depth, long columns, const float *scale,
                   float *out);
/// out[k][j] = w[j * row + k] of one panel.
void ck_pack_turned(const float *w, long row, long depth, long columns, float *out);
/// out[k][j] = x[pixel + k][first + j], activated, of one panel.
void ck_pack_pixels(const ck_pixels *x, long pixel, long depth, long first, long columns,
                    float *out);

/// out[k] = x[pixel + k] of pixels of one channel.
void ck_pack_column(const ck_pixels *x, long pixel, long depth, float *out);
/// out[r][c] = w[r][c] * scale[c]; `scale` may be null.
void ck_scale_rows(const float *w, long rows, long columns, const float *scale, float *out);

/// c[to[r]][..columns] (+)= sum over runs of a[at[r]] * b, of one panel; meanwhile what lies
/// `ahead` (may be null) is fetched.
void ck_gemm(const float *a, const long *at, long rows, const ck_run *runs, long count,
             const float *b, float *c, const long *to, long columns, int adds,
             const ck_ahead *ahead);
/// c[r][..columns] (+)= sum over k of a[at[k] + r] * b[k], of one panel; `line` floats a row of c.
void ck_gemm_turned(const float *a, const long *at, long depth, long rows, const float *b,
                    float *c, long line, long columns, int adds);
/// c[to[r]] (+)= the dot product of row r's runs with b.
void ck_dots(const float *a, const long *at, long rows, const ck_run *runs, long count,
             const float *b, float *c, const long *to, int adds);
/// c[r] (+)= sum over k of a[at[k] + r] * b[k], for one column.
void ck_dots_turned(const float *a, const long *at, long depth, long rows, const float *b,
                    float *c, int adds);

/// Adds the bias (may be null), clips at 0 if `relu`, and adds the sums of (y - about) and
/// (y - about)^2 to `sums` and `squares` unless `about` is null; row r starts at c[to[r]].
void ck_gemm_finish(float *c, const long *to, long rows, long columns, const float *bias, int relu,
                    const float *about, double *sums, double *squares);
/// out[i] (+)= p[i] + p[gap + i] + ... of `parts`, in this order.
void ck_sum_parts(const float *p, long parts, long gap, long n, float *out, int adds);
