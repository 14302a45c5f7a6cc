// Every kernel that is compiled once an instruction set, a line each: KERNEL(result, name,
// parameters). Included wherever something is made of all of them; no include guard.
//
// A kernel works on the piece that it is given and allocates nothing; threads are the caller's.
// Where it takes `adds`, 0 overwrites the target and 1 adds to it. Of `ck_pixels` it takes the
// `count` pixels from `first` on; where sums are taken they are added to doubles, from floats over
// eight pixels at most. `streams` is 1 to write past the caches, which takes pixels, strides and
// channels of whole 64 bytes.

// Elementwise.

/// y = factor * x.
KERNEL(void, scale, (const float *x, float *y, long n, float factor, int adds))
/// y += share * (x - y).
KERNEL(void, approach, (const float *x, float *y, long n, float share))
/// y = a * b.
KERNEL(void, multiply, (const float *a, const float *b, float *y, long n, int adds))
/// y = a * t + b.
KERNEL(void, affine, (const float *t, float *y, long n, float a, float b, int adds))
/// y = max(x, 0).
KERNEL(void, relu_forward, (const float *x, float *y, long n))
/// dx = dy where y > 0, else 0.
KERNEL(void, relu_backward, (const float *y, const float *dy, float *dx, long n, int adds))
/// y = 1 / (1 + exp(-x)).
KERNEL(void, sigmoid_forward, (const float *x, float *y, long n))
/// dx = dy * y * (1 - y).
KERNEL(void, sigmoid_backward, (const float *y, const float *dy, float *dx, long n, int adds))
/// 1 where every value is finite.
KERNEL(int, is_finite, (const float *x, long n))
/// One step of Adam. The complements 1 - beta come rounded from double, as PyTorch has them: in
/// float they lose digits.
KERNEL(void, adam_step, (float *w, const float *g, float *m, float *v, long n, float rest1,
  float beta2, float rest2, float step, float root, float epsilon))

// Losses.

/// The sum of the cross entropies of t with sigmoid(z).
KERNEL(double, cross_entropy_forward, (const float *z, const float *t, long n))
/// dz = scale * (sigmoid(z) - t).
KERNEL(void, cross_entropy_backward, (const float *z, const float *t, float *dz, long n,
  float scale, int adds))
/// The sum of the cross entropies of t with sigmoid(z), each times its weight.
KERNEL(double, weighted_cross_entropy_forward, (const float *z, const float *t,
  const float *weights, long n))
/// dz = scale * weight * (sigmoid(z) - t).
KERNEL(void, weighted_cross_entropy_backward, (const float *z, const float *t,
  const float *weights, float *dz, long n, float scale, int adds))
/// out = sums of p * t, p, t.
KERNEL(void, overlap_sums, (const float *p, const float *t, long n, double *out))
/// The sum of the lengths of the forward differences of row `a` with the row `b` below it, each times
/// `known` of its pixel of `a`, unless that is null.
KERNEL(double, contour_row_forward, (const float *a, const float *b, const float *known, long width,
  float epsilon))
/// One row of gradients; `above` and `below` are null at the image's border, and both `known` where all
/// lengths count.
KERNEL(void, contour_row_backward, (const float *above, const float *row, const float *below,
  const float *known, const float *known_above, long width, float epsilon, float scale, float *dp,
  int adds))
/// out = sums of p * (1 - t)^2 and (1 - p) * t^2.
KERNEL(void, area_forward, (const float *p, const float *t, long n, double *out))
/// dp = outside * (1 - t)^2 - inside * t^2.
KERNEL(void, area_backward, (const float *t, float *dp, long n, float outside, float inside,
  int adds))

// Passes over pixels.

/// y = x, activated.
KERNEL(void, activation_forward, (ck_pixels x, ck_pixels y, long first, long count, int adds,
  int streams))
/// y = a + b, both activated, and no less than `floor`.
KERNEL(void, addition_forward, (ck_pixels a, ck_pixels b, float floor, ck_pixels y, long first,
  long count, int streams))
/// y += bias.
KERNEL(void, bias_forward, (ck_pixels y, const float *bias, long first, long count))
/// dy = y > 0 ? dy : 0 in place, and its sums unless `sums` is null.
KERNEL(void, mask_backward, (ck_pixels dy, ck_pixels y, long first, long count, double *sums))
/// The sums of x.
KERNEL(void, channel_sums, (ck_pixels x, long first, long count, double *sums))
/// The sums of x - about, and behind them those of its squares.
KERNEL(void, channel_moments, (ck_pixels x, const float *about, long first, long count,
  double *sums))
/// The sums of g = dy where z, activated, is above its floor, and behind them those of g * (z -
/// mean).
KERNEL(void, norm_backward_sums, (ck_pixels dy, ck_pixels z, const float *mean, long first,
  long count, double *sums))
/// dy = scale * (g - offset - (z - mean) * slope) in place.
KERNEL(void, norm_backward_apply, (ck_pixels dy, ck_pixels z, const float *mean,
  const float *scale, const float *offset, const float *slope, long first, long count))
/// Adds `pieces` rows of `width` doubles into the first.
KERNEL(void, sum_pieces, (double *sums, long pieces, long width))
/// y = gate * x, one factor a pixel, x activated.
KERNEL(void, gate_forward, (const float *gate, ck_pixels x, ck_pixels y, long first, long count,
  int streams))
/// dgate = the sum over the channels of x * dy, and dx = gate * dy.
KERNEL(void, gate_backward, (ck_pixels dy, const float *gate, ck_pixels x, float *dgate,
  int dgate_adds, ck_pixels dx, int dx_adds, long first, long count, int streams))
