// The largest value of each window, and its way back.

// The largest of the taps [ky0, ky1) x [kx0, kx1) of a window, of which (0, 0) is at x. The first
// wins a tie and a NaN wins over everything, as in PyTorch.
INLINE void largest(const float *x, long xs, long row, ck_activation p, long channels, long kernel,
                    long ky0, long ky1, long kx0, long kx1, float *y, unsigned char *which,
                    int pends) {
  long c = 0, ahead = AHEAD_PIXELS(channels);
  for (; c + 16 <= channels; c += 16) {
    vec16 most = load16(x + ky0 * row + kx0 * xs + c);
    if (pends) most = activate16(most, p, c);
    vec16_int place = (vec16_int)(int)(ky0 * kernel + kx0);
    for (long ky = ky0; ky < ky1; ky++)
      for (long kx = kx0; kx < kx1; kx++) {
        if (kx + 2 >= kernel) FETCH(x + ky * row + (kx + ahead) * xs + c);
        if (ky == ky0 && kx == kx0) continue;
        vec16 v = load16(x + ky * row + kx * xs + c);
        if (pends) v = activate16(v, p, c);
        vec16_int wins = (v > most) | (v != v);
        most = wins ? v : most;
        place = wins ? (vec16_int)(int)(ky * kernel + kx) : place;
      }
    store16(y + c, most);
    *(vec16_byte *)(which + c) = __builtin_convertvector(place, vec16_byte);
  }
  for (; c < channels; c++) {
    for (long ky = ky0; ky < ky1; ky++)
      for (long kx = kx0; kx < kx1; kx++) {
        float v = x[ky * row + kx * xs + c];
        if (pends) v = activate1(v, p, c);
        if ((ky == ky0 && kx == kx0) || v > y[c] || v != v) {
          y[c] = v;
          which[c] = (unsigned char)(ky * kernel + kx);
        }
      }
  }
}

INLINE void pool_row(const ck_pool *s, const float *image, long xs, ck_activation p, long row,
                     float *y, long ys, unsigned char *which, long kernel, int pends) {
  long channels = s->channels, wide = s->width * xs, top = row * s->stride - s->padding;
  long ky0 = top < 0 ? -top : 0, ky1 = s->height - top < kernel ? s->height - top : kernel;
  for (long o = 0; o < s->columns; o++, y += ys, which += channels) {
    long left = o * s->stride - s->padding;
    long kx0 = left < 0 ? -left : 0, kx1 = s->width - left < kernel ? s->width - left : kernel;
    const float *x = image + top * wide + left * xs;
    if (ky0 == 0 && ky1 == kernel && kx0 == 0 && kx1 == kernel)
      largest(x, xs, wide, p, channels, kernel, 0, kernel, 0, kernel, y, which, pends);
    else largest(x, xs, wide, p, channels, kernel, ky0, ky1, kx0, kx1, y, which, pends);
  }
}

static void max_pool_row_forward(ck_pool sizes, ck_pixels xs, ck_pixels ys, long image, long row,
                                 unsigned char *choices) {
  const ck_pool *s = &sizes;
  const float *x = xs.base + image * s->height * s->width * xs.stride;
  const long pixel = (image * s->rows + row) * s->columns;
  float *y = ys.base + pixel * ys.stride;
  unsigned char *which = choices + pixel * s->channels;
#define POOL(kernel, pends) \
  pool_row(s, x, xs.stride, xs.pending, row, y, ys.stride, which, kernel, pends)
  if (s->kernel == 2 && xs.pending.scale) POOL(2, 1);
  else if (s->kernel == 2) POOL(2, 0);
  else if (s->kernel == 3 && xs.pending.scale) POOL(3, 1);
  else if (s->kernel == 3) POOL(3, 0);
  else POOL(s->kernel, xs.pending.scale != 0);
#undef POOL
}

// A pixel at `at` is in the windows [first, last): at place at + padding - o * stride of window o.
#define FIRST_WINDOW(at) \
  ((at) + s->padding < kernel ? 0 : ((at) + s->padding - kernel + stride) / stride)
#define LAST_WINDOW(at, windows) \
  (((at) + s->padding) / stride < (windows) ? ((at) + s->padding) / stride + 1 : (windows))

