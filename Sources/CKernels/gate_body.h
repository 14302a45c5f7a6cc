// Gates and max pools over strided pixels, included after pass_body.h, whose words they use.

INLINED void NAME(gate)(const float *g, const float *x, long xs, ck_pending p, float *y, long ys,
                        long pixels, long channels, int pends, int streams) {
  for (long i = 0; i < pixels; i++, x += xs, y += ys) {
    long c = 0;
    for (; c + 16 <= channels; c += 16) {
      pass16 v = LOAD(x + c);
      if (pends) v = ACTIVE(v, p, c);
      PUT(y + c, v * g[i]);
    }
    for (; c < channels; c++) y[c] = g[i] * (pends ? ACTIVE_ONE(x[c], p, c) : x[c]);
  }
}

void NAME(ck_pass_gate)(const float *g, const float *x, long xs, ck_pending p, float *y, long ys,
                        long pixels, long channels, int streams) {
  if (streams && p.scale) NAME(gate)(g, x, xs, p, y, ys, pixels, channels, 1, 1);
  else if (streams) NAME(gate)(g, x, xs, p, y, ys, pixels, channels, 0, 1);
  else if (p.scale) NAME(gate)(g, x, xs, p, y, ys, pixels, channels, 1, 0);
  else NAME(gate)(g, x, xs, p, y, ys, pixels, channels, 0, 0);
}

INLINED void NAME(gate_back)(const float *dy, long ds, const float *g, const float *x, long xs,
                             ck_pending p, float *dg, int dg_adds, float *dx, long dxs,
                             long pixels, long channels, int pends, int adds, int streams) {
  for (long i = 0; i < pixels; i++, dy += ds, x += xs, dx += dxs) {
    pass16 lanes = (pass16)0;
    float sum = 0;
    long c = 0;
    for (; c + 16 <= channels; c += 16) {
      pass16 d = LOAD(dy + c), v = LOAD(x + c);
      if (pends) v = ACTIVE(v, p, c);
      lanes += d * v;
      d *= g[i];
      if (adds) d += LOAD(dx + c);
      PUT(dx + c, d);
    }
    for (; c < channels; c++) {
      float d = dy[c];
      sum += d * (pends ? ACTIVE_ONE(x[c], p, c) : x[c]);
      dx[c] = adds ? dx[c] + d * g[i] : d * g[i];
    }
    for (int l = 0; l < 8; l++) lanes[l] += lanes[l + 8];
    for (int l = 0; l < 4; l++) lanes[l] += lanes[l + 4];
    sum += (lanes[0] + lanes[2]) + (lanes[1] + lanes[3]);
    dg[i] = dg_adds ? dg[i] + sum : sum;
  }
}

void NAME(ck_pass_gate_back)(const float *dy, long ds, const float *g, const float *x, long xs,
                             ck_pending p, float *dg, int dg_adds, float *dx, long dxs,
                             int adds, long pixels, long channels, int streams) {
#define BACK(pends, adds, streams) \
  NAME(gate_back)(dy, ds, g, x, xs, p, dg, dg_adds, dx, dxs, pixels, channels, pends, adds, streams)
  if (p.scale) {
    if (adds) BACK(1, 1, 0);
    else if (streams) BACK(1, 0, 1);
    else BACK(1, 0, 0);
  } else {
    if (adds) BACK(0, 1, 0);
    else if (streams) BACK(0, 0, 1);
    else BACK(0, 0, 0);
  }
#undef BACK
}

