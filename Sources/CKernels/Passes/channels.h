// Passes over the channels of pixels that may lie apart: activations, sums, moments, a batch norm's
// way back.

// Accumulators of one sum that registers hold beside everything else.
#define HELD (WIDTH / 4)
#define GROUPED 8
// Asking for memory some 4 kB early doubles the speed of a pass that only reads: the processor's
// own foresight sees the blocks of channels as many short streams.
#define AHEAD_PIXELS(channels) (1024 / (channels) + 1)
#define FETCH(p) __builtin_prefetch(p, 0, 3)

INLINE void activate_pixels(const float *x, long xs, ck_activation p, float *y, long ys,
                            long pixels, long channels, int pends, int adds, int streams) {
  for (long i = 0; i < pixels; i++, x += xs, y += ys) {
    long c = 0;
    for (; c + 16 <= channels; c += 16) {
      vec16 v = load16(x + c);
      if (pends) v = activate16(v, p, c);
      if (adds) v += load16(y + c);
      put16(y + c, v, streams);
    }
    for (; c < channels; c++) {
      float v = pends ? activate1(x[c], p, c) : x[c];
      y[c] = adds ? y[c] + v : v;
    }
  }
}

static void activation_forward(ck_pixels xs, ck_pixels ys, long first, long count, int adds,
                               int streams) {
  const float *x = xs.base + first * xs.stride;
  float *y = ys.base + first * ys.stride;
  long x_stride = xs.stride, y_stride = ys.stride, channels = ys.channels;
  const ck_activation p = xs.pending;
  const int pends = p.scale != 0;
  if (!pends && x_stride == channels && y_stride == channels) {
    x_stride = y_stride = channels *= count;
    count = 1;
  }
#define ACTIVATE(pends, adds, streams) \
  activate_pixels(x, x_stride, p, y, y_stride, count, channels, pends, adds, streams)
  if (adds && pends) ACTIVATE(1, 1, 0);
  else if (adds) ACTIVATE(0, 1, 0);
  else if (streams && pends) ACTIVATE(1, 0, 1);
  else if (streams) ACTIVATE(0, 0, 1);
  else if (pends) ACTIVATE(1, 0, 0);
  else ACTIVATE(0, 0, 0);
#undef ACTIVATE
}

INLINE void add_pixels(const float *a, long as, ck_activation pa, const float *b, long bs,
                       ck_activation pb, float floor, float *y, long ys, long pixels, long channels,
                       int pend, int streams) {
  vec16 least = (vec16)floor;
  for (long i = 0; i < pixels; i++, a += as, b += bs, y += ys) {
    long c = 0;
    for (; c + 16 <= channels; c += 16) {
      vec16 v = load16(a + c), w = load16(b + c);
      if (pend & 1) v = activate16(v, pa, c);
      if (pend & 2) w = activate16(w, pb, c);
      v += w;
      v = above16(v, least);
      put16(y + c, v, streams);
    }
    for (; c < channels; c++) {
      float v = pend & 1 ? activate1(a[c], pa, c) : a[c];
      v += pend & 2 ? activate1(b[c], pb, c) : b[c];
      y[c] = above1(v, floor);
    }
  }
}

static void addition_forward(ck_pixels as, ck_pixels bs, float floor, ck_pixels ys, long first,
                             long count, int streams) {
  const float *a = as.base + first * as.stride, *b = bs.base + first * bs.stride;
  float *y = ys.base + first * ys.stride;
#define ADD(pend, s)                                                                              \
  add_pixels(a, as.stride, as.pending, b, bs.stride, bs.pending, floor, y, ys.stride, count,      \
             ys.channels, pend, s)
  switch ((as.pending.scale != 0) | (bs.pending.scale != 0) << 1 | (streams != 0) << 2) {
  case 0: ADD(0, 0); break;
  case 1: ADD(1, 0); break;
  case 2: ADD(2, 0); break;
  case 3: ADD(3, 0); break;
  case 4: ADD(0, 1); break;
  case 5: ADD(1, 1); break;
  case 6: ADD(2, 1); break;
  default: ADD(3, 1);
  }
#undef ADD
}

static void bias_forward(ck_pixels ys, const float *bias, long first, long count) {
  float *y = ys.base + first * ys.stride;
  for (long p = 0; p < count; p++, y += ys.stride)
    for (long c = 0; c < ys.channels; c++) y[c] += bias[c];
}

