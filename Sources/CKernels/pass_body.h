// Passes over strided pixels, included once an instruction set with NAME giving each its suffix
// and WIDTH the floats of its registers. Vectors are of 16 floats throughout: a channel count that
// is a multiple of 16 never meets the scalar loops behind them.

#include "passes.h"

typedef float pass16 __attribute__((ext_vector_type(16), aligned(4), may_alias));
typedef float pass16_whole __attribute__((ext_vector_type(16), may_alias));
typedef double pass16_double __attribute__((ext_vector_type(16), aligned(8), may_alias));
typedef int pass16_int __attribute__((ext_vector_type(16)));
typedef unsigned char pass16_byte __attribute__((ext_vector_type(16), aligned(1), may_alias));

#define INLINED static inline __attribute__((always_inline))
#define LOAD(from) (*(const pass16 *)(from))
#define STORE(to, v) (*(pass16 *)(to) = (v))
#define STREAM(to, v) __builtin_nontemporal_store((pass16_whole)(v), (pass16_whole *)(to))
#define PUT(to, v) do { if (streams) STREAM(to, v); else STORE(to, v); } while (0)
// A NaN stays one.
#define ABOVE(v, least) ((v) < (least) ? (least) : (v))
#define ACTIVE(v, p, c) ABOVE((v) * LOAD((p).scale + (c)) + LOAD((p).shift + (c)), \
                              LOAD((p).floor + (c)))
#define ACTIVE_ONE(v, p, c) ABOVE((v) * (p).scale[c] + (p).shift[c], (p).floor[c])
#define ADD_TO(sums, v) \
  (*(pass16_double *)(sums) += __builtin_convertvector((pass16)(v), pass16_double))
// Accumulators of one sum that registers hold beside everything else.
#define HELD (WIDTH / 4)
#define GROUPED 8
// Asking for memory some 4 kB early doubles the speed of a pass that only reads: the processor's
// own foresight sees the blocks of channels as many short streams.
#define AHEAD_PIXELS(channels) (1024 / (channels) + 1)
#define AHEAD(p) __builtin_prefetch(p, 0, 3)

INLINED void NAME(activate)(const float *x, long xs, ck_pending p, float *y, long ys, long pixels,
                            long channels, int pends, int adds, int streams) {
  for (long i = 0; i < pixels; i++, x += xs, y += ys) {
    long c = 0;
    for (; c + 16 <= channels; c += 16) {
      pass16 v = LOAD(x + c);
      if (pends) v = ACTIVE(v, p, c);
      if (adds) v += LOAD(y + c);
      PUT(y + c, v);
    }
    for (; c < channels; c++) {
      float v = pends ? ACTIVE_ONE(x[c], p, c) : x[c];
      y[c] = adds ? y[c] + v : v;
    }
  }
}

void NAME(ck_pass_activate)(const float *x, long xs, ck_pending p, float *y, long ys, long pixels,
                            long channels, int adds, int streams) {
  int pends = p.scale != 0;
  if (!pends && xs == channels && ys == channels) {
    xs = ys = channels *= pixels;
    pixels = 1;
  }
  if (adds && pends) NAME(activate)(x, xs, p, y, ys, pixels, channels, 1, 1, 0);
  else if (adds) NAME(activate)(x, xs, p, y, ys, pixels, channels, 0, 1, 0);
  else if (streams && pends) NAME(activate)(x, xs, p, y, ys, pixels, channels, 1, 0, 1);
  else if (streams) NAME(activate)(x, xs, p, y, ys, pixels, channels, 0, 0, 1);
  else if (pends) NAME(activate)(x, xs, p, y, ys, pixels, channels, 1, 0, 0);
  else NAME(activate)(x, xs, p, y, ys, pixels, channels, 0, 0, 0);
}

INLINED void NAME(add)(const float *a, long as, ck_pending pa, const float *b, long bs,
                       ck_pending pb, float floor, float *y, long ys, long pixels, long channels,
                       int pend, int streams) {
  pass16 least = (pass16)floor;
  for (long i = 0; i < pixels; i++, a += as, b += bs, y += ys) {
    long c = 0;
    for (; c + 16 <= channels; c += 16) {
      pass16 v = LOAD(a + c), w = LOAD(b + c);
      if (pend & 1) v = ACTIVE(v, pa, c);
      if (pend & 2) w = ACTIVE(w, pb, c);
      v += w;
      v = ABOVE(v, least);
      PUT(y + c, v);
    }
    for (; c < channels; c++) {
      float v = pend & 1 ? ACTIVE_ONE(a[c], pa, c) : a[c];
      v += pend & 2 ? ACTIVE_ONE(b[c], pb, c) : b[c];
      y[c] = ABOVE(v, floor);
    }
  }
}