// The largest of the taps [ky0, ky1) x [kx0, kx1) of a window, of which (0, 0) is at x. The first
// wins a tie and a NaN wins over everything, as in PyTorch.
INLINED void NAME(window)(const float *x, long xs, long row, ck_pending p, long channels,
                          long kernel, long ky0, long ky1, long kx0, long kx1, float *y,
                          unsigned char *which, int pends) {
  long c = 0, ahead = AHEAD_PIXELS(channels);
  for (; c + 16 <= channels; c += 16) {
    pass16 most = LOAD(x + ky0 * row + kx0 * xs + c);
    if (pends) most = ACTIVE(most, p, c);
    pass16_int place = (pass16_int)(int)(ky0 * kernel + kx0);
    for (long ky = ky0; ky < ky1; ky++)
      for (long kx = kx0; kx < kx1; kx++) {
        if (kx + 2 >= kernel) AHEAD(x + ky * row + (kx + ahead) * xs + c);
        if (ky == ky0 && kx == kx0) continue;
        pass16 v = LOAD(x + ky * row + kx * xs + c);
        if (pends) v = ACTIVE(v, p, c);
        pass16_int wins = (v > most) | (v != v);
        most = wins ? v : most;
        place = wins ? (pass16_int)(int)(ky * kernel + kx) : place;
      }
    STORE(y + c, most);
    *(pass16_byte *)(which + c) = __builtin_convertvector(place, pass16_byte);
  }
  for (; c < channels; c++) {
    for (long ky = ky0; ky < ky1; ky++)
      for (long kx = kx0; kx < kx1; kx++) {
        float v = x[ky * row + kx * xs + c];
        if (pends) v = ACTIVE_ONE(v, p, c);
        if ((ky == ky0 && kx == kx0) || v > y[c] || v != v) {
          y[c] = v;
          which[c] = (unsigned char)(ky * kernel + kx);
        }
      }
  }
}

INLINED void NAME(pool)(const ck_pool *s, const float *image, long xs, ck_pending p, long row,
                        float *y, long ys, unsigned char *which, long kernel, int pends) {
  long channels = s->channels, wide = s->width * xs, top = row * s->stride - s->padding;
  long ky0 = top < 0 ? -top : 0, ky1 = s->height - top < kernel ? s->height - top : kernel;
  for (long o = 0; o < s->columns; o++, y += ys, which += channels) {
    long left = o * s->stride - s->padding;
    long kx0 = left < 0 ? -left : 0, kx1 = s->width - left < kernel ? s->width - left : kernel;
    const float *x = image + top * wide + left * xs;
    if (ky0 == 0 && ky1 == kernel && kx0 == 0 && kx1 == kernel)
      NAME(window)(x, xs, wide, p, channels, kernel, 0, kernel, 0, kernel, y, which, pends);
    else NAME(window)(x, xs, wide, p, channels, kernel, ky0, ky1, kx0, kx1, y, which, pends);
  }
}

void NAME(ck_pass_pool)(const ck_pool *s, const float *image, long xs, ck_pending p, long row,
                        float *y, long ys, unsigned char *which) {
#define POOL(kernel, pends) NAME(pool)(s, image, xs, p, row, y, ys, which, kernel, pends)
  if (s->kernel == 2 && p.scale) POOL(2, 1);
  else if (s->kernel == 2) POOL(2, 0);
  else if (s->kernel == 3 && p.scale) POOL(3, 1);
  else if (s->kernel == 3) POOL(3, 0);
  else POOL(s->kernel, p.scale != 0);
#undef POOL
}

// A pixel at `at` is in the windows [first, last): at place at + padding - o * stride of window o.
#define FIRST_WINDOW(at) \
  ((at) + s->padding < kernel ? 0 : ((at) + s->padding - kernel + stride) / stride)
#define LAST_WINDOW(at, windows) \
  (((at) + s->padding) / stride < (windows) ? ((at) + s->padding) / stride + 1 : (windows))