// Channels in blocks whose sums stay in registers over a group of pixels: memory is walked nearly
// in order, and every double is touched once a group.
INLINE void mask_block(float *dy, long ds, const float *y, long ys, long group, long ahead,
                       int held, int sum, double *sums) {
  vec16 s[HELD] = {0};
  for (long k = 0; k < group; k++, dy += ds, y += ys)
    for (int v = 0; v < held; v++) {
      FETCH(y + 16 * v + ahead * ys);
      FETCH(dy + 16 * v + ahead * ds);
      vec16 g = load16(y + 16 * v) > 0 ? load16(dy + 16 * v) : (vec16)0;
      store16(dy + 16 * v, g);
      s[v] += g;
    }
  for (int v = 0; sum && v < held; v++) add_to_doubles(sums + 16 * v, s[v]);
}

INLINE void mask(float *dy, long ds, const float *y, long ys, long pixels, long channels, int sum,
                 double *sums) {
  long ahead = AHEAD_PIXELS(channels);
  for (long p = 0; p < pixels; p += GROUPED, dy += GROUPED * ds, y += GROUPED * ys) {
    long group = pixels - p < GROUPED ? pixels - p : GROUPED, c = 0;
    for (; c + 16 * HELD <= channels; c += 16 * HELD)
      mask_block(dy + c, ds, y + c, ys, group, ahead, HELD, sum, sums + c);
    for (; c + 16 <= channels; c += 16)
      mask_block(dy + c, ds, y + c, ys, group, ahead, 1, sum, sums + c);
    for (; c < channels; c++) {
      float s = 0;
      for (long k = 0; k < group; k++)
        s += dy[k * ds + c] = y[k * ys + c] > 0 ? dy[k * ds + c] : 0;
      if (sum) sums[c] += s;
    }
  }
}

static void mask_backward(ck_pixels dys, ck_pixels ys, long first, long count, double *sums) {
  float *dy = dys.base + first * dys.stride;
  const float *y = ys.base + first * ys.stride;
  if (sums) mask(dy, dys.stride, y, ys.stride, count, dys.channels, 1, sums);
  else mask(dy, dys.stride, y, ys.stride, count, dys.channels, 0, (double *)dy);
}

INLINE void sums_block(const float *x, long xs, long group, long ahead, int held, double *sums) {
  vec16 s[HELD] = {0};
  for (long k = 0; k < group; k++, x += xs)
    for (int v = 0; v < held; v++) {
      FETCH(x + 16 * v + ahead * xs);
      s[v] += load16(x + 16 * v);
    }
  for (int v = 0; v < held; v++) add_to_doubles(sums + 16 * v, s[v]);
}

static void channel_sums(ck_pixels from, long first, long pixels, double *sums) {
  const float *x = from.base + first * from.stride;
  const long xs = from.stride, channels = from.channels;
  long ahead = AHEAD_PIXELS(channels);
  for (long p = 0; p < pixels; p += GROUPED, x += GROUPED * xs) {
    long group = pixels - p < GROUPED ? pixels - p : GROUPED, c = 0;
    for (; c + 16 * HELD <= channels; c += 16 * HELD)
      sums_block(x + c, xs, group, ahead, HELD, sums + c);
    for (; c + 16 <= channels; c += 16) sums_block(x + c, xs, group, ahead, 1, sums + c);
    for (; c < channels; c++) {
      float s = 0;
      for (long k = 0; k < group; k++) s += x[k * xs + c];
      sums[c] += s;
    }
  }
}

INLINE void moments_block(const float *x, long xs, const float *about, long group, long ahead,
                          int held, double *sums, double *squares) {
  vec16 s[HELD] = {0}, q[HELD] = {0};
  for (long k = 0; k < group; k++, x += xs)
    for (int v = 0; v < held; v++) {
      FETCH(x + 16 * v + ahead * xs);
      vec16 d = load16(x + 16 * v) - load16(about + 16 * v);
      s[v] += d;
      q[v] += d * d;
    }
  for (int v = 0; v < held; v++) {
    add_to_doubles(sums + 16 * v, s[v]);
    add_to_doubles(squares + 16 * v, q[v]);
  }
}

