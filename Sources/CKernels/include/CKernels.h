#pragma once

#include "gemm.h"
#include "passes.h"
#include "pool.h"
#include "winograd_method.h"

// Loops over float32 rows, written plainly and compiled once an instruction set. Every function
// works on the piece it is given and allocates nothing; threads are the caller's. Pictures are
// channels-last. Where a function takes `adds`, 0 overwrites the target and 1 adds to it.

/// The instruction set in use: "avx512", "avx2" or "plain", of which AURA_SIMD forces a lower one; on
/// aarch64 "neon", which is what plain vectors of four floats become there.
const char *ck_path(void);

void ck_copy(const float *x, float *y, long n, int adds);
void ck_scale(const float *x, float *y, long n, float factor, int adds);
void ck_move(const float *x, float *y, long n, float share);
void ck_add(const float *a, const float *b, float *y, long n);
void ck_mul(const float *a, const float *b, float *y, long n, int adds);
void ck_relu(const float *x, float *y, long n);
void ck_relu_back(const float *y, const float *dy, float *dx, long n, int adds);
void ck_sigmoid(const float *x, float *y, long n);
void ck_sigmoid_back(const float *y, const float *dy, float *dx, long n, int adds);
/// 1 where every value is finite.
int ck_finite(const float *x, long n);



/// Adds a number a channel to every pixel, `stride` floats apart.
void ck_add_bias(float *y, long pixels, long stride, long channels, const float *bias);
/// Repeats every pixel of a row of pixels `factor` times.
void ck_upsample_row(const float *x, float *y, long width, long channels, long factor);
/// Sums `factor` x `factor` blocks of `factor` rows of dy into one row of dx.
void ck_upsample_back_row(const float *dy, float *dx, long width, long channels, long factor,
                          int adds);

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