/// One row of an image's windows; `choices` are the places in them, a byte a value without gaps.
KERNEL(void, max_pool_row_forward, (ck_pool sizes, ck_pixels x, ck_pixels y, long image, long row,
  unsigned char *choices))
/// One row of an image's input gradients.
KERNEL(void, max_pool_row_backward, (ck_pool sizes, ck_pixels dy, const unsigned char *choices,
  ck_pixels dx, long image, long row, int adds, int streams))
/// Repeats every pixel of a row of pixels twice.
KERNEL(void, upsample_row_forward, (const float *x, float *y, long width, long channels))
/// Sums the 2 x 2 blocks of two rows of dy into one row of dx.
KERNEL(void, upsample_row_backward, (const float *dy, float *dx, long width, long channels,
  int adds))

// The direct method.

/// Copies a window of image `image`, activated, with zeros where it leaves the image; `pixel`
/// floats from pixel to pixel of `out`.
KERNEL(void, window, (ck_pixels x, long image, long top, long left, long rows, long columns,
  float *out, long pixel))
/// out[k][j] = w[k * row + j] * scale[j] of one panel; `scale` may be null.
KERNEL(void, pack_panel, (const float *w, long row, long depth, long columns, const float *scale,
  float *out))
/// out[k][j] = w[j * row + k] of one panel.
KERNEL(void, pack_panel_transposed, (const float *w, long row, long depth, long columns,
  float *out))
/// out[k][j] = x[pixel + k][first + j], activated, of one panel.
KERNEL(void, pack_pixels, (ck_pixels x, long pixel, long depth, long first, long columns,
  float *out))
/// out[k] = x[pixel + k] of pixels of one channel.
KERNEL(void, pack_column, (ck_pixels x, long pixel, long depth, float *out))
/// out[r][c] = w[r][c] * scale[c]; `scale` may be null.
KERNEL(void, scale_rows, (const float *w, long rows, long columns, const float *scale, float *out))
/// c[to[r]][..columns] (+)= sum over runs of a[at[r]] * b, of one panel; meanwhile what lies
/// `ahead` (may be null) is fetched.
KERNEL(void, product, (const float *a, const long *at, long rows, const ck_run *runs, long count,
  const float *b, float *c, const long *to, long columns, int adds, const ck_ahead *ahead))
/// c[r][..columns] (+)= sum over k of a[at[k] + r] * b[k], of one panel; `line` floats a row of c.
KERNEL(void, product_transposed, (const float *a, const long *at, long depth, long rows,
  const float *b, float *c, long line, long columns, int adds))
/// c[to[r]] (+)= the dot product of row r's runs with b.
KERNEL(void, dots, (const float *a, const long *at, long rows, const ck_run *runs, long count,
  const float *b, float *c, const long *to, int adds))
/// c[r] (+)= sum over k of a[at[k] + r] * b[k], for one column.
KERNEL(void, dots_transposed, (const float *a, const long *at, long depth, long rows,
  const float *b, float *c, int adds))
/// Finishes rows that start at c[to[r]]; the sums of `y - about` and of its square are added to
/// `sums` and `squares`.
KERNEL(void, finish_rows, (float *c, const long *to, long rows, long columns,
  ck_epilogue epilogue, double *sums, double *squares))
/// out[i] (+)= p[i] + p[gap + i] + ... of `parts`, in this order.
KERNEL(void, sum_parts, (const float *p, long parts, long gap, long n, float *out, int adds))

// Winograd's method.

/// V = B^T d B.
KERNEL(void, winograd_input, (int transform, ck_pixels x, ck_tile_range range, ck_tiles v))
/// M = A dY A^T, the adjoint of the output's transform.
KERNEL(void, winograd_gradient, (int kind, ck_pixels dy, ck_tile_range range, ck_tiles m))
/// y = A^T M A of the channels `k0 ..< k0 + width`, then the epilogue, whose sums are added to
/// `sums` and `squares`.
KERNEL(void, winograd_output, (int transform, ck_tiles m, ck_tile_range range,
  ck_epilogue epilogue, float *sums, float *squares, int k0, int width, ck_pixels y))
/// U = G g G^T of a group's channels as `winograd_products` reads it:
/// `[position][panel][depth][columns]`, positions `CK_WINOGRAD_PAD` floats apart, of which `filter`
/// gives the lines from `line` on.
KERNEL(void, winograd_filter, (int kind, ck_filter_part filter, float *u, int depth, int line))
/// dW (+)= G^T dU G, dU being the sum of `copies`: `[position][c][line]`, `gap` floats a position.
KERNEL(void, winograd_filter_backward, (int kind, const float *du, size_t gap, int line,
  int copies, size_t copy, ck_filter_part dw, int adds))
/// M[position][tile][width] (+)= V U over the `depth` channels of part `part` of V.
///
/// `shares` says whose positions behind a doubling share places: 0 nobody's, 1 V's, 2 M's.
KERNEL(void, winograd_products, (int kind, int shares, ck_tiles v, int part, const float *u,
  int depth, int count, int width, ck_tiles m, int adds))
/// dU[position][c][line] (+)= V^T M of `rows` channels of V from `c0` on, and `width` of M from
/// `k0` on.
KERNEL(void, winograd_filter_products, (int kind, ck_tiles v, int c0, int rows, ck_tiles m, int k0,
  int width, int count, float *du, size_t du_gap, int line, int adds))