// The pixels from..<to of a row of gradients, any sizes.
INLINED void NAME(pool_back)(const ck_pool *s, const float *dy, long ds,
                             const unsigned char *which, long row, long from, long to, float *dx,
                             long dxs, int adds, long kernel, long stride) {
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
  __builtin_convertvector(*(const pass16_byte *)(which + (window) * channels + (c)), pass16_int)
#define TAKE(chosen, place, window, c) \
  ((chosen) == (pass16_int)(place) ? LOAD(dy + (window) * ds + (c)) : (pass16)0)

// Two pixels at a time of the usual pools, 2 x 2 without padding and 3 x 3 with 1, both in steps of
// 2: the first lies in one window, and so does the second, or in two side by side; `lower` says
// whether the row lies in the windows below as well.
INLINED void NAME(pool_back_pairs)(const ck_pool *s, const float *dy, long ds,
                                   const unsigned char *which, long row, float *dx, long dxs,
                                   int adds, int streams, int kernel, int lower) {
  long channels = s->channels, columns = s->columns, first = row / 2 * columns;
  int near = kernel - 2, top = (near + (int)(row & 1)) * kernel;
  for (long q = 0; q < s->width / 2; q++, dx += 2 * dxs) {
    // At the end there is no window to the right: its place is one that nothing has.
    int right = q + 1 < columns ? 0 : -100;
    long here = first + q, next = q + 1 < columns ? here + 1 : here;
    for (long c = 0; c + 16 <= channels; c += 16) {
      pass16 a = adds ? LOAD(dx + c) : (pass16)0, b = adds ? LOAD(dx + dxs + c) : (pass16)0;
      pass16_int chosen = CHOSEN(here, c);
      a += TAKE(chosen, top + near, here, c);
      b += TAKE(chosen, top + near + 1, here, c);
      if (kernel == 3) b += TAKE(CHOSEN(next, c), top + right, next, c);
      if (lower) {
        chosen = CHOSEN(here + columns, c);
        a += TAKE(chosen, near, here + columns, c);
        b += TAKE(chosen, near + 1, here + columns, c);
        b += TAKE(CHOSEN(next + columns, c), right, next + columns, c);
      }
      PUT(dx + c, a);
      PUT(dx + dxs + c, b);
    }
  }
}

void NAME(ck_pass_pool_back)(const ck_pool *s, const float *dy, long ds,
                             const unsigned char *which, long row, float *dx, long dxs, int adds,
                             int streams) {
  int pairs = s->kernel == 2 || s->kernel == 3, lower = s->kernel == 3 && row / 2 + 1 < s->rows;
  pairs = pairs && s->stride == 2 && s->padding == s->kernel - 2 && s->channels % 16 == 0;
  if (!pairs || row / 2 >= s->rows) {
    NAME(pool_back)(s, dy, ds, which, row, 0, s->width, dx, dxs, adds, s->kernel, s->stride);
    return;
  }
#define PAIRS(adds, streams) do { \
    if (s->kernel == 2) \
      NAME(pool_back_pairs)(s, dy, ds, which, row, dx, dxs, adds, streams, 2, 0); \
    else if (lower && row % 2) \
      NAME(pool_back_pairs)(s, dy, ds, which, row, dx, dxs, adds, streams, 3, 1); \
    else NAME(pool_back_pairs)(s, dy, ds, which, row, dx, dxs, adds, streams, 3, 0); \
  } while (0)
  if (adds) PAIRS(1, 0);
  else if (streams) PAIRS(0, 1);
  else PAIRS(0, 0);
#undef PAIRS
  long rest = s->width / 2 * 2;
  NAME(pool_back)(s, dy, ds, which, row, rest, s->width, dx, dxs, adds, s->kernel, s->stride);
}

#undef LOAD
#undef STORE
#undef STREAM
#undef PUT
#undef ABOVE
#undef ACTIVE
#undef ACTIVE_ONE
#undef ADD_TO
#undef HELD
#undef GROUPED
#undef INLINED
#undef AHEAD
#undef AHEAD_PIXELS
#undef LET_THROUGH
#undef LET_ONE_THROUGH
#undef CHOSEN
#undef TAKE
#undef FIRST_WINDOW
#undef LAST_WINDOW