void NAME(ck_pass_add)(const float *a, long as, ck_pending pa, const float *b, long bs,
                       ck_pending pb, float floor, float *y, long ys, long pixels, long channels,
                       int streams) {
#define ADD(pend, s) NAME(add)(a, as, pa, b, bs, pb, floor, y, ys, pixels, channels, pend, s)
  switch ((pa.scale != 0) | (pb.scale != 0) << 1 | (streams != 0) << 2) {
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

// Channels in blocks whose sums stay in registers over a group of pixels: memory is walked nearly
// in order, and every double is touched once a group.
INLINED void NAME(mask_block)(float *dy, long ds, const float *y, long ys, long group,
                              long ahead, int held, int sum, double *sums) {
  pass16 s[HELD] = {0};
  for (long k = 0; k < group; k++, dy += ds, y += ys)
    for (int v = 0; v < held; v++) {
      AHEAD(y + 16 * v + ahead * ys);
      AHEAD(dy + 16 * v + ahead * ds);
      pass16 g = LOAD(y + 16 * v) > 0 ? LOAD(dy + 16 * v) : (pass16)0;
      STORE(dy + 16 * v, g);
      s[v] += g;
    }
  for (int v = 0; sum && v < held; v++) ADD_TO(sums + 16 * v, s[v]);
}

INLINED void NAME(mask)(float *dy, long ds, const float *y, long ys, long pixels, long channels,
                        int sum, double *sums) {
  long ahead = AHEAD_PIXELS(channels);
  for (long p = 0; p < pixels; p += GROUPED, dy += GROUPED * ds, y += GROUPED * ys) {
    long group = pixels - p < GROUPED ? pixels - p : GROUPED, c = 0;
    for (; c + 16 * HELD <= channels; c += 16 * HELD)
      NAME(mask_block)(dy + c, ds, y + c, ys, group, ahead, HELD, sum, sums + c);
    for (; c + 16 <= channels; c += 16)
      NAME(mask_block)(dy + c, ds, y + c, ys, group, ahead, 1, sum, sums + c);
    for (; c < channels; c++) {
      float s = 0;
      for (long k = 0; k < group; k++)
        s += dy[k * ds + c] = y[k * ys + c] > 0 ? dy[k * ds + c] : 0;
      if (sum) sums[c] += s;
    }
  }
}

void NAME(ck_pass_mask)(float *dy, long ds, const float *y, long ys, long pixels, long channels,
                        double *sums) {
  if (sums) NAME(mask)(dy, ds, y, ys, pixels, channels, 1, sums);
  else NAME(mask)(dy, ds, y, ys, pixels, channels, 0, (double *)dy);
}

INLINED void NAME(sums_block)(const float *x, long xs, long group, long ahead, int held,
                              double *sums) {
  pass16 s[HELD] = {0};
  for (long k = 0; k < group; k++, x += xs)
    for (int v = 0; v < held; v++) {
      AHEAD(x + 16 * v + ahead * xs);
      s[v] += LOAD(x + 16 * v);
    }
  for (int v = 0; v < held; v++) ADD_TO(sums + 16 * v, s[v]);
}

void NAME(ck_pass_sums)(const float *x, long xs, long pixels, long channels, double *sums) {
  long ahead = AHEAD_PIXELS(channels);
  for (long p = 0; p < pixels; p += GROUPED, x += GROUPED * xs) {
    long group = pixels - p < GROUPED ? pixels - p : GROUPED, c = 0;
    for (; c + 16 * HELD <= channels; c += 16 * HELD)
      NAME(sums_block)(x + c, xs, group, ahead, HELD, sums + c);
    for (; c + 16 <= channels; c += 16) NAME(sums_block)(x + c, xs, group, ahead, 1, sums + c);
    for (; c < channels; c++) {
      float s = 0;
      for (long k = 0; k < group; k++) s += x[k * xs + c];
      sums[c] += s;
    }
  }
}

INLINED void NAME(moments_block)(const float *x, long xs, const float *about, long group,
                                 long ahead, int held, double *sums, double *squares) {
  pass16 s[HELD] = {0}, q[HELD] = {0};
  for (long k = 0; k < group; k++, x += xs)
    for (int v = 0; v < held; v++) {
      AHEAD(x + 16 * v + ahead * xs);
      pass16 d = LOAD(x + 16 * v) - LOAD(about + 16 * v);
      s[v] += d;
      q[v] += d * d;
    }
  for (int v = 0; v < held; v++) {
    ADD_TO(sums + 16 * v, s[v]);
    ADD_TO(squares + 16 * v, q[v]);
  }
}

void NAME(ck_pass_moments)(const float *x, long xs, const float *about, long pixels, long channels,
                           double *sums) {
  long ahead = AHEAD_PIXELS(channels);
  double *squares = sums + channels;
  for (long p = 0; p < pixels; p += GROUPED, x += GROUPED * xs) {
    long group = pixels - p < GROUPED ? pixels - p : GROUPED, c = 0;
    for (; c + 16 * HELD <= channels; c += 16 * HELD)
      NAME(moments_block)(x + c, xs, about + c, group, ahead, HELD, sums + c, squares + c);
    for (; c + 16 <= channels; c += 16)
      NAME(moments_block)(x + c, xs, about + c, group, ahead, 1, sums + c, squares + c);
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

#define LET_THROUGH(dy, z, p, c) \
  ((z) * LOAD((p).scale + (c)) + LOAD((p).shift + (c)) > LOAD((p).floor + (c)) ? (dy) : (pass16)0)
#define LET_ONE_THROUGH(dy, z, p, c) \
  ((z) * (p).scale[c] + (p).shift[c] > (p).floor[c] ? (dy) : 0)

INLINED void NAME(norm_block)(const float *dy, long ds, const float *z, long zs, ck_pending p,
                              const float *mean, long group, long ahead, int held, double *sums,
                              double *products) {
  pass16 s[HELD] = {0}, q[HELD] = {0};
  for (long k = 0; k < group; k++, dy += ds, z += zs)
    for (int v = 0; v < held; v++) {
      AHEAD(z + 16 * v + ahead * zs);
      AHEAD(dy + 16 * v + ahead * ds);
      pass16 value = LOAD(z + 16 * v);
      pass16 g = LET_THROUGH(LOAD(dy + 16 * v), value, p, 16 * v);
      s[v] += g;
      q[v] += g * (value - LOAD(mean + 16 * v));
    }
  for (int v = 0; v < held; v++) {
    ADD_TO(sums + 16 * v, s[v]);
    ADD_TO(products + 16 * v, q[v]);
  }
}

void NAME(ck_pass_norm_sums)(const float *dy, long ds, const float *z, long zs, ck_pending p,
                             const float *mean, long pixels, long channels, double *sums) {
  long ahead = AHEAD_PIXELS(channels);
  double *products = sums + channels;
  for (long i = 0; i < pixels; i += GROUPED, dy += GROUPED * ds, z += GROUPED * zs) {
    long group = pixels - i < GROUPED ? pixels - i : GROUPED, c = 0;
    for (; c + 16 <= channels;) {
      int held = c + 16 * HELD <= channels ? HELD : 1;
      ck_pending q = {p.scale + c, p.shift + c, p.floor + c};
      if (held == HELD)
        NAME(norm_block)(dy + c, ds, z + c, zs, q, mean + c, group, ahead, HELD, sums + c,
                         products + c);
      else
        NAME(norm_block)(dy + c, ds, z + c, zs, q, mean + c, group, ahead, 1, sums + c,
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

void NAME(ck_pass_norm_apply)(float *dy, long ds, const float *z, long zs, ck_pending p,
                              const float *mean, const float *scale, const float *offset,
                              const float *slope, long pixels, long channels) {
  for (long i = 0; i < pixels; i++, dy += ds, z += zs) {
    long c = 0;
    for (; c + 16 <= channels; c += 16) {
      pass16 value = LOAD(z + c), g = LET_THROUGH(LOAD(dy + c), value, p, c);
      g -= LOAD(offset + c) + (value - LOAD(mean + c)) * LOAD(slope + c);
      STORE(dy + c, LOAD(scale + c) * g);
    }
    for (; c < channels; c++) {
      float g = LET_ONE_THROUGH(dy[c], z[c], p, c);
      dy[c] = scale[c] * (g - offset[c] - (z[c] - mean[c]) * slope[c]);
    }
  }
}

void NAME(ck_pass_total)(double *sums, long pieces, long width) {
  for (long k = 1; k < pieces; k++)
    for (long i = 0; i < width; i++) sums[i] += sums[k * width + i];
}
