#pragma once

#include <stddef.h>

/// What happens to a convolution's result before it is written.
typedef struct {
  /// Added to every channel; may be null.
  const float *bias;
  /// Whether what is negative becomes 0; a NaN stays one.
  int relu;
  /// Whether the result is added to what is there.
  int adds;
  /// If not null, sums of `y - about` and of its square are taken.
  const float *about;
} ck_epilogue;

// The direct method: matrix products whose left side is read where it lies.
//
// A row of the left matrix is an output pixel; its depth is made of runs, one or more a tap of the
// filter, each a stretch of consecutive floats at a fixed distance from the pixel's first float. So
// no gathered matrix (im2col) is ever written. The right side lies in panels of `panel` columns,
// the last filled up to a multiple of `lanes`.

/// Consecutive floats of depth.
typedef struct {
  /// Floats from where a row starts.
  long at;
  long length;
} ck_run;

/// Memory that will be read next: `lines` stretches of `length` floats, `line` apart.
typedef struct {
  const float *from;
  long line, lines, length;
} ck_ahead;

/// How tiles of a 3x3 convolution of stride 1 and padding 1 become products: Winograd's method.
///
/// F(m,3) makes (m+2) x (m+2) products of m x m outputs (Lavin & Gray 2016). For m = 4 the points
/// 0, +-3/4, +-3/2, infinity halve the rounding error of the customary 0, +-1, +-2 (Barabasz et al.
/// 2020). Behind a nearest doubling the latter are better: what belongs to the point -1 is zero,
/// and the inputs at 2 and -2 are multiples of each other, so that 25 products of 16 inputs remain
/// (for m = 2: 9 of 16). Their factors (2 at 1; 3 at 2; -1 at -2) are in the filter.
enum ck_winograd_kind {
  CK_WINOGRAD_F4 = 0,
  CK_WINOGRAD_F2 = 1,
  CK_WINOGRAD_UP4 = 2,
  CK_WINOGRAD_UP2 = 3,
};

/// The transform of a side's pixels, or back to them: one of the kinds, or for the kinds behind a
/// doubling `CK_WINOGRAD_SMALL + kind` where the pixels are those before it.
enum { CK_WINOGRAD_SMALL = 2 };

/// Channels of a result that are worked on together; the last group may have fewer.
enum { CK_WINOGRAD_GROUP = 64 };

/// Floats between the positions of a filter, a cache line, so that they do not share cache sets.
enum { CK_WINOGRAD_PAD = 16 };

/// Transformed tiles: `[part][position][tile][depth]`, a part being `depth` channels.
typedef struct {
  float *values;
  /// Floats from a position to the next.
  size_t gap;
  /// Floats from a part to the next.
  size_t part;
  /// Channels of a part.
  int depth;
} ck_tiles;

/// Tiles of the images that are worked on.
typedef struct {
  /// Tiles in a column and in a row of an image.
  int down, across;
  /// The first tile, and how many.
  int first, count;
} ck_tile_range;

/// A part of a filter in memory `[tap][inputs][outputs]`.
typedef struct {
  float *w;
  int inputs, outputs;
  /// Whether it is that of the convolution that gives dx: the channels' roles are exchanged, and it
  /// is rotated by 180 degrees.
  int is_adjoint;
  /// The channels summed over (`c`) and those that come out (`k`), as this convolution sees them.
  int c0, c_count, k0, k_count;
  /// If not null, a factor for each that comes out.
  const float *scale;
} ck_filter_part;
