#pragma once

#include <stddef.h>

/// Whether the method is to be used: not with AURA_SIMD=blas.
int ck_winograd_wanted(void);

/// How tiles of a 3x3 convolution of stride 1 and padding 1 are turned into products.
///
/// F(m,3) turns m x m outputs into (m+2) x (m+2) products (Lavin & Gray 2016). For m = 4 the points
/// 0, +-3/4, +-3/2, infinity halve the rounding error of the customary 0, +-1, +-2 (Barabasz et al.
/// 2020). Behind a nearest doubling the latter are better: what belongs to the point -1 is zero,
/// and the inputs at 2 and -2 are multiples of each other, so that 25 products of 16 inputs remain
/// (for m = 2: 9 of 16). Their factors (2 at 1; 3 at 2; -1 at -2) are in the filter.
enum ck_wino_kind {
  CK_WINO_F4 = 0,
  CK_WINO_F2 = 1,
  CK_WINO_UP4 = 2,
  CK_WINO_UP2 = 3,
};

/// The transform of a side's pixels, or back to them: one of the kinds, or for the kinds behind a
/// doubling `CK_WINO_SMALL + kind` where the pixels are those of the picture before it.
enum { CK_WINO_SMALL = 2 };

/// Pictures: `pixels[(row * width + column) * stride + channel]`.
struct ck_wino_pixels {
  float *pixels;
  size_t stride;
  /// Rows and columns of this picture.
  int height, width;
  /// Channels that are read or written.
  int channels;
  /// If not null, what is read is `max(pixel * scale + shift, floor)`; a NaN stays one.
  const float *scale, *shift, *floor;
};

/// Transformed tiles: `[part][position][tile][depth]`, a part being `depth` channels.
struct ck_wino_tiles {
  float *values;
  /// Floats from a position to the next.
  size_t gap;
  /// Floats from a part to the next.
  size_t part;
  /// Channels of a part.
  int depth;
};

/// Tiles of the pictures that are worked on.
struct ck_wino_range {
  /// Tiles in a column and in a row of a picture.
  int down, across;
  /// The first tile, and how many.
  int first, count;
};

/// What happens to a result before it is written.
struct ck_wino_epilogue {
  /// May be null.
  const float *bias;
  /// Whether what is negative becomes 0.
  int relu;
  /// Whether the result is added to what is there.
  int adds;
  /// If not null, the sums of `y - about` and of its square are added to these.
  const float *about;
  float *sums, *squares;
};

/// A part of a filter in memory `[tap][inputs][outputs]`.
struct ck_wino_filter {
  float *w;
  int inputs, outputs;
  /// Whether it is that of the convolution that gives dx: the channels' roles are exchanged, and it
  /// is turned by 180 degrees.
  int turned;
  /// The channels summed over (`c`) and those that come out (`k`), as this convolution sees them.
  int c0, c_count, k0, k_count;
  /// If not null, a factor for each that comes out.
  const float *scale;
};

/// Channels of a result that are worked on together; the last group may have fewer.
enum { CK_WINO_GROUP = 64 };

/// Floats between the positions of a filter, a cache line, so that they do not share cache sets.
enum { CK_WINO_PAD = 16 };

/// V = B^T d B.
void ck_wino_input(
    int transform, const struct ck_wino_pixels *x, const struct ck_wino_range *range,
    const struct ck_wino_tiles *v);

/// M = A dY A^T.
void ck_wino_gradient(
    int kind, const struct ck_wino_pixels *dy, const struct ck_wino_range *range,
    const struct ck_wino_tiles *m);

/// y = A^T M A of the channels `k0 ..< k0 + width`, then the epilogue.
void ck_wino_output(
    int transform, const struct ck_wino_tiles *m, const struct ck_wino_range *range,
    const struct ck_wino_epilogue *epilogue, int k0, int width, const struct ck_wino_pixels *y);

/// U = G g G^T of a group's channels as `ck_wino_products` reads it:
/// `[position][panel][depth][columns]`, positions `CK_WINO_PAD` floats
/// apart, of which `filter` gives the lines from `line` on.
void ck_wino_filter(
    int kind, const struct ck_wino_filter *filter, float *u, int depth, int line);

/// dW (+)= G^T dU G, dU being the sum of `copies`: `[position][c][line]`, `gap` floats a position.
void ck_wino_filter_gradient(
    int kind, const float *du, size_t gap, int line, int copies, size_t copy,
    const struct ck_wino_filter *dw, int adds);

/// M[position][tile][width] (+)= V U over the `depth` channels of part `part` of V.
///
/// `shares` says whose positions behind a doubling share places: 0 nobody's, 1 V's, 2 M's.
void ck_wino_products(
    int kind, int shares, const struct ck_wino_tiles *v, int part, const float *u, int depth,
    int count, int width, const struct ck_wino_tiles *m, int adds);

/// dU[position][c][line] (+)= V^T M of `rows` channels of V from `c0` on, and `width` of M from
/// `k0` on.
void ck_wino_filter_products(
    int kind, const struct ck_wino_tiles *v, int c0, int rows, const struct ck_wino_tiles *m,
    int k0, int width, int count, float *du, size_t du_gap, int line, int adds);

/// Mean and variance from `pieces` pairs of sums about `about`, `[piece][2][channels]`.
void ck_wino_moments(
    const float *sums, int pieces, int channels, double count, const float *about, float *mean,
    float *variance);