// The pixels from..<to of a row of gradients, any sizes.
INLINE void pool_row_back(const ck_pool *s, const float *dy, long ds, const unsigned char *which,
                          long row, long from, long to, float *dx, long dxs, int adds, long kernel,
                          long stride) {
  long channels = s->channels, columns = s->columns;
  long oy0 = FIRST_WINDOW(row), oy1 = LAST_WINDOW(row, s->rows);
  for (long x = from; x < to; x++) {
    long ox0 = FIRST_WINDOW(x), ox1 = LAST_WINDOW(x, columns);
    float *to = dx + x * dxs;
    for (long c = 0; !adds && c < channels; c++) to[c] = 0;
    for (long oy = oy0; oy < oy1; oy++)
      for (long ox = ox0; ox < ox1; ox++) {
        long place = (row + s->padding - oy * stride) * kernel + x + s->padding - ox * stride;
        const float *g = dy + (oy * columns + ox) * ds;
        const unsigned char *w = which + (oy * columns + ox) * channels;
        for (long c = 0; c < channels; c++) to[c] += w[c] == place ? g[c] : 0;
      }
  }
}

#define CHOSEN(window, c) \
  __builtin_convertvector(*(const vec16_byte *)(which + (window) * channels + (c)), vec16_int)
#define TAKE(chosen, place, window, c) \
  ((chosen) == (vec16_int)(place) ? load16(dy + (window) * ds + (c)) : (vec16)0)

// Two pixels at a time of the usual pools, 2 x 2 without padding and 3 x 3 with 1, both in steps of
// 2: the first lies in one window, and so does the second, or in two side by side; `lower` says
// whether the row lies in the windows below as well.
INLINE void pool_row_back_pairs(const ck_pool *s, const float *dy, long ds,
                                const unsigned char *which, long row, float *dx, long dxs, int adds,
                                int streams, int kernel, int lower) {
  long channels = s->channels, columns = s->columns, first = row / 2 * columns;
  int near = kernel - 2, top = (near + (int)(row & 1)) * kernel;
  for (long q = 0; q < s->width / 2; q++, dx += 2 * dxs) {
    // At the end there is no window to the right: its place is one that nothing has.
    int right = q + 1 < columns ? 0 : -100;
    long here = first + q, next = q + 1 < columns ? here + 1 : here;
    for (long c = 0; c + 16 <= channels; c += 16) {
      vec16 a = adds ? load16(dx + c) : (vec16)0, b = adds ? load16(dx + dxs + c) : (vec16)0;
      vec16_int chosen = CHOSEN(here, c);
      a += TAKE(chosen, top + near, here, c);
      b += TAKE(chosen, top + near + 1, here, c);
      if (kernel == 3) b += TAKE(CHOSEN(next, c), top + right, next, c);
      if (lower) {
        chosen = CHOSEN(here + columns, c);
        a += TAKE(chosen, near, here + columns, c);
        b += TAKE(chosen, near + 1, here + columns, c);
        b += TAKE(CHOSEN(next + columns, c), right, next + columns, c);
      }
      put16(dx + c, a, streams);
      put16(dx + dxs + c, b, streams);
    }
  }
}

static void max_pool_row_backward(ck_pool sizes, ck_pixels dys, const unsigned char *choices,
                                  ck_pixels dxs, long image, long row, int adds, int streams) {
  const ck_pool *s = &sizes;
  const long windows = image * s->rows * s->columns, ds = dys.stride, dx_stride = dxs.stride;
  const float *dy = dys.base + windows * ds;
  const unsigned char *which = choices + windows * s->channels;
  float *dx = dxs.base + (image * s->height + row) * s->width * dx_stride;
  int pairs = s->kernel == 2 || s->kernel == 3, lower = s->kernel == 3 && row / 2 + 1 < s->rows;
  pairs = pairs && s->stride == 2 && s->padding == s->kernel - 2 && s->channels % 16 == 0;
  if (!pairs || row / 2 >= s->rows) {
    pool_row_back(s, dy, ds, which, row, 0, s->width, dx, dx_stride, adds, s->kernel, s->stride);
    return;
  }
#define PAIRS(adds, streams, kernel, lower) \
  pool_row_back_pairs(s, dy, ds, which, row, dx, dx_stride, adds, streams, kernel, lower)
#define BACK(adds, streams)                                     \
  do {                                                          \
    if (s->kernel == 2) PAIRS(adds, streams, 2, 0);             \
    else if (lower && row % 2) PAIRS(adds, streams, 3, 1);      \
    else PAIRS(adds, streams, 3, 0);                            \
  } while (0)
  if (adds) BACK(1, 0);
  else if (streams) BACK(0, 1);
  else BACK(0, 0);
#undef BACK
#undef PAIRS
  const long rest = s->width / 2 * 2;
  pool_row_back(s, dy, ds, which, row, rest, s->width, dx, dx_stride, adds, s->kernel, s->stride);
}
#undef CHOSEN
#undef TAKE
#undef FIRST_WINDOW
#undef LAST_WINDOW
