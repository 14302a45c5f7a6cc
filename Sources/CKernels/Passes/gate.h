// Feature maps times a factor a pixel.

INLINE void gate(const float *g, const float *x, long xs, ck_activation p, float *y, long ys,
                 long pixels, long channels, int pends, int streams) {
  for (long i = 0; i < pixels; i++, x += xs, y += ys) {
    long c = 0;
    for (; c + 16 <= channels; c += 16) {
      vec16 v = load16(x + c);
      if (pends) v = activate16(v, p, c);
      put16(y + c, v * g[i], streams);
    }
    for (; c < channels; c++) y[c] = g[i] * (pends ? activate1(x[c], p, c) : x[c]);
  }
}

static void gate_forward(const float *gates, ck_pixels xs, ck_pixels ys, long first, long count,
                         int streams) {
  const float *g = gates + first, *x = xs.base + first * xs.stride;
  float *y = ys.base + first * ys.stride;
#define GATE(pends, streams) \
  gate(g, x, xs.stride, xs.pending, y, ys.stride, count, ys.channels, pends, streams)
  if (streams && xs.pending.scale) GATE(1, 1);
  else if (streams) GATE(0, 1);
  else if (xs.pending.scale) GATE(1, 0);
  else GATE(0, 0);
#undef GATE
}

INLINE void gate_back(const float *dy, long ds, const float *g, const float *x, long xs,
                      ck_activation p, float *dg, int dg_adds, float *dx, long dxs, long pixels,
                      long channels, int pends, int adds, int streams) {
  for (long i = 0; i < pixels; i++, dy += ds, x += xs, dx += dxs) {
    vec16 lanes = (vec16)0;
    float sum = 0;
    long c = 0;
    for (; c + 16 <= channels; c += 16) {
      vec16 d = load16(dy + c), v = load16(x + c);
      if (pends) v = activate16(v, p, c);
      lanes += d * v;
      d *= g[i];
      if (adds) d += load16(dx + c);
      put16(dx + c, d, streams);
    }
    for (; c < channels; c++) {
      float d = dy[c];
      sum += d * (pends ? activate1(x[c], p, c) : x[c]);
      dx[c] = adds ? dx[c] + d * g[i] : d * g[i];
    }
    for (int l = 0; l < 8; l++) lanes[l] += lanes[l + 8];
    for (int l = 0; l < 4; l++) lanes[l] += lanes[l + 4];
    sum += (lanes[0] + lanes[2]) + (lanes[1] + lanes[3]);
    dg[i] = dg_adds ? dg[i] + sum : sum;
  }
}

static void gate_backward(ck_pixels dys, const float *gates, ck_pixels xs, float *dgates,
                          int dgate_adds, ck_pixels dxs, int dx_adds, long first, long count,
                          int streams) {
  const float *dy = dys.base + first * dys.stride, *x = xs.base + first * xs.stride;
  const float *g = gates + first;
  float *dg = dgates + first, *dx = dxs.base + first * dxs.stride;
#define BACK(pends, adds, streams)                                                                \
  gate_back(dy, dys.stride, g, x, xs.stride, xs.pending, dg, dgate_adds, dx, dxs.stride, count,   \
            dys.channels, pends, adds, streams)
  if (xs.pending.scale) {
    if (dx_adds) BACK(1, 1, 0);
    else if (streams) BACK(1, 0, 1);
    else BACK(1, 0, 0);
  } else {
    if (dx_adds) BACK(0, 1, 0);
    else if (streams) BACK(0, 0, 1);
    else BACK(0, 0, 0);
  }
#undef BACK
}
