#include "CKernels.h"
#include "dispatch.h"

#include <stdlib.h>
#include <string.h>

int ck_chosen_path = PLAIN;
static int winograd = 1;

__attribute__((constructor)) static void choose(void) {
  const char *forced = getenv("AURA_SIMD");
  if (forced && strcmp(forced, "blas") == 0) winograd = 0;
#if defined(__x86_64__)
  int highest = AVX512;
  if (forced && strcmp(forced, "avx2") == 0) highest = AVX2;
  if (forced && strcmp(forced, "plain") == 0) highest = PLAIN;
  __builtin_cpu_init();
  int avx2 = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
  int avx512 = avx2 && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512vl")
    && __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512bw");
  if (avx2 && highest >= AVX2) ck_chosen_path = AVX2;
  if (avx512 && highest >= AVX512) ck_chosen_path = AVX512;
#endif
}

const char *ck_path(void) {
#if defined(__aarch64__)
  return "neon";
#else
  return ck_chosen_path == AVX512 ? "avx512" : ck_chosen_path == AVX2 ? "avx2" : "plain";
#endif
}

KERNEL(void, ck_copy, (const float *x, float *y, long n, int adds),
       (x, y, n, adds))
KERNEL(void, ck_scale, (const float *x, float *y, long n, float factor, int adds),
       (x, y, n, factor, adds))
KERNEL(void, ck_move, (const float *x, float *y, long n, float share),
       (x, y, n, share))
KERNEL(void, ck_add, (const float *a, const float *b, float *y, long n),
       (a, b, y, n))
KERNEL(void, ck_mul, (const float *a, const float *b, float *y, long n, int adds),
       (a, b, y, n, adds))
KERNEL(void, ck_relu, (const float *x, float *y, long n),
       (x, y, n))
KERNEL(void, ck_relu_back, (const float *y, const float *dy, float *dx, long n, int adds),
       (y, dy, dx, n, adds))
KERNEL(void, ck_sigmoid, (const float *x, float *y, long n),
       (x, y, n))
KERNEL(void, ck_sigmoid_back, (const float *y, const float *dy, float *dx, long n, int adds),
       (y, dy, dx, n, adds))
KERNEL(int, ck_finite, (const float *x, long n),
       (x, n))
KERNEL(void, ck_add_bias, (float *y, long pixels, long stride, long channels, const float *bias),
       (y, pixels, stride, channels, bias))
KERNEL(void, ck_upsample_row, (const float *x, float *y, long width, long channels, long factor),
       (x, y, width, channels, factor))
KERNEL(void, ck_upsample_back_row, (const float *dy, float *dx, long width, long channels, long
       factor, int adds),
       (dy, dx, width, channels, factor, adds))
KERNEL(double, ck_bce, (const float *z, const float *t, long n),
       (z, t, n))
KERNEL(void, ck_bce_back, (const float *z, const float *t, float *dz, long n, float scale, int
       adds),
       (z, t, dz, n, scale, adds))
KERNEL(void, ck_dice_sums, (const float *p, const float *t, long n, double *out),
       (p, t, n, out))
KERNEL(void, ck_affine, (const float *t, float *y, long n, float a, float b, int adds),
       (t, y, n, a, b, adds))
KERNEL(double, ck_contour_row, (const float *a, const float *b, long width, float epsilon),
       (a, b, width, epsilon))
KERNEL(void, ck_contour_back_row, (const float *above, const float *row, const float *below, long
       width, float epsilon, float scale, float *dp, int adds),
       (above, row, below, width, epsilon, scale, dp, adds))
KERNEL(void, ck_area_sums, (const float *p, const float *t, long n, double *out),
       (p, t, n, out))
KERNEL(void, ck_area_back, (const float *t, float *dp, long n, float outside, float inside, int
       adds),
       (t, dp, n, outside, inside, adds))
KERNEL(void, ck_adam, (float *w, const float *g, float *m, float *v, long n, float rest1,
       float beta2, float rest2, float step, float root, float epsilon),
       (w, g, m, v, n, rest1, beta2, rest2, step, root, epsilon))