static void channel_moments(ck_pixels from, const float *about, long first, long pixels,
                            double *sums) {
  const float *x = from.base + first * from.stride;
  const long xs = from.stride, channels = from.channels;
  long ahead = AHEAD_PIXELS(channels);
  double *squares = sums + channels;
  for (long p = 0; p < pixels; p += GROUPED, x += GROUPED * xs) {
    long group = pixels - p < GROUPED ? pixels - p : GROUPED, c = 0;
    for (; c + 16 * HELD <= channels; c += 16 * HELD)
      moments_block(x + c, xs, about + c, group, ahead, HELD, sums + c, squares + c);
    for (; c + 16 <= channels; c += 16)
      moments_block(x + c, xs, about + c, group, ahead, 1, sums + c, squares + c);
    for (; c < channels; c++) {
      float s = 0, q = 0;
      for (long k = 0; k < group; k++) {
        float d = x[k * xs + c] - about[c];
        s += d;
        q += d * d;
      }
      sums[c] += s;
      squares[c] += q;
    }
  }
}

#define LET_THROUGH(dy, z, p, c)                                                            \
  ((z) * load16((p).scale + (c)) + load16((p).shift + (c)) > load16((p).floor + (c)) ? (dy) \
                                                                                     : (vec16)0)
#define LET_ONE_THROUGH(dy, z, p, c) \
  ((z) * (p).scale[c] + (p).shift[c] > (p).floor[c] ? (dy) : 0)

INLINE void norm_block(const float *dy, long ds, const float *z, long zs, ck_activation p,
                       const float *mean, long group, long ahead, int held, double *sums,
                       double *products) {
  vec16 s[HELD] = {0}, q[HELD] = {0};
  for (long k = 0; k < group; k++, dy += ds, z += zs)
    for (int v = 0; v < held; v++) {
      FETCH(z + 16 * v + ahead * zs);
      FETCH(dy + 16 * v + ahead * ds);
      vec16 value = load16(z + 16 * v);
      vec16 g = LET_THROUGH(load16(dy + 16 * v), value, p, 16 * v);
      s[v] += g;
      q[v] += g * (value - load16(mean + 16 * v));
    }
  for (int v = 0; v < held; v++) {
    add_to_doubles(sums + 16 * v, s[v]);
    add_to_doubles(products + 16 * v, q[v]);
  }
}

static void norm_backward_sums(ck_pixels dys, ck_pixels from, const float *mean, long first,
                               long pixels, double *sums) {
  const float *dy = dys.base + first * dys.stride, *z = from.base + first * from.stride;
  const long ds = dys.stride, zs = from.stride, channels = dys.channels;
  const ck_activation p = from.pending;
  long ahead = AHEAD_PIXELS(channels);
  double *products = sums + channels;
  for (long i = 0; i < pixels; i += GROUPED, dy += GROUPED * ds, z += GROUPED * zs) {
    long group = pixels - i < GROUPED ? pixels - i : GROUPED, c = 0;
    for (; c + 16 <= channels;) {
      int held = c + 16 * HELD <= channels ? HELD : 1;
      ck_activation q = {p.scale + c, p.shift + c, p.floor + c};
      if (held == HELD)
        norm_block(dy + c, ds, z + c, zs, q, mean + c, group, ahead, HELD, sums + c,
                         products + c);
      else
        norm_block(dy + c, ds, z + c, zs, q, mean + c, group, ahead, 1, sums + c,
                         products + c);
      c += 16 * held;
    }
    for (; c < channels; c++) {
      float s = 0, q = 0;
      for (long k = 0; k < group; k++) {
        float value = z[k * zs + c], g = LET_ONE_THROUGH(dy[k * ds + c], value, p, c);
        s += g;
        q += g * (value - mean[c]);
      }
      sums[c] += s;
      products[c] += q;
    }
  }
}

static void norm_backward_apply(ck_pixels dys, ck_pixels from, const float *mean,
                                const float *scale, const float *offset, const float *slope,
                                long first, long pixels) {
  float *dy = dys.base + first * dys.stride;
  const float *z = from.base + first * from.stride;
  const long ds = dys.stride, zs = from.stride, channels = dys.channels;
  const ck_activation p = from.pending;
  for (long i = 0; i < pixels; i++, dy += ds, z += zs) {
    long c = 0;
    for (; c + 16 <= channels; c += 16) {
      vec16 value = load16(z + c), g = LET_THROUGH(load16(dy + c), value, p, c);
      g -= load16(offset + c) + (value - load16(mean + c)) * load16(slope + c);
      store16(dy + c, load16(scale + c) * g);
    }
    for (; c < channels; c++) {
      float g = LET_ONE_THROUGH(dy[c], z[c], p, c);
      dy[c] = scale[c] * (g - offset[c] - (z[c] - mean[c]) * slope[c]);
    }
  }
}

static void sum_pieces(double *sums, long pieces, long width) {
  for (long k = 1; k < pieces; k++)
    for (long i = 0; i < width; i++) sums[i] += sums[k * width + i];
}
