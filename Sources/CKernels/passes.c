#include "passes.h"
#include "dispatch.h"

KERNEL(void, ck_pass_activate, (const float *x, long x_stride, ck_pending p, float *y, long
       y_stride, long pixels, long channels, int adds, int streams),
       (x, x_stride, p, y, y_stride, pixels, channels, adds, streams))
KERNEL(void, ck_pass_add, (const float *a, long a_stride, ck_pending pa, const float *b, long
       b_stride, ck_pending pb, float floor, float *y, long y_stride, long pixels, long channels,
       int streams),
       (a, a_stride, pa, b, b_stride, pb, floor, y, y_stride, pixels, channels, streams))
KERNEL(void, ck_pass_mask, (float *dy, long dy_stride, const float *y, long y_stride, long pixels,
       long channels, double *sums),
       (dy, dy_stride, y, y_stride, pixels, channels, sums))
KERNEL(void, ck_pass_sums, (const float *x, long x_stride, long pixels, long channels, double
       *sums),
       (x, x_stride, pixels, channels, sums))
KERNEL(void, ck_pass_moments, (const float *x, long x_stride, const float *about, long pixels, long
       channels, double *sums),
       (x, x_stride, about, pixels, channels, sums))
KERNEL(void, ck_pass_norm_sums, (const float *dy, long dy_stride, const float *z, long z_stride,
       ck_pending p, const float *mean, long pixels, long channels, double *sums),
       (dy, dy_stride, z, z_stride, p, mean, pixels, channels, sums))
KERNEL(void, ck_pass_norm_apply, (float *dy, long dy_stride, const float *z, long z_stride,
       ck_pending p, const float *mean, const float *scale, const float *offset, const float *slope,
       long pixels, long channels),
       (dy, dy_stride, z, z_stride, p, mean, scale, offset, slope, pixels, channels))
KERNEL(void, ck_pass_total, (double *sums, long pieces, long width),
       (sums, pieces, width))
KERNEL(void, ck_pass_gate, (const float *g, const float *x, long x_stride, ck_pending p, float *y,
       long y_stride, long pixels, long channels, int streams),
       (g, x, x_stride, p, y, y_stride, pixels, channels, streams))
KERNEL(void, ck_pass_gate_back, (const float *dy, long dy_stride, const float *g, const float *x,
       long x_stride, ck_pending p, float *dg, int dg_adds, float *dx, long dx_stride, int dx_adds,
       long pixels, long channels, int streams),
       (dy, dy_stride, g, x, x_stride, p, dg, dg_adds, dx, dx_stride, dx_adds, pixels,
        channels, streams))
KERNEL(void, ck_pass_pool, (const ck_pool *s, const float *image, long x_stride, ck_pending p, long
       row, float *y, long y_stride, unsigned char *which),
       (s, image, x_stride, p, row, y, y_stride, which))
KERNEL(void, ck_pass_pool_back, (const ck_pool *s, const float *dy, long dy_stride, const unsigned
       char *which, long row, float *dx, long dx_stride, int adds, int streams),
       (s, dy, dy_stride, which, row, dx, dx_stride, adds, streams))