int ck_gemm_blas(void) { return !winograd; }
KERNEL(long, ck_gemm_panel, (void), ())
KERNEL(long, ck_gemm_lanes, (void), ())
KERNEL(void, ck_window,
       (const ck_pixels *x, long image, long top, long left, long rows, long columns, float *out,
       long pixel), (x, image, top, left, rows, columns, out, pixel))
KERNEL(void, ck_pack_panel,
       (const float *w, long row, long depth, long columns, const float *scale, float *out), (w,
       row, depth, columns, scale, out))
KERNEL(void, ck_pack_turned,
       (const float *w, long row, long depth, long columns, float *out), (w, row, depth, columns,
       out))
KERNEL(void, ck_pack_pixels,
       (const ck_pixels *x, long pixel, long depth, long first, long columns, float *out), (x,
       pixel, depth, first, columns, out))
KERNEL(void, ck_pack_column, (const ck_pixels *x, long pixel, long depth, float *out),
       (x, pixel, depth, out))
KERNEL(void, ck_scale_rows,
       (const float *w, long rows, long columns, const float *scale, float *out),
       (w, rows, columns, scale, out))
KERNEL(void, ck_gemm,
       (const float *a, const long *at, long rows, const ck_run *runs, long count, const float *b,
       float *c, const long *to, long columns, int adds, const ck_ahead *ahead),
       (a, at, rows, runs, count, b, c, to, columns, adds, ahead))
KERNEL(void, ck_gemm_turned,
       (const float *a, const long *at, long depth, long rows, const float *b, float *c, long line,
       long columns, int adds), (a, at, depth, rows, b, c, line, columns, adds))
KERNEL(void, ck_dots,
       (const float *a, const long *at, long rows, const ck_run *runs, long count, const float *b,
       float *c, const long *to, int adds), (a, at, rows, runs, count, b, c, to, adds))
KERNEL(void, ck_dots_turned,
       (const float *a, const long *at, long depth, long rows, const float *b, float *c, int adds),
       (a, at, depth, rows, b, c, adds))
KERNEL(void, ck_gemm_finish,
       (float *c, const long *to, long rows, long columns, const float *bias, int relu, const float
       *about, double *sums, double *squares), (c, to, rows, columns, bias, relu, about, sums,
       squares))
KERNEL(void, ck_sum_parts,
       (const float *p, long parts, long gap, long n, float *out, int adds), (p, parts, gap, n, out,
       adds))

int ck_winograd_wanted(void) { return winograd; }
KERNEL(void, ck_wino_input,
       (int transform, const struct ck_wino_pixels *x, const struct ck_wino_range *range, const
       struct ck_wino_tiles *v),
       (transform, x, range, v))
KERNEL(void, ck_wino_gradient,
       (int kind, const struct ck_wino_pixels *dy, const struct ck_wino_range *range, const
       struct ck_wino_tiles *m),
       (kind, dy, range, m))
KERNEL(void, ck_wino_output,
       (int transform, const struct ck_wino_tiles *m, const struct ck_wino_range *range, const
       struct ck_wino_epilogue *epilogue, int k0, int width, const struct ck_wino_pixels *y),
       (transform, m, range, epilogue, k0, width, y))
KERNEL(void, ck_wino_filter,
       (int kind, const struct ck_wino_filter *filter, float *u, int depth, int line),
       (kind, filter, u, depth, line))
KERNEL(void, ck_wino_filter_gradient,
       (int kind, const float *du, size_t gap, int line, int copies, size_t copy, const struct
       ck_wino_filter *dw, int adds),
       (kind, du, gap, line, copies, copy, dw, adds))
KERNEL(void, ck_wino_products,
       (int kind, int shares, const struct ck_wino_tiles *v, int part, const float *u, int depth,
       int count, int width, const struct ck_wino_tiles *m, int adds),
       (kind, shares, v, part, u, depth, count, width, m, adds))
KERNEL(void, ck_wino_filter_products,
       (int kind, const struct ck_wino_tiles *v, int c0, int rows, const struct ck_wino_tiles *m,
       int k0, int width, int count, float *du, size_t du_gap, int line, int adds),
       (kind, v, c0, rows, m, k0, width, count, du, du_gap, line, adds))
